/**
 * A calls-per-second limit as a reservation bucket: `take(now)` books the next free slot and tells how long to
 * wait for it. Slots are 1/rate apart; up to `burst` calls may go together after a pause. Pure but for its one number.
 */
export interface TokenBucket {
  /** Milliseconds until a call may go; 0 means at once. Does not book. */
  delayMs(nowMs: number): number;
  /** Books the slot that `delayMs` spoke of. */
  book(nowMs: number): void;
}

/** `burst` defaults to a quarter second's worth: carriers police in windows of a second. */
export function createTokenBucket(perSecond: number, burst = Math.max(1, perSecond / 4)): TokenBucket {
  const gapMs = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const due = (nowMs: number) => {
    // A clock set back takes the booked slots with it.
    if (nowMs < last) next -= last - nowMs;
    last = nowMs;
    return Math.max(next, nowMs - (burst - 1) * gapMs);
  };
  return {
    delayMs: (nowMs) => Math.max(0, Math.ceil(due(nowMs) - nowMs)),
    book(nowMs) {
      next = due(nowMs) + gapMs;
    },
  };
}
