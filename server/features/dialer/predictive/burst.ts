/**
 * A bound on the lines of one burst. Those that ring share one unknown, the answer rate: where it is higher than
 * thought they are all answered at once, and no chance that each dial may have says anything of that. So the answers of
 * all outstanding lines at the upper bound of the rate are held to the agents who will be free, and the abandons that
 * the budget could bear at once.
 */
import { horizons } from "./release-table.ts";

/** Standard deviations above what is thought of the rate. */
const deviations = 2;
/** Of the abandons left to the end of the window, those that one burst may cost. */
const burstShare = 0.25;
/** Answers of the last quarter of an hour after which half of the prior's claim is gone. */
const silence = 2;

export interface Knowledge {
  /** Answers within the memory of the hazards, an hour. */
  remembered: number;
  /** Answers of the last quarter of an hour. */
  recent: number;
  /** P(a call dialled now is answered), as it is thought. */
  share: number;
  /** Before anything was known. */
  priorShare: number;
}

/**
 * The upper bound of the answer rate over what it is thought to be. Little was seen: thrice at most. After a silence the
 * list may answer again as any other would: an outage says how long it lasts, not what comes after.
 */
export function upperFactor({ remembered, recent, share, priorShare }: Knowledge): number {
  const seen = 1 + deviations / Math.sqrt(1 + remembered);
  const again = (priorShare * silence) / (silence + recent);
  return Math.max(seen, again / Math.max(1e-9, share));
}

export interface Burst {
  /** Whether one more call with these chances stays within the bound; counts it if so. */
  take(by: Float64Array): boolean;
}

export const unbounded: Burst = { take: () => true };

/**
 * `free`: expected agents free at the last horizon when no line rings; `answers`: expected of the lines that do;
 * `left`: abandons that the budget has.
 */
export function burst(at: { free: number; answers: number; left: number; factor: number }): Burst {
  const most = (at.free + burstShare * Math.max(0, at.left)) / at.factor;
  let { answers } = at;
  return {
    take(by) {
      const next = answers + by[horizons - 1]!;
      if (next > most) return false;
      answers = next;
      return true;
    },
  };
}
