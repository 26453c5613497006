import type { LiveMessage, LiveRequest } from "../../shared/live.ts";

/** What a page sees of a topic. `items` is a new object on each change. */
export interface LiveTopic {
  status: "connecting" | "live" | "refused";
  code: string | null;
  items: Readonly<Record<string, unknown>>;
}

/** One connection, as the feed uses it. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}
/** What a connection tells; `closed` also when it never opened. */
export interface LiveSocketEvents {
  opened(): void;
  received(text: string): void;
  closed(): void;
}
type Connect = (events: LiveSocketEvents) => LiveSocket;

type Listeners = Set<() => void>;

interface Entry {
  view: LiveTopic;
  seq: number;
  listeners: Listeners;
  /** Who follows one key only. */
  keyed: Map<string, Listeners>;
}

const nothing: LiveTopic = { status: "connecting", code: null, items: {} };
const firstRetryMs = 500;
const longestRetryMs = 10_000;
/** A try that takes longer goes into a network that is no more. */
const openWithinMs = 10_000;
/** An open line on which nothing is heard for so long is no more; the server sends a beat every 2 s. */
const silenceMs = 6_000;

/**
 * One WebSocket for all live topics of the page (shared/live.ts): opened with the first subscription, closed
 * with the last, connected again after a loss with growing pauses, and every topic subscribed afresh. A gap in
 * a topic's `seq` leads to a new subscription. A line that stays silent is given up: not even a beat comes through.
 * While the line is down the last known items stay visible with status `connecting`.
 */
export class LiveFeed {
  readonly #connect: Connect;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #topics = new Map<string, Entry>();
  #socket: LiveSocket | null = null;
  #open = false;
  #retryMs = firstRetryMs;
  #cancelRetry: (() => void) | null = null;
  #cancelOpening = (): void => {};
  #cancelListening = (): void => {};
  #heard = false;

  constructor(connect: Connect, after: (ms: number, run: () => void) => () => void) {
    this.#connect = connect;
    this.#after = after;
  }

  view(topic: string): LiveTopic {
    return this.#topics.get(topic)?.view ?? nothing;
  }

  /** Calls `listener` after each change of the topic. Returns the unsubscriber. */
  subscribe(topic: string, listener: () => void): () => void {
    this.#join(topic).listeners.add(listener);
    return () => {
      this.#topics.get(topic)?.listeners.delete(listener);
      this.#leave(topic);
    };
  }

  /** Calls `listener` when the value of this key became another; news of other keys passes it by. */
  subscribeKey(topic: string, key: string, listener: () => void): () => void {
    const { keyed } = this.#join(topic);
    const listeners = keyed.get(key) ?? new Set();
    keyed.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && keyed.get(key) === listeners) keyed.delete(key);
      this.#leave(topic);
    };
  }

  /** Ends the connection and starts a new one at once: after signing in as somebody else. */
  restart(): void {
    this.#hangUp();
    for (const entry of this.#topics.values()) this.#show(entry, nothing);
    if (this.#topics.size > 0) this.#dial();
  }

  /** Gives up a connection that no longer answers; what is shown stays until the next one has told more. */
  redial(): void {
    if (!this.#socket || !this.#open) return;
    this.#retryMs = 0;
    const socket = this.#socket;
    this.#lost();
    this.#retryMs = firstRetryMs;
    socket.close();
  }

  /** The network is back: the next try is now. */
  hurry(): void {
    if (!this.#cancelRetry) return;
    this.#cancelRetry();
    this.#cancelRetry = null;
    if (this.#topics.size > 0) this.#dial();
  }

  #join(topic: string): Entry {
    let entry = this.#topics.get(topic);
    if (!entry) {
      entry = { view: nothing, seq: 0, listeners: new Set(), keyed: new Map() };
      this.#topics.set(topic, entry);
      if (this.#open) this.#send({ type: "subscribe", topic });
    }
    if (!this.#socket && !this.#cancelRetry) this.#dial();
    return entry;
  }

  #leave(topic: string): void {
    const entry = this.#topics.get(topic);
    if (!entry || entry.listeners.size > 0 || entry.keyed.size > 0) return;
    this.#topics.delete(topic);
    if (this.#open) this.#send({ type: "unsubscribe", topic });
    if (this.#topics.size === 0) this.#hangUp();
  }

  #dial(): void {
    const socket = this.#connect({
      opened: () => {
        if (this.#socket !== socket) return;
        this.#open = true;
        this.#cancelOpening();
        this.#retryMs = firstRetryMs;
        this.#listen();
        for (const topic of this.#topics.keys()) this.#send({ type: "subscribe", topic });
      },
      received: (text) => {
        this.#heard = true;
        if (this.#socket === socket) this.#receive(JSON.parse(text) as LiveMessage);
      },
      closed: () => {
        if (this.#socket === socket) this.#lost();
      },
    });
    this.#socket = socket;
    this.#cancelOpening();
    this.#cancelOpening = this.#after(openWithinMs, () => {
      if (this.#socket !== socket || this.#open) return;
      this.#lost();
      socket.close();
    });
  }

  /** Looks from time to time whether anything came. */
  #listen(): void {
    this.#heard = false;
    this.#cancelListening = this.#after(silenceMs, () => {
      if (this.#heard) this.#listen();
      else this.redial();
    });
  }

  #lost(): void {
    this.#cancelOpening();
    this.#cancelListening();
    this.#socket = null;
    this.#open = false;
    for (const entry of this.#topics.values())
      if (entry.view.status === "live") this.#show(entry, { ...entry.view, status: "connecting" });
    this.#cancelRetry = this.#after(this.#retryMs, () => {
      this.#cancelRetry = null;
      if (this.#topics.size > 0) this.#dial();
    });
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #hangUp(): void {
    this.#cancelRetry?.();
    this.#cancelOpening();
    this.#cancelListening();
    this.#cancelRetry = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    socket?.close();
  }

  #receive(message: LiveMessage): void {
    if (message.type === "beat") return;
    const entry = this.#topics.get(message.topic);
    if (!entry) return;
    if (message.type === "refused") {
      this.#show(entry, { status: "refused", code: message.code, items: {} });
      return;
    }
    if (message.type === "snapshot") {
      entry.seq = message.seq;
      this.#show(entry, { status: "live", code: null, items: message.items });
      return;
    }
    if (message.seq !== entry.seq + 1) {
      this.#send({ type: "subscribe", topic: message.topic });
      return;
    }
    entry.seq = message.seq;
    const items = { ...entry.view.items, ...message.set };
    for (const key of message.gone) delete items[key];
    this.#show(entry, { status: "live", code: null, items });
  }

  #show(entry: Entry, view: LiveTopic): void {
    const before = entry.view.items;
    entry.view = view;
    for (const listener of entry.listeners) listener();
    for (const [key, listeners] of entry.keyed)
      if (before[key] !== view.items[key]) for (const listener of listeners) listener();
  }

  #send(request: LiveRequest): void {
    this.#socket?.send(JSON.stringify(request));
  }
}
