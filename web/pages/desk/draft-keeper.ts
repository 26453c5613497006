import { type DeskCall, type DeskDraft, deskState } from "../../../shared/desk.ts";
import { emptyDraft } from "../../features/desk/summary-draft.ts";
import { api, apiUrl, csrfHeader } from "../../lib/api.ts";
import { readStash, stash, unstash } from "./draft-stash.ts";

const typingPauseMs = 600;
const retryMs = 3000;

export interface DraftView {
  draft: DeskDraft;
  /** `failed`: kept on this device, tried again every few seconds. */
  saved: "clean" | "saving" | "saved" | "failed";
}

/**
 * Keeps one call's summary while it is written. Every change goes to this device at once and to the server when
 * the typing pauses, so that neither a reload nor a lost network costs a word.
 */
export class DraftKeeper {
  readonly #callId: string;
  readonly #listeners = new Set<() => void>();
  #view: DraftView;
  #unsent: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: DeskCall) {
    this.#callId = call.callId;
    const kept = readStash(call.callId);
    this.#unsent = kept !== null;
    this.#view = { draft: kept ?? call.draft ?? emptyDraft, saved: call.draft ? "saved" : "clean" };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#open();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  };
  readonly view = (): DraftView => this.#view;

  readonly change = (part: Partial<DeskDraft>): void => {
    this.#unsent = true;
    this.#show({ draft: { ...this.#view.draft, ...part }, saved: "saving" });
    stash(this.#callId, this.#view.draft);
    this.#sendAfter(typingPauseMs);
  };

  /** The body of the final summary; the pending save is called off. */
  body(): DeskDraft & { callId: string } {
    clearTimeout(this.#timer);
    return { callId: this.#callId, ...this.#view.draft };
  }

  /** The final summary has arrived. */
  finished(): void {
    this.#unsent = false;
    unstash(this.#callId);
  }

  #open(): void {
    addEventListener("pagehide", this.#leave);
    if (this.#unsent) this.#sendAfter(0);
  }

  #close(): void {
    removeEventListener("pagehide", this.#leave);
    this.#leave();
  }

  /** The request outlives the page (`keepalive`); its answer is not awaited. */
  readonly #leave = (): void => {
    clearTimeout(this.#timer);
    if (!this.#unsent) return;
    void fetch(apiUrl("/desk/summary"), {
      method: "POST",
      keepalive: true,
      credentials: "same-origin",
      headers: { ...csrfHeader, "content-type": "application/json" },
      body: JSON.stringify({ ...this.body(), final: false }),
    }).catch(() => undefined);
  };

  #sendAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    const { draft } = this.#view;
    try {
      await api.post("/desk/summary", deskState, { ...this.body(), final: false });
      if (this.#view.draft !== draft) return;
      this.finished();
      this.#show({ draft, saved: "saved" });
    } catch {
      this.#show({ ...this.#view, saved: "failed" });
      if (this.#listeners.size > 0) this.#sendAfter(retryMs);
    }
  }

  #show(view: DraftView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
