import type { Clock, Timer } from "../kernel/clock.ts";

/** RFC 3261 §17.1.1.2 and table 4, in ms. */
export const t1 = 500;
export const t2 = 4_000;
export const t4 = 5_000;
export const timeoutMs = 64 * t1;

export type TimerName = "A" | "B" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M";

/** Retransmissions: first interval T1, doubled each time; A without limit, E and G up to T2. */
const repeating = new Set<TimerName>(["A", "E", "G"]);
/** State kept only to absorb what the network repeats: no time at all on a reliable transport. */
const absorbing: Partial<Record<TimerName, number>> = { D: timeoutMs, I: t4, J: timeoutMs, K: t4 };

export interface TransactionTimers {
  start(name: TimerName, fired: () => void): void;
  stop(): void;
}

/** The timers of one transaction. `isSlow` says that timer E has reached T2 because a 1xx came (§17.1.2.2). */
export function transactionTimers(clock: Clock, reliable: boolean, isSlow: () => boolean): TransactionTimers {
  let running: Partial<Record<TimerName, Timer>> = {};
  let interval = t1;
  const delayOf = (name: TimerName): number | undefined => {
    if (repeating.has(name)) {
      if (reliable) return undefined;
      const delay = isSlow() ? t2 : interval;
      interval = name === "A" ? interval * 2 : Math.min(interval * 2, t2);
      return delay;
    }
    if (name in absorbing) return reliable ? 0 : absorbing[name];
    return timeoutMs;
  };
  return {
    start(name, fired) {
      const delay = delayOf(name);
      if (delay === undefined) return;
      running[name]?.cancel();
      running[name] = clock.after(delay, fired);
    },
    stop() {
      for (const name in running) running[name as TimerName]?.cancel();
      running = {};
    },
  };
}
