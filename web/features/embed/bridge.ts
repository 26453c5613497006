import {
  type EmbedCommand,
  type EmbedEvent,
  type EmbedEvents,
  type EmbedMessage,
  type EmbedOffer,
  type EmbedRequest,
  type EmbedState,
} from "../../../shared/embed.ts";
import { embedding } from "../../../shared/embed-origin.ts";
import { api, ApiError } from "../../lib/api.ts";
import { deskErrorText } from "../desk/refusal-text.ts";

type Serve = (command: EmbedCommand, args: Record<string, unknown>) => Promise<unknown>;

/** Whether the company lists this origin; asked for each connection, so that a removed one is not let in again. */
async function isListed(origin: string): Promise<boolean> {
  try {
    return (await api.anonymous("GET", `/embedding?${new URLSearchParams({ origin })}`, embedding)).allowed;
  } catch {
    return false;
  }
}

function failureOf(error: unknown) {
  const { code, detail } = error instanceof ApiError ? error : { code: "unexpected", detail: {} };
  return { code, message: deskErrorText(error), detail };
}

/**
 * This page's end of the line to the page that has the desk within it. That page offers a port; it is taken when it comes
 * from the one window we belong to, of an origin that is listed. Nothing is ever posted to a window, so nothing is told to
 * anybody else.
 */
class Bridge {
  #port: MessagePort | undefined;
  /** Of whom the port is, or is about to be. */
  #link: string | undefined;
  #state: EmbedState | undefined;
  #serve: Serve | undefined;

  constructor() {
    const owner: unknown = window.parent === window ? window.opener : window.parent;
    if (!owner) return;
    addEventListener("message", ({ data, source, origin, ports }: MessageEvent) => {
      const { waihu, link } = (data ?? {}) as Partial<EmbedOffer>;
      if (waihu !== 1 || typeof link !== "string" || source !== owner || !ports[0]) return;
      void this.#accept(ports[0], origin, link);
    });
    addEventListener("pagehide", () => this.#post({ type: "gone" }));
  }

  /** What the page is told first; commands are answered from now on. Returns what takes it back. */
  serve(serve: Serve): () => void {
    this.#serve = serve;
    return () => {
      if (this.#serve === serve) this.#serve = undefined;
    };
  }

  setState(state: EmbedState): void {
    const first = this.#state === undefined;
    this.#state = state;
    this.tell(first ? "ready" : "state", state);
  }

  tell<E extends EmbedEvent>(event: E, data: EmbedEvents[E]): void {
    this.#post({ type: "event", event, data });
  }

  async #accept(port: MessagePort, origin: string, link: string): Promise<void> {
    // Offers go on while one is looked at; a page that was loaded anew has another link.
    if (link === this.#link) return;
    const before = this.#link;
    this.#link = link;
    if (!(await isListed(origin))) {
      if (this.#link === link) this.#link = before;
      return;
    }
    this.#port?.close();
    this.#port = port;
    port.addEventListener("message", ({ data }: MessageEvent<EmbedRequest>) => void this.#answer(port, data));
    port.start();
    if (this.#state) this.tell("ready", this.#state);
  }

  async #answer(port: MessagePort, { id, command, args }: EmbedRequest): Promise<void> {
    try {
      if (!this.#serve) throw new ApiError(0, "signed-out", "Nobody is signed in at the desk.");
      const value = await this.#serve(command, args);
      port.postMessage({ type: "answer", id, value } satisfies EmbedMessage);
    } catch (error) {
      port.postMessage({ type: "failure", id, error: failureOf(error) } satisfies EmbedMessage);
    }
  }

  #post(message: EmbedMessage): void {
    this.#port?.postMessage(message);
  }
}

export const bridge = new Bridge();
