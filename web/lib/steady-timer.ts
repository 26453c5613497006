/**
 * `setTimeout` that keeps time in a hidden tab, by a worker shared by the whole page. Falls back to the page's
 * own timers where workers are refused.
 */
const waiting = new Map<number, () => void>();
let lastId = 0;
let worker: Worker | null | undefined;

function ticker(): Worker | null {
  if (worker !== undefined) return worker;
  try {
    worker = new Worker(new URL("./timer-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<number>) => {
      const run = waiting.get(event.data);
      waiting.delete(event.data);
      run?.();
    });
  } catch {
    worker = null;
  }
  return worker;
}

/** Runs `run` after `delayMs`; the returned function calls it off. */
export function after(delayMs: number, run: () => void): () => void {
  const target = ticker();
  if (!target) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  }
  const id = ++lastId;
  waiting.set(id, run);
  target.postMessage({ id, delayMs });
  return () => {
    if (waiting.delete(id)) target.postMessage({ id, delayMs: null });
  };
}

/** Runs `run` every `periodMs` until the returned function is called. */
export function every(periodMs: number, run: () => void): () => void {
  let cancel = after(periodMs, tick);
  function tick(): void {
    cancel = after(periodMs, tick);
    run();
  }
  return () => cancel();
}
