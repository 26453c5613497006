import { after, every } from "../lib/steady-timer.ts";

/** A double line break asks for a single one (RFC 5626 §4.4.1): the browser's own pings are out of our reach. */
const [ping, pong] = ["\r\n\r\n", "\r\n"];
const pingEveryMs = 10_000;
const pongWithinMs = 3_000;
/** A try that takes longer goes into a network that is no more. */
const openWithinMs = 10_000;

/** The face JsSIP wants of a socket (`jssip/lib/Socket.d.ts`); it sets the three handlers itself. */
export interface SipSocket {
  via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  connect(): void;
  disconnect(): void;
  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean;
  isConnected(): boolean;
  isConnecting(): boolean;
  onconnect(): void;
  ondisconnect(error: boolean, code?: number, reason?: string): void;
  ondata(event: unknown): void;
}

/**
 * SIP over WebSocket (RFC 7118) that reconnects by itself: at once when the network comes back, else with a
 * back-off kept by a worker, because JsSIP's own recovery counts with the page's timers. A connection that answers
 * no ping is a ghost of another network and is given up.
 */
export class ReconnectingSocket implements SipSocket {
  via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  onconnect: () => void = () => {};
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {};
  ondata: (event: unknown) => void = () => {};
  #socket: WebSocket | undefined;
  #wanted = false;
  #attempt = 0;
  #cancelRetry = (): void => {};
  #stopPings = (): void => {};
  #cancelPong = (): void => {};
  #answers: ((alive: boolean) => void)[] = [];
  readonly #delayMs: (attempt: number) => number;

  constructor(url: string, delayMs: (attempt: number) => number) {
    const { host, protocol } = new URL(url);
    this.url = url;
    this.via_transport = protocol === "wss:" ? "WSS" : "WS";
    this.sip_uri = `sip:${host};transport=ws`;
    this.#delayMs = delayMs;
  }

  connect(): void {
    this.#wanted = true;
    if (this.isConnected() || this.isConnecting()) return;
    for (const hint of hints) addEventListener(hint, this.#look);
    this.#open();
  }

  disconnect(): void {
    this.#wanted = false;
    this.#cancelRetry();
    this.#stopPings();
    this.#socket?.close();
    this.#socket = undefined;
    this.#answer(false);
    for (const hint of hints) removeEventListener(hint, this.#look);
  }

  /** Is the server there? A connection without an answer in three seconds is replaced. */
  check(): Promise<boolean> {
    if (!this.send(ping)) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      if (this.#answers.length === 1) this.#cancelPong = after(pongWithinMs, () => this.renew());
    });
  }

  /** Closes a connection that no longer answers; the next one is opened at once. */
  renew(): void {
    if (!this.#wanted) return;
    this.#socket?.close();
    this.#closed(this.#socket, 4000, "no answer");
    this.#now();
  }

  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    if (!this.#socket || !this.isConnected()) return false;
    this.#socket.send(message as string);
    return true;
  }

  isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  isConnecting(): boolean {
    return this.#socket?.readyState === WebSocket.CONNECTING;
  }

  readonly #now = (): void => {
    this.#cancelRetry();
    if (this.#wanted && !this.isConnected() && !this.isConnecting()) this.#open();
  };

  /** The network may be another one, or the machine has slept. */
  readonly #look = (): void => {
    if (this.isConnected()) void this.check();
    else this.#now();
  };

  #answer(alive: boolean): void {
    this.#cancelPong();
    for (const resolve of this.#answers.splice(0)) resolve(alive);
  }

  #open(): void {
    const socket = new WebSocket(this.url, "sip");
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const cancelOpening = after(openWithinMs, () => {
      if (socket === this.#socket && !this.isConnected()) this.renew();
    });
    socket.addEventListener("open", () => {
      if (socket !== this.#socket) return;
      cancelOpening();
      this.#attempt = 0;
      this.#stopPings();
      this.#stopPings = every(pingEveryMs, () => void this.check());
      this.onconnect();
    });
    socket.addEventListener("message", (event: MessageEvent) => {
      if (socket !== this.#socket) return;
      if (isPong(event.data)) this.#answer(true);
      else this.ondata(event.data);
    });
    socket.addEventListener("close", (event) => this.#closed(socket, event.code, event.reason));
  }

  #closed(socket: WebSocket | undefined, code: number, reason: string): void {
    if (!socket || socket !== this.#socket) return;
    this.#socket = undefined;
    this.#stopPings();
    this.#answer(false);
    this.ondisconnect(true, code, reason);
    if (!this.#wanted) return;
    this.#attempt += 1;
    this.#cancelRetry();
    this.#cancelRetry = after(this.#delayMs(this.#attempt), this.#now);
  }
}

/** What tells that the way to the server may have changed: `resume` is a thawed page's (Page Lifecycle §4). */
const hints = ["online", "resume", "pageshow", "focus"] as const;

function isPong(data: unknown): boolean {
  if (data instanceof ArrayBuffer) return data.byteLength === pong.length;
  return data === pong;
}
