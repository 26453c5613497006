import type { DayOptions } from "../../server/features/dialer/simulator/day.ts";
import { shiftDays, stationary, twoClasses } from "../../server/features/dialer/simulator/shapes.ts";

export const hours = 8;
export const patienceSeconds = 2;
export const ringTimeoutSeconds = 28;

/** A cell of the table: so many days of one kind. Its name is all that a worker needs. */
export interface Cell {
  /** `20_25`: agents and answers in percent; `20_jump`: a day on which something shifts; `5_classes`. */
  name: string;
  days: number;
}

/** Days by agents at `--days 1`: the protocol's. */
const daysOf: Record<number, number> = { 5: 24, 10: 16, 20: 10, 50: 6, 100: 4, 200: 3 };
const shiftAgents = 20;
const shiftDaysEach = 8;

export function dayOf(name: string): Omit<DayOptions, "seed"> {
  const [agents, kind] = name.split("_") as [string, string];
  const base = { agents: Number(agents), hours, patienceSeconds, ringTimeoutSeconds, maxLines: 100_000 };
  if (kind === "classes") return { ...base, ...twoClasses };
  const shift = shiftDays[kind];
  if (shift) return { ...base, ...shift };
  return { ...base, shape: stationary(Number(kind) / 100) };
}

export function cellsOf(asked: {
  agents: number;
  rate: number;
  days: number;
  shifts: boolean;
  classes: boolean;
}): Cell[] {
  const cell = (name: string, days: number): Cell => ({
    name,
    days: Math.max(1, Math.round(days * asked.days)),
  });
  if (asked.shifts)
    return Object.keys(shiftDays).map((kind) => cell(`${shiftAgents}_${kind}`, shiftDaysEach));
  if (asked.classes) return [5, 20].map((agents) => cell(`${agents}_classes`, daysOf[agents]!));
  // The longest first, so that no worker is left alone with one at the end.
  return Object.entries(daysOf)
    .reverse()
    .flatMap(([agents, days]) => [10, 25, 50].map((rate) => ({ agents: Number(agents), rate, days })))
    .filter(({ agents, rate }) => (asked.agents || agents) === agents && (asked.rate || rate) === rate)
    .map(({ agents, rate, days }) => cell(`${agents}_${rate}`, days));
}
