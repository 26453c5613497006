import { type AdaptiveOptions, asShipped } from "../../server/features/dialer/simulator/baselines.ts";
import type { DayResult } from "../../server/features/dialer/simulator/tally.ts";
import { judge } from "./statistics.ts";

/** Runs the first so many of the cell's days. */
type Run<Setting> = (setting: Setting, days: number) => DayResult[];

export interface Tuned {
  setting: string;
  results: DayResult[];
}

const ceilingPct = 3;
/** By halves; abandons rise with the setting. */
const halvings = 8;

/** The highest setting whose mean abandons on these very days stay within the ceiling. */
export function highest(range: readonly [number, number], days: number, run: Run<number>): Tuned {
  let [low, high] = range;
  let results = run(low, days);
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    const tried = run(middle, days);
    if (judge(tried).abandoned <= ceilingPct) {
      low = middle;
      results = tried;
    } else high = middle;
  }
  return { setting: low.toFixed(2), results };
}

type Adaptive = Omit<AdaptiveOptions, "shiftSeconds">;

/** What is tried of each setting, one after the other, the others as they stand. */
const choices: { [Key in keyof Adaptive]?: readonly Adaptive[Key][] } = {
  maximumLevel: [1.25, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12],
  method: ["TAPERED", "AVERAGE", "HARD_LIMIT"],
  target: [-2, -1, 0, 1, 2],
  intensity: [-40, 0, 40],
  dropLimitPct: [1.5, 2, 2.5, 3],
};
const starts: Adaptive[] = [
  { ...asShipped, availableOnly: true },
  { ...asShipped, maximumLevel: 1.5, target: -1 },
];
/** Days on which every setting is tried, and how many of the best then meet all days of the cell. */
const pilotDays = 2;
const finalists = 6;

/** Settings within the ceiling first, then by occupancy. */
function better(one: DayResult[], other: DayResult[]): boolean {
  const [a, b] = [judge(one), judge(other)];
  const [inside, otherInside] = [a.abandoned <= ceilingPct, b.abandoned <= ceilingPct];
  if (inside !== otherInside) return inside;
  return inside ? a.occupancy > b.occupancy : a.abandoned < b.abandoned;
}

/**
 * Coordinate by coordinate, from two starts, on the cell's first days; of the best of those, the one that is best on all
 * its days.
 */
export function bestAdaptive(days: number, run: Run<Adaptive>): Tuned {
  const tried = new Map<string, { setting: Adaptive; results: DayResult[] }>();
  const pilot = (setting: Adaptive) => {
    const key = JSON.stringify(setting);
    let found = tried.get(key);
    if (!found) tried.set(key, (found = { setting, results: run(setting, Math.min(pilotDays, days)) }));
    return found.results;
  };
  for (let now of starts)
    for (const key of Object.keys(choices) as (keyof Adaptive)[])
      for (const value of choices[key] ?? []) {
        const next = { ...now, [key]: value };
        if (better(pilot(next), pilot(now))) now = next;
      }
  const [best] = [...tried.values()]
    .sort((a, b) => (better(a.results, b.results) ? -1 : 1))
    .slice(0, finalists)
    .map(({ setting, results }) => ({ setting, results: days > pilotDays ? run(setting, days) : results }))
    .sort((a, b) => (better(a.results, b.results) ? -1 : 1));
  const { method, maximumLevel, target, intensity, dropLimitPct, availableOnly } = best!.setting;
  return {
    setting: `${method} ≤${maximumLevel} target ${target} intensity ${intensity} drop ${dropLimitPct}${availableOnly ? " idle only" : ""}`,
    results: best!.results,
  };
}
