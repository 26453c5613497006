import type { Log } from "./log.ts";

export type Span = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Logs at debug level how long each step of the start took, in ms. */
export function createSpans(log: Log): Span {
  return async (name, work) => {
    const started = performance.now();
    const result = await work();
    log.debug({ step: name, ms: Math.round(performance.now() - started) }, "started");
    return result;
  };
}
