import type { Clock, Timer } from "../kernel/clock.ts";

/** A clock whose timers all end with it, so that a stack leaves nothing running, whatever state its calls are in. */
export function ownedClock(clock: Clock): Clock & Disposable {
  const running = new Set<Timer>();
  let isOver = false;

  function own(start: (release: () => void) => Timer): Timer {
    if (isOver) return { cancel: () => undefined, [Symbol.dispose]: () => undefined };
    const inner = start(() => running.delete(inner));
    running.add(inner);
    const cancel = () => {
      running.delete(inner);
      inner.cancel();
    };
    return { cancel, [Symbol.dispose]: cancel };
  }

  return {
    now: () => clock.now(),
    after: (ms, run) =>
      own((release) =>
        clock.after(ms, () => {
          release();
          run();
        }),
      ),
    every: (ms, run) => own(() => clock.every(ms, run)),
    [Symbol.dispose]() {
      isOver = true;
      for (const timer of running) timer.cancel();
      running.clear();
    },
  };
}
