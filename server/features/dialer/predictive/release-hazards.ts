/**
 * When an agent who talks or writes is free again: hazards by elapsed time, in bins that widen by 12 %, shrunk to a
 * log-normal whose moments run along. Memory is counted in conversations, so that a drift of talk time is followed.
 */
import { logNormal, logNormalCdf } from "./normal.ts";

export interface Durations {
  /** A finished one, seconds. */
  observe(seconds: number): void;
  /** Chance that it lasts longer than `seconds`. */
  survival(seconds: number): number;
  readonly meanSeconds: number;
  save(): unknown;
}

const first = 2;
const growth = 1.12;
const bins = 66;
const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === 0 ? 0 : first * growth ** (i - 1)));
/** Conversations' worth of belief in the log-normal, in each bin. */
const belief = 4;

function binOf(seconds: number): number {
  if (seconds < first) return 0;
  return Math.min(bins - 1, 1 + Math.floor(Math.log(seconds / first) / Math.log(growth)));
}

interface Saved {
  exposed: number[];
  ended: number[];
  weight: number;
  sum: number;
  squares: number;
  total: number;
}

export function createDurations(
  prior: { meanSeconds: number; cv: number },
  memory: number,
  saved?: unknown,
): Durations {
  const exposed = new Float64Array(bins);
  const ended = new Float64Array(bins);
  /** Λ at each edge. */
  const cumulative = new Float64Array(bins + 1);
  const { mu, sigma } = logNormal(prior.meanSeconds, prior.cv);
  // Ten conversations' worth of prior, on the log scale.
  let weight = 10;
  let sum = 10 * mu;
  let squares = 10 * (mu * mu + sigma * sigma);
  let total = 10 * prior.meanSeconds;
  let stale = 0;

  if (saved) {
    const from = saved as Saved;
    exposed.set(from.exposed);
    ended.set(from.ended);
    ({ weight, sum, squares, total } = from);
  }
  rebuild();

  function rebuild(): void {
    const mean = sum / weight;
    const fitted = { mu: mean, sigma: Math.sqrt(Math.max(0.05, squares / weight - mean * mean)) };
    for (let i = 0; i < bins; i++) {
      const width = edges[i + 1]! - edges[i]!;
      const before = 1 - logNormalCdf(edges[i]!, fitted);
      const after = 1 - logNormalCdf(edges[i + 1]!, fitted);
      const rate = before > 1e-5 ? Math.max(1e-5, -Math.log(Math.max(1e-6, after / before)) / width) : 0.02;
      const shrunk = (ended[i]! + belief) / (exposed[i]! + belief / rate);
      cumulative[i + 1] = cumulative[i]! + shrunk * width;
    }
    stale = 0;
  }

  function cumulativeAt(seconds: number): number {
    if (seconds <= 0) return 0;
    const bin = binOf(seconds);
    const from = edges[bin]!;
    const to = edges[bin + 1]!;
    const rate = (cumulative[bin + 1]! - cumulative[bin]!) / (to - from);
    return cumulative[bin]! + rate * (seconds - from);
  }

  return {
    observe(seconds) {
      const keep = 1 - 1 / memory;
      const log = Math.log(Math.max(0.5, seconds));
      weight = weight * keep + 1;
      sum = sum * keep + log;
      squares = squares * keep + log * log;
      total = total * keep + seconds;
      const last = binOf(seconds);
      for (let i = 0; i < bins; i++) {
        exposed[i]! *= keep;
        ended[i]! *= keep;
        if (i < last) exposed[i]! += edges[i + 1]! - edges[i]!;
      }
      exposed[last]! += Math.max(0.1, seconds - edges[last]!);
      ended[last]! += 1;
      if (++stale >= 5) rebuild();
    },
    survival: (seconds) => Math.exp(-cumulativeAt(seconds)),
    get meanSeconds() {
      return total / weight;
    },
    save: (): Saved => ({ exposed: [...exposed], ended: [...ended], weight, sum, squares, total }),
  };
}
