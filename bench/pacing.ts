/**
 * The pacing policy on simulated days of eight hours, beside what others do, with common random numbers: every dialler
 * meets the same leads. Baselines are tuned in hindsight on the very days they are judged on; ours is not tuned, and
 * learns on one other day before. `npm run bench -- pacing --agents 20 --rate 25` for one cell, `--days 0.25` for a
 * quarter of the days, `--shifts` for the days on which something changes, `--classes` for a list on which the dialler
 * knows likely leads from unlikely ones. A day's row: occupancy in percent with its 95 % interval over days, abandons in
 * percent of live answers, share of days above 3 %, and the mean of each day's worst half hour. "Outcomes known" is the
 * same policy told which calls will be answered and when: what is left to gain by prediction of answers.
 */
import {
  adaptive,
  asShipped,
  fixedRatio,
  progressive,
} from "../server/features/dialer/simulator/baselines.ts";
import { type DayOptions, type Dialler, simulateDay } from "../server/features/dialer/simulator/day.ts";
import { outcomesKnown, predictive } from "../server/features/dialer/simulator/diallers.ts";
import { shiftDays, stationary, twoClasses } from "../server/features/dialer/simulator/shapes.ts";
import { nextDay, type Policy, type SavedPolicy } from "../server/features/dialer/predictive/policy.ts";
import type { DayResult } from "../server/features/dialer/simulator/tally.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { agents, rate, days, shifts, classes, seed } = flags({
  agents: 0,
  rate: 0,
  days: 1,
  shifts: false,
  classes: false,
  seed: 1,
});
const daysOf: Record<number, number> = { 5: 24, 10: 16, 20: 10, 50: 6, 100: 4, 200: 3 };
const patienceSeconds = 2;
const ringTimeoutSeconds = 28;
const hours = 8;
const shiftSeconds = hours * 3600;
const policyOptions = {
  ceiling: 0.03,
  patienceSeconds,
  ringTimeoutSeconds: 2 + ringTimeoutSeconds,
  cancelAfterSeconds: 15,
};
const metrics: Record<string, number> = {};
const decisionMs: number[] = [];

