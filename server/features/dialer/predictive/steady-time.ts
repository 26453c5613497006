import type { Clock, Timer } from "../../../kernel/clock.ts";

export interface SteadyTime extends Disposable {
  /** Seconds; only differences mean something. */
  seconds(): number;
}

const lookEveryMs = 1_000;
/** A wall clock that moved by more than this between two looks, or back, was set; it did not pass. */
const mostMs = 5_000;

/**
 * Time for what has to last so long: how long a phone rings, how long a talk is. A wall clock that somebody puts on or
 * back by an hour would make every ringing call an old one, and a policy that counts on old calls dials a burst.
 */
export function createSteadyTime(clock: Clock): SteadyTime {
  let wall = clock.now();
  let steady = wall;
  function now(): number {
    const next = clock.now();
    const passed = next - wall;
    wall = next;
    if (passed > 0 && passed <= mostMs) steady += passed;
    return steady;
  }
  const timer: Timer = clock.every(lookEveryMs, now);
  return { seconds: () => now() / 1000, [Symbol.dispose]: () => timer.cancel() };
}
