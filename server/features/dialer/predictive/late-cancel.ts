import type { Forecast } from "./forecast.ts";
import { horizons } from "./release-table.ts";

/** A call is given up when its answer would find nobody with more than this many times θ. */
const cancelTimes = 5;

/** The chance that a call's answer, if it comes, finds nobody: Σ_u g(u) · P(F_u ≤ 0). */
export function chanceOfNobody(by: Float64Array, nobody: Float64Array): number {
  let sum = 0;
  let before = 0;
  for (let u = 0; u < horizons; u++) {
    sum += (by[u]! - before) * nobody[u]!;
    before = by[u]!;
  }
  return before > 1e-9 ? sum / before : 0;
}

/** Which of these calls, oldest first, to give up; takes them out of the forecast. */
export function lateCancels<Call>(
  calls: readonly Call[],
  answersBy: (call: Call) => Float64Array,
  outlook: Forecast,
  theta: number,
): Call[] {
  const cancelled: Call[] = [];
  if (calls.length === 0) return cancelled;
  let nobody = outlook.nobodyFree();
  /** Calls of one second have one row: its chance is below the limit as long as nothing was cancelled. */
  let kept: Float64Array | undefined;
  for (const call of calls) {
    const by = answersBy(call);
    if (by === kept) continue;
    kept = by;
    // With itself in the forecast it finds nobody more often than without.
    if (chanceOfNobody(by, nobody) <= cancelTimes * theta) continue;
    outlook.remove(by);
    const without = outlook.nobodyFree();
    if (chanceOfNobody(by, without) > cancelTimes * theta) {
      cancelled.push(call);
      nobody = without;
      kept = undefined;
    } else outlook.add(by);
  }
  return cancelled;
}
