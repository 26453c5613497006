import { after } from "./steady-timer.ts";

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
 * back-off kept by a worker, because JsSIP's own recovery counts with the page's timers.
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
    this.#open();
  }

  disconnect(): void {
    this.#wanted = false;
    this.#cancelRetry();
    this.#socket?.close();
    this.#socket = undefined;
    removeEventListener("online", this.#now);
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

  #open(): void {
    const socket = new WebSocket(this.url, "sip");
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (socket !== this.#socket) return;
      this.#attempt = 0;
      this.onconnect();
    });
    socket.addEventListener("message", (event: MessageEvent) => {
      if (socket === this.#socket) this.ondata(event.data);
    });
    socket.addEventListener("close", (event) => this.#closed(socket, event.code, event.reason));
  }

  #closed(socket: WebSocket | undefined, code: number, reason: string): void {
    if (!socket || socket !== this.#socket) return;
    this.#socket = undefined;
    this.ondisconnect(true, code, reason);
    if (!this.#wanted) return;
    this.#attempt += 1;
    this.#cancelRetry();
    this.#cancelRetry = after(this.#delayMs(this.#attempt), this.#now);
    addEventListener("online", this.#now, { once: true });
  }
}
