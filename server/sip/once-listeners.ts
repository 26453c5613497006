import type { Log } from "../kernel/log.ts";
import { safely } from "./safely.ts";

/** An event that happens once; a listener added afterwards is told in a microtask of its own. */
export interface Once<T> {
  on: (listener: (value: T) => void) => void;
  fire: (value: T) => void;
}

export function createOnce<T>(log: Log): Once<T> {
  const listeners: ((value: T) => void)[] = [];
  let fired: { value: T } | undefined;
  return {
    on(listener) {
      const { value } = fired ?? {};
      if (fired) queueMicrotask(() => safely(log, "listener", () => listener(value as T)));
      else listeners.push(listener);
    },
    fire(value) {
      if (fired) return;
      fired = { value };
      for (const listener of listeners.splice(0)) safely(log, "listener", () => listener(value));
    },
  };
}
