import { useCallback, useSyncExternalStore } from "react";

/** Ticks on whole multiples of its period while anybody listens. */
class Ticker {
  readonly #periodMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #now = Date.now();

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  now(): number {
    // Asked twice in one render, it answers the same.
    if (this.#listeners.size === 0 && Math.abs(Date.now() - this.#now) > 100) this.#now = Date.now();
    return this.#now;
  }

  listen(listener: () => void): () => void {
    if (this.#listeners.size === 0) this.#wait();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  }

  #wait(): void {
    this.#timer = setTimeout(
      () => {
        this.#now = Date.now();
        for (const listener of this.#listeners) listener();
        this.#wait();
      },
      this.#periodMs - (Date.now() % this.#periodMs),
    );
  }
}

const tickers = new Map<number, Ticker>();
function tickerOf(periodMs: number): Ticker {
  const known = tickers.get(periodMs);
  if (known) return known;
  const made = new Ticker(periodMs);
  tickers.set(periodMs, made);
  return made;
}

/** Calls `listener` each second, with those who follow `useNow()`. Returns what stops it. */
export const onTick = (listener: () => void): (() => void) => tickerOf(1000).listen(listener);

/** The time in ms, renewed every `periodMs`; all of a page that follow the same period tick in one go. */
export function useNow(periodMs = 1000): number {
  const ticker = tickerOf(periodMs);
  const subscribe = useCallback((changed: () => void) => ticker.listen(changed), [ticker]);
  return useSyncExternalStore(subscribe, () => ticker.now());
}
