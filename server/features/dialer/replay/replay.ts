/** A past day through the pacing code of today, with other settings. Pure. */
import type { ReplayFigures, ReplayResult, ReplaySettings } from "../../../../shared/replay.ts";
import { linesFor } from "../pacing.ts";
import { type Dialler, type SimView, simulateDay } from "../simulator/day.ts";
import { predictive } from "../simulator/diallers.ts";
import { stationary } from "../simulator/shapes.ts";
import {
  addAt,
  emptySums,
  fatesOf,
  type RecordedDay,
  spread,
  staffingOf,
  type Sums,
  sumsOf,
  totalOf,
  windowsOf,
} from "./recorded-day.ts";

export const replayRuns = 7;

const idleOf = (view: SimView) => view.agents.filter((agent) => agent.state === "idle").length;

function diallerOf(settings: ReplaySettings): Dialler {
  const { mode, ratio } = settings;
  if (mode === "predictive")
    return predictive({
      ceiling: settings.abandonCeiling,
      patienceSeconds: settings.abandonAfterMs / 1000,
      ringTimeoutSeconds: settings.ringTimeoutMs / 1000,
      cancelAfterSeconds: settings.cancelAfterMs === null ? Infinity : settings.cancelAfterMs / 1000,
    }).dialler;
  return {
    everyEvent: true,
    decide: (view) => {
      const wanted = linesFor(mode, ratio, Math.max(0, idleOf(view) - view.waiting)) - view.ringing.length;
      return { dial: Math.max(0, Math.min(wanted, view.linesFree)) };
    },
  };
}

/** One run; the same seed gives the same day. `maxLines`: what the trunks take. */
export function replayOnce(
  day: RecordedDay,
  settings: ReplaySettings,
  { seed, maxLines }: { seed: number; maxLines: number },
): { sums: Sums; drawn: number } {
  const sums = emptySums(day.seconds);
  const staffing = staffingOf(day.presence);
  const factor = settings.agentsPercent / 100;
  const most = Math.max(0, ...day.presence.map(({ from }) => staffing(from)));
  const fates = fatesOf(day, seed);
  simulateDay(diallerOf(settings), {
    seed,
    agents: Math.max(1, Math.ceil(most * factor)),
    hours: day.seconds / 3600,
    shape: stationary(0),
    patienceSeconds: settings.abandonAfterMs / 1000,
    ringTimeoutSeconds: settings.ringTimeoutMs / 1000,
    maxLines,
    staffing: (second) => staffing(second) * factor,
    fate: (now) => fates.fate(now),
    watch: {
      dialled: (now) => addAt(sums.dials, now),
      answered(abandoned, now) {
        addAt(sums.answers, now);
        if (abandoned) addAt(sums.abandons, now);
      },
      met(waited, now) {
        addAt(sums.talks, now);
        addAt(sums.waited, now, Math.max(0, waited));
      },
      spent(state, from, to) {
        if (state !== "away") spread(sums.present, from, to);
        if (state === "talking" || state === "wrap-up") spread(sums.busy, from, to);
      },
    },
  });
  return { sums, drawn: fates.drawn() };
}

const keys = [
  "dials",
  "answers",
  "abandons",
  "occupancyPct",
  "abandonPct",
  "waitSeconds",
  "talks",
  "agents",
] as const satisfies (keyof ReplayFigures)[];

/** Of each figure by itself. */
function merge(all: readonly ReplayFigures[], of: (values: number[]) => number): ReplayFigures {
  const at = (key: keyof ReplayFigures) => of(all.map((figures) => figures[key]));
  return Object.fromEntries(keys.map((key) => [key, at(key)])) as Record<keyof ReplayFigures, number>;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Student's t for a 90 % prediction of one more run, by runs; the normal's beyond. */
const student = [Infinity, Infinity, 6.31, 2.92, 2.35, 2.13, 2.02, 1.94, 1.89, 1.86, 1.83];

function spreadOf(values: number[]): number {
  const middle = mean(values);
  const n = values.length;
  if (n < 2) return 0;
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
  return (student[n] ?? 1.65) * Math.sqrt(variance * (1 + 1 / n));
}

/** Several runs beside the day as it was. `progress` hears of each run that is done, 0 to 1. */
export function replay(
  day: RecordedDay,
  settings: ReplaySettings,
  { maxLines, runs = replayRuns }: { maxLines: number; runs?: number },
  progress: (share: number) => void = () => undefined,
): ReplayResult {
  const played = Array.from({ length: runs }, (_, i) => {
    const run = replayOnce(day, settings, { seed: i + 1, maxLines });
    progress((i + 1) / runs);
    return run;
  });
  const totals = played.map((run) => totalOf(run.sums, day.seconds));
  const windows = played.map((run) => windowsOf(run.sums, day.seconds));
  const actual = sumsOf(day);
  return {
    from: new Date(day.start).toISOString(),
    actual: { total: totalOf(actual, day.seconds), windows: windowsOf(actual, day.seconds) },
    played: {
      total: merge(totals, mean),
      low: merge(totals, (values) => Math.max(0, mean(values) - spreadOf(values))),
      high: merge(totals, (values) => mean(values) + spreadOf(values)),
      windows: windows[0]!.map(({ second }, i) => ({
        second,
        ...merge(
          windows.map((run) => run[i]!),
          mean,
        ),
      })),
      runs,
      drawn: mean(played.map((run) => run.drawn)),
    },
  };
}
