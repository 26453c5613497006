/**
 * Has a number's answer rate fallen? A number that carriers or phones have begun to label is answered less than the
 * others of its pool, in the same hours of the same campaigns.
 *
 * Hour by hour of each campaign (a block), the number's n calls with x answers stand beside the others' m calls, T
 * answers in all. Given n, m and T, x is hypergeometric if the number is as good as the others, and Fisher's noncentral
 * hypergeometric with odds ratio θ if it is worse: the rate itself, which differs by campaign and hour, drops out. The
 * statistic is Page's CUSUM of the log likelihood ratio of θ = ½ against θ = 1 (Page, Biometrika 41, 1954). From each
 * block where it could have begun, the chance that it ever reaches S is at most e^−S (Ville's inequality), however
 * often one looks; hence p ≤ blocks · e^−S. Numbers of a pool are corrected together by Holm's method (1979).
 */
export interface DriftBlock {
  /** Start of the hour, ms. */
  hour: number;
  campaignId: number;
  /** The number's own calls and answers. */
  calls: number;
  answered: number;
  /** Those of the pool's other numbers. */
  otherCalls: number;
  otherAnswered: number;
}

export interface DriftSum {
  statistic: number;
  /** Not corrected for the other numbers. */
  p: number;
  blocks: number;
  calls: number;
  answered: number;
  expected: number;
  /** The hour in which the statistic left zero; null: it stands at zero. */
  since: number | null;
}

/** Odds of an answer that the watch looks for, over those of the other numbers. */
export const driftOdds = 0.5;

/** log Σ_k C(n,k)·C(m,T−k)·θ^k, relative to its term at k = 0 offset: only ratios of these sums are used. */
function logSum(n: number, m: number, total: number, logOdds: number): number {
  const first = Math.max(0, total - m);
  const last = Math.min(n, total);
  // Terms by their ratio: C(n,k+1)C(m,T−k−1)θ / C(n,k)C(m,T−k) = (n−k)(T−k)θ / ((k+1)(m−T+k+1)).
  let log = 0;
  let most = 0;
  const logs = [0];
  for (let k = first; k < last; k++) {
    log += Math.log((n - k) * (total - k)) - Math.log((k + 1) * (m - total + k + 1)) + logOdds;
    logs.push(log);
    most = Math.max(most, log);
  }
  return most + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

/** Log likelihood ratio of one block, in nats: θ against 1, given both margins. */
export function blockRatio(block: DriftBlock, odds = driftOdds): number {
  const { calls: n, otherCalls: m, answered: x } = block;
  const total = x + block.otherAnswered;
  const first = Math.max(0, total - m);
  const theta = Math.log(odds);
  return (x - first) * theta - (logSum(n, m, total, theta) - logSum(n, m, total, 0));
}

/** `blocks` in the order of time. */
export function watchDrift(blocks: readonly DriftBlock[], odds = driftOdds): DriftSum {
  const zero = { statistic: 0, calls: 0, answered: 0, expected: 0, since: null };
  let sum: Omit<DriftSum, "p" | "blocks"> = zero;
  let compared = 0;
  for (const block of blocks) {
    if (block.calls === 0 || block.otherCalls === 0) continue;
    compared++;
    const statistic = sum.statistic + blockRatio(block, odds);
    if (statistic <= 0) {
      sum = zero;
      continue;
    }
    const rate = (block.answered + block.otherAnswered) / (block.calls + block.otherCalls);
    sum = {
      statistic,
      calls: sum.calls + block.calls,
      answered: sum.answered + block.answered,
      expected: sum.expected + block.calls * rate,
      since: sum.since ?? block.hour,
    };
  }
  const p = sum.statistic === 0 ? 1 : Math.min(1, compared * Math.exp(-sum.statistic));
  return { ...sum, p, blocks: compared };
}

/** Holm's step-down correction: the p of each as if it alone had been looked at. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  const out = Array.from({ length: ps.length }, () => 1);
  let least = 0;
  for (const [rank, { p, i }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    out[i] = least;
  }
  return out;
}
