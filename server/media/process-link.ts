import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Negotiated } from "./sdp-negotiate.ts";

/** One leg's packets on their way to another media process. */
export interface LinkTarget {
  /** A random 48-bit number: who does not know it cannot speak into a room. */
  stream: number;
  /** The other process's link, on loopback. */
  port: number;
}

/** What comes out at the other end. `at` is monotonic ms. */
export interface LinkHandlers {
  rtp(datagram: Buffer, at: number): void;
  agreed(agreed: Negotiated): void;
}

const host = "127.0.0.1";
const idBytes = 6;
/** All streams of a process come in by one socket: a fifth of a second of 1,000 legs. */
const receiveBytes = 4 << 20;

/**
 * The way between media processes of one machine: UDP on loopback, a datagram for each RTP packet behind the number of
 * its stream. What a leg has agreed on goes the same way as JSON, for the first byte of RTP is never a brace.
 */
export class ProcessLink {
  readonly #socket: Socket;
  readonly #streams = new Map<number, LinkHandlers>();

  static async open(): Promise<ProcessLink> {
    const socket = createSocket({
      type: "udp4",
      recvBufferSize: receiveBytes,
      lookup: (address, _options, done) => done(null, address, 4),
    });
    const listening = once(socket, "listening");
    socket.bind(0, host);
    await listening;
    return new ProcessLink(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (datagram) => {
      if (datagram.length <= idBytes) return;
      const stream = this.#streams.get(datagram.readUIntBE(0, idBytes));
      if (!stream) return;
      const body = datagram.subarray(idBytes);
      if (body[0]! >> 6 === 2) stream.rtp(body, performance.now());
      else stream.agreed(JSON.parse(body.toString()) as Negotiated);
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  receive(stream: number, handlers: LinkHandlers): void {
    this.#streams.set(stream, handlers);
  }

  drop(stream: number): void {
    this.#streams.delete(stream);
  }

  /** The sender of one leg's stream. */
  open(target: LinkTarget): LinkHandlers {
    const id = Buffer.alloc(idBytes);
    id.writeUIntBE(target.stream, 0, idBytes);
    const send = (body: Buffer) => this.#socket.send([id, body], target.port, host);
    return {
      rtp: send,
      agreed: (agreed) => send(Buffer.from(JSON.stringify(agreed))),
    };
  }

  close(): void {
    this.#socket.close();
  }
}
