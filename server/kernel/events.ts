import { EventEmitter } from "node:events";
import type { Log } from "./log.ts";

/**
 * Every event inside the server and its payload. A feature adds its own by declaration merging in its
 * `events.ts`: `declare module "../../kernel/events.ts" { interface AppEvents { "trunk.changed": { trunkId: number } } }`.
 * News goes right: a feature listens only to events of features to its left.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface AppEvents {}

export interface EventBus {
  /** Publish after the transaction that made it true has committed. */
  publish<K extends keyof AppEvents>(name: K, payload: AppEvents[K]): void;
  /** Returns the unsubscriber. A listener that throws is logged; the others still run. */
  on<K extends keyof AppEvents>(
    name: K,
    listener: (payload: AppEvents[K]) => void | Promise<void>,
  ): () => void;
}

export function createEventBus(log: Log): EventBus {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    publish: (name, payload) => void emitter.emit(name, payload),
    on(name, listener) {
      const run = async (payload: AppEvents[typeof name]) => {
        try {
          await listener(payload);
        } catch (error) {
          log.error({ err: error, event: name }, "event listener failed");
        }
      };
      emitter.on(name, run);
      return () => void emitter.off(name, run);
    },
  };
}
