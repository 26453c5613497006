/** A timer that can be cancelled; disposing cancels. */
export interface Timer extends Disposable {
  cancel(): void;
}

/** Time as an argument: the product takes `systemClock`, tests take `manualClock()`. All times are ms since the epoch. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): Timer;
  every(ms: number, run: () => void): Timer;
}

function timer(cancel: () => void): Timer {
  return { cancel, [Symbol.dispose]: cancel };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const handle = setTimeout(run, ms);
    return timer(() => clearTimeout(handle));
  },
  every(ms, run) {
    const handle = setInterval(run, ms);
    return timer(() => clearInterval(handle));
  },
};

/** The same time with timers of its own: disposing cancels those that wait, and no new ones start. */
export function ownTimers(clock: Clock): Clock & Disposable {
  const waiting = new Set<Timer>();
  let isOver = false;
  const own = (start: (ended: () => void) => Timer): Timer => {
    if (isOver) return timer(() => undefined);
    const inner = start(() => void waiting.delete(outer));
    const outer = timer(() => {
      waiting.delete(outer);
      inner.cancel();
    });
    waiting.add(outer);
    return outer;
  };
  return {
    now: () => clock.now(),
    after: (ms, run) =>
      own((ended) =>
        clock.after(ms, () => {
          ended();
          run();
        }),
      ),
    every: (ms, run) => own(() => clock.every(ms, run)),
    [Symbol.dispose]() {
      isOver = true;
      for (const each of waiting) each.cancel();
    },
  };
}

export interface ManualClock extends Clock {
  /** Moves time forward, running what falls due in order. */
  advance(ms: number): void;
  pending(): number;
}

/** A clock that stands still until a test advances it. */
export function manualClock(start = Date.UTC(2026, 0, 5, 10)): ManualClock {
  let now = start;
  let sequence = 0;
  const due = new Map<number, { at: number; run: () => void; every?: number }>();
  const add = (at: number, run: () => void, every?: number): Timer => {
    const id = ++sequence;
    due.set(id, { at, run, every });
    return timer(() => void due.delete(id));
  };
  const next = (until: number) =>
    [...due.entries()].filter(([, t]) => t.at <= until).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
  return {
    now: () => now,
    after: (ms, run) => add(now + ms, run),
    every: (ms, run) => add(now + ms, run, ms),
    pending: () => due.size,
    advance(ms) {
      const until = now + ms;
      for (let entry = next(until); entry; entry = next(until)) {
        const [id, task] = entry;
        now = task.at;
        if (task.every === undefined) due.delete(id);
        else task.at += task.every;
        task.run();
      }
      now = until;
    },
  };
}