/** Two-sided 95 % of Student's t for n − 1 degrees of freedom. */
const student = [0, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
function interval(values: readonly number[]): number {
  const centre = mean(values);
  const n = values.length;
  if (n < 2) return Number.NaN;
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
  return (student[n - 1] ?? 2.07) * Math.sqrt(variance / n);
}

type Day = Omit<DayOptions, "seed">;
const judge = (name: string, results: DayResult[]) => {
  const occupancy = results.map((day) => day.occupancyPct);
  return {
    dialler: name,
    occupancy: mean(occupancy),
    "±": interval(occupancy),
    abandoned: mean(results.map((day) => day.abandonPct)),
    over: mean(results.map((day) => Number(day.abandonPct > 3))),
    "worst half hour": mean(results.map((day) => day.worstHalfHourPct)),
  };
};

/** One dialler afresh for each day. */
const each = (day: Day, count: number, make: () => Dialler) =>
  Array.from({ length: count }, (_, i) => simulateDay(make(), { ...day, seed: seed * 1000 + i + 1 }));

/** A learning one: a day to warm up, then what it learned goes along. */
function learning(
  day: Day,
  count: number,
  make: (saved?: SavedPolicy) => { dialler: Dialler; policy: Policy },
  timed = false,
): DayResult[] {
  const results: DayResult[] = [];
  let saved: SavedPolicy | undefined;
  for (let i = 0; i <= count; i++) {
    const { dialler, policy } = make(saved);
    const decide: Dialler["decide"] = (view) => {
      const from = performance.now();
      const decision = dialler.decide(view);
      decisionMs.push(performance.now() - from);
      return decision;
    };
    const result = simulateDay(timed ? { ...dialler, decide } : dialler, { ...day, seed: seed * 1000 + i });
    saved = nextDay(policy.save());
    if (i > 0) results.push(result);
  }
  return results;
}

/** The setting with the highest occupancy whose mean abandons stay below 3 %. */
function inHindsight(candidates: (() => DayResult[])[]): DayResult[] {
  let best: DayResult[] | undefined;
  for (const candidate of candidates) {
    const results = candidate();
    if (mean(results.map((day) => day.abandonPct)) > 3) continue;
    if (!best || mean(results.map((r) => r.occupancyPct)) > mean(best.map((r) => r.occupancyPct)))
      best = results;
  }
  return best ?? candidates[0]!();
}

function bestRatio(day: Day, count: number): DayResult[] {
  // Abandons rise with the ratio: halve the interval.
  let low = 1;
  let high = 16;
  let best = each(day, count, () => fixedRatio(low));
  for (let i = 0; i < 7; i++) {
    const lines = (low + high) / 2;
    const results = each(day, count, () => fixedRatio(lines));
    if (mean(results.map((result) => result.abandonPct)) <= 3) {
      low = lines;
      best = results;
    } else high = lines;
  }
  return best;
}

function bestAdaptive(day: Day, count: number): DayResult[] {
  const candidates = (["HARD_LIMIT", "AVERAGE", "TAPERED"] as const).flatMap((method) =>
    [1.25, 1.5, 2, 3, 5, 8].flatMap((maximumLevel) =>
      [0, -1, -2].map(
        (target) => () =>
          each(day, count, () => adaptive({ ...asShipped, shiftSeconds, method, maximumLevel, target })),
      ),
    ),
  );
  return inHindsight(candidates);
}

function cell(name: string, day: Day, count: number): void {
  console.log(`\n${name}, ${count} days`);
  const rows = {
    "": learning(day, count, (saved) => predictive(policyOptions, saved), day.agents === 200),
    prog: each(day, count, progressive),
    ratio: bestRatio(day, count),
    vic: each(day, count, () => adaptive({ ...asShipped, shiftSeconds })),
    vicTuned: bestAdaptive(day, count),
    oracle: learning(day, count, (saved) => outcomesKnown(policyOptions, saved)),
  };
  const names = {
    "": "Waihu",
    prog: "progressive",
    ratio: "best ratio in hindsight",
    vic: "adaptive as shipped",
    vicTuned: "adaptive tuned in hindsight",
    oracle: "outcomes known",
  };
  const judged = Object.entries(rows).map(([key, results]) => {
    const row = judge(names[key as keyof typeof names], results);
    const prefix = key === "" ? "" : `${key}_`;
    metrics[`${prefix}occ_${name}`] = row.occupancy;
    metrics[`${prefix}ab_${name}`] = row.abandoned;
    metrics[`${prefix}over_${name}`] = row.over;
    return row;
  });
  printTable(judged);
}

const dayOf = (count: number, rest: Pick<Day, "shape"> & Partial<Day>): Day => ({
  agents: count,
  hours,
  patienceSeconds,
  ringTimeoutSeconds,
  maxLines: 100_000,
  ...rest,
});
const fewer = (count: number) => Math.max(1, Math.round(count * days));

if (shifts)
  for (const [name, { shape, staffing }] of Object.entries(shiftDays))
    cell(`20_${name}`, dayOf(20, { shape, ...(staffing && { staffing }) }), fewer(8));
else if (classes)
  for (const count of [5, 20]) cell(`${count}_classes`, dayOf(count, twoClasses), fewer(daysOf[count]!));
else
  for (const [count, runs] of Object.entries(daysOf))
    for (const percent of [10, 25, 50]) {
      if (agents !== 0 && agents !== Number(count)) continue;
      if (rate !== 0 && rate !== percent) continue;
      cell(`${count}_${percent}`, dayOf(Number(count), { shape: stationary(percent / 100) }), fewer(runs));
    }
if (decisionMs.length > 0) metrics["decisionP99Ms"] = percentile(decisionMs, 0.99);
report("pacing", metrics);
