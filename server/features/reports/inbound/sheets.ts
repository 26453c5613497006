import type { Language } from "../../../../shared/common.ts";
import {
  boxFigures,
  type BoxReportRow,
  flowFigures,
  type FlowReportRow,
  queueFigures,
  type QueueInterval,
} from "../../../../shared/inbound-reports.ts";
import { wallClockOf } from "../../../../shared/zoned-time.ts";
import type { Cell, Sheet } from "../spreadsheet.ts";
import { inboundWords } from "./words.ts";

const seconds = (ms: number | null): Cell => (ms === null ? null : Math.round(ms / 100) / 10);
const share = (part: number, whole: number): Cell =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

export function queueSheet(rows: readonly QueueInterval[], language: Language, timeZone: string): Sheet {
  const words = inboundWords[language];
  return {
    name: words.queues,
    header: [
      words.begins,
      words.queue,
      ...queueFigures.map((name) => words.queueFigure[name]),
      words.level,
      words.meanWait,
      words.longestWait,
      words.handleTime,
    ],
    rows: rows.map(({ at, name, counts, answeredWaitMs, longestWaitMs, handled, handleMs }): Cell[] => [
      wallClockOf(Date.parse(at), timeZone).replace("T", " "),
      name,
      ...queueFigures.map((figure) => counts[figure]),
      share(counts["in-time"], counts.offered),
      seconds(counts.answered === 0 ? null : answeredWaitMs / counts.answered),
      seconds(longestWaitMs),
      seconds(handled === 0 ? null : handleMs / handled),
    ]),
  };
}

export function flowSheet(rows: readonly FlowReportRow[], language: Language): Sheet {
  const words = inboundWords[language];
  return {
    name: words.flows,
    header: [
      words.flow,
      words.day,
      ...flowFigures.map((name) => words.flowFigure[name]),
      words.containment,
      words.meanTime,
    ],
    rows: rows.map(({ name, day, counts, meanMs }): Cell[] => [
      name,
      day ?? words.all,
      ...flowFigures.map((figure) => counts[figure]),
      share(counts.contained, counts.entered),
      seconds(meanMs),
    ]),
  };
}

export function boxSheet(rows: readonly BoxReportRow[], language: Language): Sheet {
  const words = inboundWords[language];
  return {
    name: words.boxes,
    header: [
      words.box,
      ...boxFigures.map((name) => words.boxFigure[name]),
      words.untilHeard,
      words.longestUntilHeard,
    ],
    rows: rows.map(({ name, counts, meanUntilHeardMs, longestUntilHeardMs }): Cell[] => [
      name,
      ...boxFigures.map((figure) => counts[figure]),
      seconds(meanUntilHeardMs),
      seconds(longestUntilHeardMs),
    ]),
  };
}
