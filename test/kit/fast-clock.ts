import { type Clock, systemClock } from "../../server/kernel/clock.ts";

/** The system's clock run `factor` times faster, so that RFC timers of seconds pass in milliseconds against real sockets. */
export function fastClock(factor: number): Clock {
  const startedAt = systemClock.now();
  return {
    now: () => startedAt + (systemClock.now() - startedAt) * factor,
    after: (ms, run) => systemClock.after(ms / factor, run),
    every: (ms, run) => systemClock.every(ms / factor, run),
  };
}
