import type { DayResult } from "../../server/features/dialer/simulator/tally.ts";

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Two-sided 95 % of Student's t by degrees of freedom from 1; beyond, the last one's. */
const student = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1,
  2.09, 2.09, 2.08, 2.07, 2.07,
];

/** Half the width of the 95 % interval of the mean, by Student's t; NaN for one value. */
export function interval(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
  return (student[n - 2] ?? student.at(-1)!) * Math.sqrt(variance / n);
}

export interface Judged {
  occupancy: number;
  "±": number;
  abandoned: number;
  /** Share of days above 3 %. */
  over: number;
  "worst half hour": number;
}

export function judge(results: readonly DayResult[]): Judged {
  const occupancy = results.map((day) => day.occupancyPct);
  return {
    occupancy: mean(occupancy),
    "±": interval(occupancy),
    abandoned: mean(results.map((day) => day.abandonPct)),
    over: mean(results.map((day) => Number(day.abandonPct > 3))),
    "worst half hour": mean(results.map((day) => day.worstHalfHourPct)),
  };
}
