import type { AudioCodec } from "./codec.ts";
import { codecFacts } from "./codec.ts";
import { timestampDistance } from "./rtp-packet.ts";

/** More than 1 s of 20 ms packets: whoever sends so much ahead is cut. */
const maxPackets = 64;

/** A packet's payload: audio of a codec, or a description of comfort noise (RFC 3389). */
export interface QueuedPacket {
  kind: AudioCodec | "CN";
  payload: Uint8Array;
  /** First sample, 8 kHz, unwrapped. */
  at: number;
}

/** Packets in the order of their timestamps, each once. */
export class PacketQueue {
  readonly #packets: QueuedPacket[] = [];
  #clockRate = 0;
  #last = 0;
  #ticks = 0;

  get first(): QueuedPacket | undefined {
    return this.#packets[0];
  }

  get length(): number {
    return this.#packets.length;
  }

  clear(): void {
    this.#packets.length = 0;
  }

  /** The timestamp as samples of 8 kHz, going on from the last; `undefined` when the clock is another one. */
  place(kind: QueuedPacket["kind"], timestamp: number): number | undefined {
    // Comfort noise runs on the clock of the speech beside it.
    const clockRate = kind === "CN" && this.#clockRate !== 0 ? this.#clockRate : clockRateOf(kind);
    const known = clockRate === this.#clockRate;
    this.#ticks = known ? this.#ticks + timestampDistance(this.#last, timestamp) : 0;
    this.#clockRate = clockRate;
    this.#last = timestamp;
    return known ? Math.round(this.#ticks / (clockRate / 8000)) : undefined;
  }

  /** False when it is there already. Keeps a copy of the payload, for a datagram may be forwarded in place. */
  put(kind: QueuedPacket["kind"], payload: Uint8Array, at: number): boolean {
    let index = this.#packets.length;
    while (index > 0 && this.#packets[index - 1]!.at > at) index--;
    if (index > 0 && this.#packets[index - 1]!.at === at) return false;
    this.#packets.splice(index, 0, { kind, payload: Buffer.from(payload), at });
    if (this.#packets.length > maxPackets) this.#packets.shift();
    return true;
  }

  take(): QueuedPacket | undefined {
    return this.#packets.shift();
  }
}

const clockRateOf = (kind: QueuedPacket["kind"]) => (kind === "CN" ? 8000 : codecFacts[kind].clockRate);
