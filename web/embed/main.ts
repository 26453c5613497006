/**
 * `/embed.js`: the desk of this system within another system's page. One global, `Waihu`; documented in
 * `docs/embedding.md`. No dependency: what is imported beside it are types and constants.
 */
import type {
  EmbedCommand,
  EmbedCommands,
  EmbedEvent,
  EmbedEvents,
  EmbedMessage,
  EmbedRequest,
  EmbedState,
} from "../../shared/embed.ts";
import { WaihuError } from "./failure.ts";
import { type Link, openLink } from "./link.ts";
import { mayEmbed } from "./may-embed.ts";
import { type OpenOptions, openPlace, type Place } from "./place.ts";

type Listener<E extends EmbedEvent> = (data: EmbedEvents[E]) => void;
type Dial = Omit<EmbedCommands["dial"][0], "phone">;

const server = new URL((document.currentScript as HTMLScriptElement).src).origin;
const answerWithinMs = 30_000;

const listeners = new Map<string, Set<(data: never) => void>>();
const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: WaihuError) => void }>();
let opening: Promise<EmbedState> | undefined;
let opened: { place: Place; link: Link; ready: Promise<EmbedState> } | undefined;
/** Asked when the script is loaded, so that a window can be opened within the very click. */
const permission = mayEmbed(server);
permission.catch(() => undefined);
let asked = 0;

function emit(event: string, data: unknown): void {
  for (const listener of listeners.get(event) ?? [])
    try {
      listener(data as never);
    } catch (error) {
      // A listener's fault is the page's own: told there, and no other listener suffers.
      reportError(error);
    }
}

function failAll(code: string, message: string): void {
  for (const { reject } of waiting.values()) reject(new WaihuError(code, message));
  waiting.clear();
}

function receive(message: EmbedMessage): void {
  if (message.type === "event") emit(message.event, message.data);
  else if (message.type === "gone") failAll("gone", "The desk was loaded anew before it answered.");
  else {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === "answer") asker?.resolve(message.value as never);
    else asker?.reject(new WaihuError(message.error.code, message.error.message, message.error.detail));
  }
}

function ask<C extends EmbedCommand>(command: C, args: EmbedCommands[C][0]): Promise<EmbedCommands[C][1]> {
  return new Promise((resolve, reject) => {
    const id = ++asked;
    const request: EmbedRequest = { id, command, args: { ...args } };
    if (!opened?.link.send(request)) {
      reject(new WaihuError("not-open", "Call Waihu.open() first and wait for it."));
      return;
    }
    waiting.set(id, { resolve, reject });
  });
}

function forget(): void {
  opened?.link.end();
  opened = undefined;
  failAll("closed", "The desk was closed.");
  emit("closed", null);
}

async function firstReady(place: Place): Promise<EmbedState> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      off("ready", arrived);
      off("closed", gone);
      done();
    };
    const arrived = (state: EmbedState) => settle(() => resolve(state));
    const gone = () => settle(() => reject(new WaihuError("closed", "The desk was closed.")));
    const timer = setTimeout(() => {
      settle(() => reject(new WaihuError("no-answer", `The desk of ${server} did not answer.`)));
      place.remove();
      forget();
    }, answerWithinMs);
    on("ready", arrived);
    on("closed", gone);
  });
}

/**
 * Opens the desk: in `mount` if this page is of the same site as the server, else in a window of its own, for which this
 * must be called from a click. Resolves when the desk is connected, whether or not somebody is signed in. Opened already:
 * it is shown, and its state told. Errors: `not-allowed`, `unreachable`, `no-mount`, `popup-blocked`, `no-answer`, `closed`.
 */
async function open(options: OpenOptions = {}): Promise<EmbedState> {
  if (opened) {
    opened.place.show();
    await opened.ready;
    return ask("state", {});
  }
  opening ??= openDesk(options).finally(() => {
    opening = undefined;
  });
  return opening;
}

async function openDesk(options: OpenOptions): Promise<EmbedState> {
  const { frame } = await permission.catch(() => mayEmbed(server));
  const place = openPlace(server, options, frame);
  const ready = firstReady(place);
  opened = { place, ready, link: openLink(server, place, { message: receive, gone: forget }) };
  return ready;
}

function on<E extends EmbedEvent>(event: E, listener: Listener<E>): void {
  const known = listeners.get(event) ?? new Set();
  listeners.set(event, known.add(listener));
}

function off<E extends EmbedEvent>(event: E, listener?: Listener<E>): void {
  if (listener) listeners.get(event)?.delete(listener);
  else listeners.delete(event);
}

const Waihu = {
  open,
  on,
  off,
  /** Removes the frame, or closes the window. A call in it waits with music for `agentLostSeconds`, then ends. */
  close(): void {
    opened?.place.remove();
    if (opened) forget();
  },
  show: (): void => opened?.place.show(),
  state: () => ask("state", {}),
  dial: (phone: string, options: Dial = {}) => ask("dial", { ...options, phone }),
  setState: (state: EmbedCommands["setState"][0]["state"], reason?: string | number) =>
    ask("setState", { state, ...(reason !== undefined && { reason }) }),
  hangup: () => ask("hangup", {}),
  hold: (on: boolean) => ask("hold", { on }),
  mute: (on: boolean) => ask("mute", { on }),
  dtmf: (digits: string) => ask("dtmf", { digits }),
  WaihuError,
};

Object.assign(globalThis, { Waihu });
