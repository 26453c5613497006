/**
 * How many agents will be free at each horizon: F_u = idle − waiting + releases by u + patience − answers by u.
 * Up to `exactAgents` busy and as many idle by convolution of all the Bernoullis (Poisson-binomial), above by mean, variance and third
 * moment with a corrected normal (Cornish–Fisher, first order).
 */
import { normalCdf, normalDensity } from "./normal.ts";
import { createReleaseSums, type Moments } from "./release-sums.ts";
import { horizons } from "./release-table.ts";

export const exactAgents = 24;

export interface Forecast {
  /** P(F_u ≤ 0) for each horizon, as it stands. */
  nobodyFree(): Float64Array;
  /** More calls in flight, each answered by u with probability `by[u]`. */
  add(by: Float64Array, calls?: number): void;
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

/** With a `scratch` it is good until the next one with the same. */
export function forecast(input: ForecastInput, scratch = newScratch()): Forecast {
  const few = input.releases.length <= exactAgents && input.idle <= exactAgents;
  return few ? exact(input, scratch) : approximate(input, scratch);
}

/** More releases than so many within 32 s, or answers beyond those who are idle, are counted as so many. */
const tail = 12;

/** Rows of the distributions, used again by the next forecast: they are a good part of a decision's time. */
export interface Scratch {
  free: Float64Array;
  answers: Float64Array;
  releaseSums: (rows: readonly Float64Array[]) => Moments;
}

export const newScratch = (): Scratch => ({
  free: new Float64Array(horizons * (tail + 1)),
  answers: new Float64Array(0),
  releaseSums: createReleaseSums(),
});

/** One row for each horizon: P(releases ≤ k) in column k. */
function releasesAtMost(releases: readonly Float64Array[], free: Float64Array): void {
  const width = tail + 1;
  free.fill(0);
  for (let u = 0; u < horizons; u++) {
    const row = u * width;
    free[row] = 1;
    for (let i = 0; i < releases.length; i++) {
      const p = releases[i]![u]!;
      for (let k = row + Math.min(i + 1, tail); k > row; k--) free[k] = free[k]! * (1 - p) + free[k - 1]! * p;
      free[row] *= 1 - p;
    }
    for (let k = row + 1; k < row + width; k++) free[k]! += free[k - 1]!;
  }
}

/** Distributions of releases and of answers at each horizon; answers above `top` can only be too many. */
function exact({ idle, releases }: ForecastInput, scratch: Scratch): Forecast {
  const n = Math.min(releases.length, tail);
  const top = Math.max(0, n + idle) + 1;
  const width = top + 1;
  const { free } = scratch;
  releasesAtMost(releases, free);
  if (scratch.answers.length < horizons * width) scratch.answers = new Float64Array(horizons * width);
  const { answers } = scratch;
  answers.fill(0);
  const means = new Float64Array(horizons);
  for (let u = 0; u < horizons; u++) {
    answers[u * width] = 1;
    means[u] = idle;
    for (const release of releases) means[u]! += release[u]!;
  }
  /** So many calls were added: no more answers can have come. */
  let most = 0;

  function addOne(by: Float64Array): void {
    most++;
    const last = Math.min(top, most);
    for (let u = 0; u < horizons; u++) {
      const p = by[u]!;
      if (p === 0) continue;
      const row = u * width;
      for (let d = row + last; d > row; d--) answers[d] = answers[d]! * (1 - p) + answers[d - 1]! * p;
      answers[row]! *= 1 - p;
      means[u]! -= p;
    }
  }

  return {
    nobodyFree() {
      const result = new Float64Array(horizons);
      const last = Math.min(top, most);
      for (let u = 0; u < horizons; u++) {
        const row = u * width;
        const released = u * (tail + 1);
        let sum = 0;
        let seen = 0;
        for (let d = 0; d <= last; d++) {
          const p = answers[row + d]!;
          const k = d - idle;
          seen += p;
          if (k >= n) sum += p;
          else if (k >= 0) sum += p * free[released + k]!;
        }
        result[u] = Math.min(1, sum + Math.max(0, 1 - seen));
      }
      return result;
    },
    add(by, calls = 1) {
      for (let i = 0; i < calls; i++) addOne(by);
    },
    remove(by) {
      for (let u = 0; u < horizons; u++) {
        const p = by[u]!;
        if (p === 0 || p > 0.98) continue;
        const row = u * width;
        answers[row]! /= 1 - p;
        for (let d = row + 1; d <= row + top; d++)
          answers[d] = Math.max(0, (answers[d]! - answers[d - 1]! * p) / (1 - p));
        means[u]! += p;
      }
    },
    mean: (u) => means[u]!,
  };
}

function approximate({ idle, releases, cv }: ForecastInput, scratch: Scratch): Forecast {
  const sums = scratch.releaseSums(releases);
  const mean = sums.mean.map((value) => value + idle);
  const variance = sums.variance.slice();
  const third = sums.third.slice();
  const expected = new Float64Array(horizons);
  function add(by: Float64Array, calls: number): void {
    for (let u = 0; u < horizons; u++) {
      const p = by[u]!;
      const v = calls * p * (1 - p);
      mean[u]! -= calls * p;
      variance[u]! += v;
      third[u]! -= v * (1 - 2 * p);
      expected[u]! += calls * p;
    }
  }
  return {
    nobodyFree() {
      const result = new Float64Array(horizons);
      for (let u = 0; u < horizons; u++) {
        const v = Math.max(0, variance[u]!) + (cv * expected[u]!) ** 2;
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
    add: (by, calls = 1) => add(by, calls),
    remove: (by) => add(by, -1),
    mean: (u) => mean[u]!,
  };
}
