import { ApiError, apiUrl, csrfHeader } from "../../lib/api.ts";
import { registerUnsent } from "../../features/desk/unsent.ts";
import type { Stash } from "./draft-stash.ts";

const typingPauseMs = 600;
const retryMs = 3000;

export interface Kept<T> {
  value: T;
  /** `failed`: kept on this device, tried again every few seconds. */
  saved: "clean" | "saving" | "saved" | "failed";
}

interface Options<T> {
  stash: Stash<T>;
  /** What the server has; null: nothing yet. */
  stored: T | null;
  empty: T;
  method: "POST" | "PUT";
  path: string;
  bodyOf: (value: T) => object;
  send: (body: object) => Promise<unknown>;
}

/**
 * Keeps what an agent writes about one call while it is written. Every change goes to this device at once and to the
 * server when the typing pauses, so that neither a reload nor a lost network costs a word.
 */
export class Keeper<T> {
  readonly #options: Options<T>;
  readonly #listeners = new Set<() => void>();
  #view: Kept<T>;
  #unsent: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unregister: (() => void) | undefined;

  constructor(options: Options<T>) {
    this.#options = options;
    const kept = options.stash.read();
    this.#unsent = kept !== null;
    this.#view = {
      value: kept ?? options.stored ?? options.empty,
      saved: options.stored ? "saved" : "clean",
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#open();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  };
  readonly view = (): Kept<T> => this.#view;

  readonly change = (to: (value: T) => T): void => {
    this.#unsent = true;
    this.#show({ value: to(this.#view.value), saved: "saving" });
    this.#options.stash.write(this.#view.value);
    this.#sendAfter(typingPauseMs);
  };

  /** What would be sent now; the pending save is called off. */
  body(): object {
    clearTimeout(this.#timer);
    return this.#options.bodyOf(this.#view.value);
  }

  /** It has arrived, by this way or another. */
  finished(): void {
    this.#unsent = false;
    this.#options.stash.clear();
  }

  #open(): void {
    addEventListener("pagehide", this.#leave);
    this.#unregister = registerUnsent(async () => {
      if (this.#unsent) await this.#send();
    });
    if (this.#unsent) this.#sendAfter(0);
  }

  #close(): void {
    removeEventListener("pagehide", this.#leave);
    this.#unregister?.();
    this.#leave();
  }

  /** The request outlives the page (`keepalive`); its answer is not awaited. */
  readonly #leave = (): void => {
    clearTimeout(this.#timer);
    if (!this.#unsent) return;
    const { method, path } = this.#options;
    void fetch(apiUrl(path), {
      method,
      keepalive: true,
      credentials: "same-origin",
      headers: { ...csrfHeader, "content-type": "application/json" },
      body: JSON.stringify(this.body()),
    }).catch(() => undefined);
  };

  #sendAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    const { value } = this.#view;
    try {
      await this.#options.send(this.body());
      if (this.#view.value !== value) return;
      this.finished();
      this.#show({ value, saved: "saved" });
    } catch (error) {
      this.#show({ ...this.#view, saved: "failed" });
      // The call is another agent's by now.
      if (error instanceof ApiError && error.status === 404) return this.finished();
      if (this.#listeners.size > 0) this.#sendAfter(retryMs);
    }
  }

  #show(view: Kept<T>): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
