/** How alike two stretches of a signal are, and how far apart they lie. */
export interface Likeness {
  lag: number;
  /** Normalised cross-correlation, -1 to 1; 0 when either stretch is silent. */
  correlation: number;
}

function correlationAt(x: Int16Array, at: number, window: number, lag: number, step: number): number {
  let cross = 0;
  let here = 0;
  let there = 0;
  for (let i = at; i < at + window; i += step) {
    const a = x[i]!;
    const b = x[i + lag]!;
    cross += a * b;
    here += a * a;
    there += b * b;
  }
  return here === 0 || there === 0 ? 0 : cross / Math.sqrt(here * there);
}

/**
 * The lag from `minLag` to `maxLag` at which `x[at..at+window)` is most like `x[at+lag..at+lag+window)`; with
 * `back` the stretch before instead, and the lag counts backwards. Every second lag and sample first, then the
 * neighbours of the best: about 6 µs for a window of 160 and lags of 40–120.
 */
export function bestLag(
  x: Int16Array,
  at: number,
  window: number,
  range: { minLag: number; maxLag: number },
  back = false,
): Likeness {
  const sign = back ? -1 : 1;
  let best: Likeness = { lag: range.minLag, correlation: -1 };
  const tryLag = (lag: number, step: number) => {
    const correlation = correlationAt(x, at, window, sign * lag, step);
    if (correlation > best.correlation) best = { lag, correlation };
  };
  for (let lag = range.minLag; lag <= range.maxLag; lag += 2) tryLag(lag, 2);
  const coarse = best.lag;
  best = { lag: coarse, correlation: correlationAt(x, at, window, sign * coarse, 1) };
  if (coarse > range.minLag) tryLag(coarse - 1, 1);
  if (coarse < range.maxLag) tryLag(coarse + 1, 1);
  return best;
}
