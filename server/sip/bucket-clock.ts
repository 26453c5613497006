import type { Clock, Timer } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { safely } from "./safely.ts";

/** Timers this long or longer share buckets of this width (ms): the RFC's shortest, T1, is 500 ms. */
const bucketMs = 50;
const longMs = 400;

/** Timers that fall due together; undefined once they have. */
interface Bucket {
  timers: BucketTimer[] | undefined;
  emptied(): void;
}

/** A long timer in its bucket; no closure of its own, since a busy stack holds half a million. */
class BucketTimer implements Timer {
  run: (() => void) | undefined;
  readonly #bucket: Bucket;
  #place: number;

  constructor(run: () => void, bucket: Bucket) {
    this.run = run;
    this.#bucket = bucket;
    this.#place = bucket.timers!.push(this) - 1;
  }

  /** Leaves nothing behind: a session timer of half an hour outlives most calls. */
  cancel(): void {
    const { timers } = this.#bucket;
    if (this.run && timers) {
      const last = timers.pop()!;
      if (last !== this) {
        timers[this.#place] = last;
        last.#place = this.#place;
      } else if (timers.length === 0) this.#bucket.emptied();
    }
    this.run = undefined;
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

/**
 * The same clock, its long one-shot timers in a wheel of buckets: they may fire up to 50 ms late, never early.
 * A call sets about ten of them, most of which are cancelled or fire half a minute after it is over; at 1,500
 * calls/s timers of their own cost a fifth of the CPU.
 */
export function bucketClock(clock: Clock, log: Log): Clock {
  const buckets = new Map<number, Bucket>();

  function open(slot: number, now: number): Bucket {
    const timer = clock.after(slot * bucketMs - now, () => fire(slot));
    const bucket: Bucket = {
      timers: [],
      emptied() {
        timer.cancel();
        buckets.delete(slot);
      },
    };
    buckets.set(slot, bucket);
    return bucket;
  }

  function fire(slot: number): void {
    const bucket = buckets.get(slot);
    const timers = bucket?.timers ?? [];
    buckets.delete(slot);
    if (bucket) bucket.timers = undefined;
    for (const timer of timers) {
      const { run } = timer;
      timer.run = undefined;
      if (run) safely(log, "timer", run);
    }
  }

  return {
    now: () => clock.now(),
    every: (ms, run) => clock.every(ms, run),
    after(ms, run) {
      if (ms < longMs) return clock.after(ms, run);
      const now = clock.now();
      const slot = Math.ceil((now + ms) / bucketMs);
      return new BucketTimer(run, buckets.get(slot) ?? open(slot, now));
    },
  };
}
