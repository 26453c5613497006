import type { DayOptions } from "../../server/features/dialer/simulator/day.ts";
import { shiftDays, stationary, twoClasses, windows } from "../../server/features/dialer/simulator/shapes.ts";

const hours = 8;
export const patienceSeconds = 2;
export const ringTimeoutSeconds = 28;

/** A cell of the table: so many days of one kind. Its name is all that a worker needs. */
export interface Cell {
  /**
   * `20_25`: agents and answers in percent; `20_jump`: a day on which something shifts; `5_classes`; `200_25_30min`: a
   * short window that begins with nothing learned.
   */
  name: string;
  days: number;
}

/** Days by agents at `--days 1`: the protocol's. */
const daysOf: Record<number, number> = { 5: 24, 10: 16, 20: 10, 50: 6, 100: 4, 200: 3 };
const shiftAgents = 20;
const shiftDaysEach = 8;
const windowDays = 12;
const windowCells = [
  "200_10_30min",
  "200_25_30min",
  "200_50_30min",
  "50_25_30min",
  "200_25_1h",
  "20_25_1h",
  "20_25_3h",
  "200_25_silence",
  "20_25_silence",
];

/** Nothing is learned on another day before. */
export const isCold = (name: string): boolean => name.split("_").length > 2;

export function dayOf(name: string): Omit<DayOptions, "seed"> {
  const [agents, kind, window] = name.split("_") as [string, string, string?];
  const base = { agents: Number(agents), hours, patienceSeconds, ringTimeoutSeconds, maxLines: 100_000 };
  if (kind === "classes") return { ...base, ...twoClasses };
  const shift = shiftDays[kind];
  if (shift) return { ...base, ...shift };
  const rate = Number(kind) / 100;
  return window ? { ...base, ...windows[window]!(rate) } : { ...base, shape: stationary(rate) };
}

export interface Asked {
  agents: number;
  rate: number;
  days: number;
  shifts: boolean;
  classes: boolean;
  windows: boolean;
}

/** All, or the kinds asked for; those of many agents first, so that no worker is left alone with one at the end. */
export function cellsOf(asked: Asked): Cell[] {
  const cells = (names: readonly string[], days: (agents: number) => number): Cell[] =>
    names.map((name) => ({
      name,
      days: Math.max(2, Math.round(days(Number.parseInt(name)) * asked.days)),
    }));
  const one = asked.agents > 0 || asked.rate > 0;
  const all = !one && !asked.shifts && !asked.classes && !asked.windows;
  const steady = Object.keys(daysOf)
    .reverse()
    .flatMap((agents) => [10, 25, 50].map((rate) => `${agents}_${rate}`))
    .filter((name) => {
      const [agents, rate] = name.split("_").map(Number);
      return (asked.agents || agents) === agents && (asked.rate || rate) === rate;
    });
  return [
    ...(one || all ? cells(steady, (agents) => daysOf[agents]!) : []),
    ...(asked.classes || all ? cells(["20_classes", "5_classes"], (agents) => daysOf[agents]!) : []),
    ...(asked.shifts || all
      ? cells(
          Object.keys(shiftDays).map((kind) => `${shiftAgents}_${kind}`),
          () => shiftDaysEach,
        )
      : []),
    ...(asked.windows || all ? cells(windowCells, () => windowDays) : []),
  ];
}
