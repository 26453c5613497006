/**
 * How many agents will be free at each horizon: F_u = idle − waiting + releases by u + patience − answers by u.
 * Up to `exactAgents` by convolution of all the Bernoullis (Poisson-binomial), above by mean, variance and third
 * moment with a corrected normal (Cornish–Fisher, first order).
 */
import { normalCdf, normalDensity } from "./normal.ts";
import { horizons } from "./release-table.ts";

export const exactAgents = 24;

export interface Forecast {
  /** P(F_u ≤ 0) for each horizon, as it stands. */
  nobodyFree(): Float64Array;
  /** One more call in flight, answered by u with probability `by[u]`. */
  add(by: Float64Array): void;
  remove(by: Float64Array): void;
  /** E[F_u] for the live panel. */
  mean(u: number): number;
}

export interface ForecastInput {
  /** Idle agents less answered calls that wait for one. */
  idle: number;
  /** For each busy agent, P(free by u + patience). */
  releases: readonly Float64Array[];
  /** Coefficient of variation of the answer multiplier. */
  cv: number;
}

export function forecast(input: ForecastInput): Forecast {
  return input.releases.length <= exactAgents ? exact(input) : approximate(input);
}

/** Distributions of releases and of answers at each horizon; answers above `top` can only be too many. */
function exact({ idle, releases }: ForecastInput): Forecast {
  const n = releases.length;
  const top = Math.max(0, n + idle) + 1;
  const free = Array.from({ length: horizons }, () => new Float64Array(n + 1));
  const answers = Array.from({ length: horizons }, () => {
    const row = new Float64Array(top + 1);
    row[0] = 1;
    return row;
  });
  const means = new Float64Array(horizons);
  for (let u = 0; u < horizons; u++) {
    const row = free[u]!;
    row[0] = 1;
    let size = 0;
    for (const release of releases) {
      const p = release[u]!;
      size++;
      for (let k = size; k > 0; k--) row[k] = row[k]! * (1 - p) + row[k - 1]! * p;
      row[0] *= 1 - p;
      means[u]! += p;
    }
    means[u]! += idle;
  }
  // P(releases ≤ k), for the sum over answers.
  for (const row of free) for (let k = 1; k <= n; k++) row[k]! += row[k - 1]!;
  const atMost = (row: Float64Array, k: number) => (k < 0 ? 0 : k >= n ? 1 : row[k]!);
  return {
    nobodyFree() {
      const result = new Float64Array(horizons);
      for (let u = 0; u < horizons; u++) {
        const row = answers[u]!;
        const released = free[u]!;
        let sum = 0;
        let seen = 0;
        for (let d = 0; d <= top; d++) {
          sum += row[d]! * atMost(released, d - idle);
          seen += row[d]!;
        }
        result[u] = Math.min(1, sum + Math.max(0, 1 - seen));
      }
      return result;
    },
    add(by) {
      for (let u = 0; u < horizons; u++) {
        const p = by[u]!;
        if (p === 0) continue;
        const row = answers[u]!;
        for (let d = top; d > 0; d--) row[d] = row[d]! * (1 - p) + row[d - 1]! * p;
        row[0] = row[0]! * (1 - p);
        means[u]! -= p;
      }
    },
    remove(by) {
      for (let u = 0; u < horizons; u++) {
        const p = by[u]!;
        if (p === 0 || p > 0.98) continue;
        const row = answers[u]!;
        row[0] = row[0]! / (1 - p);
        for (let d = 1; d <= top; d++) row[d] = Math.max(0, (row[d]! - row[d - 1]! * p) / (1 - p));
        means[u]! += p;
      }
    },
    mean: (u) => means[u]!,
  };
}

function approximate({ idle, releases, cv }: ForecastInput): Forecast {
  const mean = new Float64Array(horizons).fill(idle);
  const variance = new Float64Array(horizons);
  const third = new Float64Array(horizons);
  const expected = new Float64Array(horizons);
  const count = (by: Float64Array, sign: 1 | -1, times: 1 | -1) => {
    for (let u = 0; u < horizons; u++) {
      const p = by[u]!;
      const v = p * (1 - p);
      mean[u]! += sign * times * p;
      variance[u]! += times * v;
      third[u]! += sign * times * v * (1 - 2 * p);
      if (sign < 0) expected[u]! += times * p;
    }
  };
  for (const release of releases) count(release, 1, 1);
  return {
    nobodyFree() {
      const result = new Float64Array(horizons);
      for (let u = 0; u < horizons; u++) {
        const v = variance[u]! + (cv * expected[u]!) ** 2;
        if (v < 1e-9) {
          result[u] = mean[u]! <= 0 ? 1 : 0;
          continue;
        }
        const deviation = Math.sqrt(v);
        const x = (0.5 - mean[u]!) / deviation;
        const skew = third[u]! / (v * deviation);
        // Edgeworth, first term.
        result[u] = Math.min(1, Math.max(0, normalCdf(x) - (skew / 6) * (x * x - 1) * normalDensity(x)));
      }
      return result;
    },
    add: (by) => count(by, -1, 1),
    remove: (by) => count(by, -1, -1),
    mean: (u) => mean[u]!,
  };
}
