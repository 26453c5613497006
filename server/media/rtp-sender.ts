import { frameMs, frameSamples } from "./frame.ts";
import {
  type RtpPacket,
  rtpHeaderBytes,
  sequenceDistance,
  timestampDistance,
  writeRtpHeader,
} from "./rtp-packet.ts";

/** A source whose clock is off by more than half a second begins anew. */
const maxDriftFrames = 25;

/**
 * The one RTP stream that a leg's party receives: one SSRC, sequence numbers and timestamps without a seam, whether
 * the packets are our own frames, DTMF events, or another leg's packets forwarded.
 */
export class RtpSender {
  readonly ssrc: number;
  packets = 0;
  octets = 0;
  lastTimestamp: number;
  /** RTP ticks of one frame: the codec's clock rate by 50. */
  frameTicks = frameSamples;
  /** When the last timestamp was first sent, ms. It stands still while an event lasts. */
  #timestampedAt = 0;
  #sequence: number;
  /** "frames", or the SSRC whose packets are forwarded. */
  #source: "frames" | number = "frames";
  /** The SSRC that was forwarded last, and how its numbers become ours. */
  #relayed: number | undefined;
  #sequenceOffset = 0;
  #timestampOffset = 0;

  constructor(random: () => number) {
    const word = () => Math.floor(random() * 2 ** 32);
    this.ssrc = word();
    // Below 2^15, so that a receiver of SRTP that misses the first packets still counts the wraps alike (RFC 3711 §3.3.1).
    this.#sequence = word() & 0x7fff;
    this.lastTimestamp = word();
  }

  /** A packet for one frame of `payload`, which lies behind 12 free bytes in `packet`. */
  frame(packet: Buffer, payloadType: number, at: number): Buffer {
    const resumed = this.#source !== "frames" || at - this.#timestampedAt > 3 * frameMs;
    const timestamp = resumed ? this.#timestampAt(at) : this.lastTimestamp + this.frameTicks;
    this.#source = "frames";
    return this.#emit(packet, payloadType, resumed, this.#sequence + 1, timestamp, at);
  }

  /** A packet of an RFC 4733 event: the timestamp stands still while the event lasts. */
  event(packet: Buffer, payloadType: number, marker: boolean, timestamp: number, at: number): Buffer {
    this.#source = "frames";
    return this.#emit(packet, payloadType, marker, this.#sequence + 1, timestamp, at);
  }

  /** The timestamp that belongs to `at`, going on from the last packet. */
  timestampFor(at: number): number {
    return at - this.#timestampedAt > 3 * frameMs
      ? this.#timestampAt(at)
      : this.lastTimestamp + this.frameTicks;
  }

  /** What the stream's clock shows at `at`, for a sender report (RFC 3550 §6.4.1). */
  clockAt(at: number): number {
    if (this.#timestampedAt === 0) return this.lastTimestamp;
    return (this.lastTimestamp + Math.round(((at - this.#timestampedAt) * this.frameTicks) / frameMs)) >>> 0;
  }

  /**
   * Another leg's packet with our header. Gaps of the source stay gaps, so the party's receiver sees the loss; the
   * header is rewritten in place when `inPlace`, else in a copy.
   */
  forward(datagram: Buffer, rtp: RtpPacket, payloadType: number, at: number, inPlace: boolean): Buffer {
    const resumed = this.#source !== rtp.ssrc;
    if (resumed) {
      this.#source = rtp.ssrc;
      this.#sequenceOffset = this.#sequence + 1 - rtp.sequence;
      // After a pause that was filled with our frames the source's clock still holds; an event goes on under its name.
      const due = this.#timestampAt(at);
      const same = this.#relayed === rtp.ssrc;
      const drift = timestampDistance(due, rtp.timestamp + this.#timestampOffset);
      if (!same || Math.abs(drift) > maxDriftFrames * this.frameTicks)
        this.#timestampOffset = due - rtp.timestamp;
      this.#relayed = rtp.ssrc;
    }
    let packet = datagram;
    if (!rtp.plain) {
      packet = Buffer.allocUnsafe(rtpHeaderBytes + rtp.payload.length);
      rtp.payload.copy(packet, rtpHeaderBytes);
    } else if (!inPlace) packet = Buffer.from(datagram);
    const sequence = rtp.sequence + this.#sequenceOffset;
    const marker = rtp.marker || resumed;
    return this.#emit(packet, payloadType, marker, sequence, rtp.timestamp + this.#timestampOffset, at);
  }

  #timestampAt(at: number): number {
    const elapsed = Math.max(1, Math.round((at - this.#timestampedAt) / frameMs));
    return this.lastTimestamp + (this.#timestampedAt === 0 ? 1 : elapsed) * this.frameTicks;
  }

  #emit(
    packet: Buffer,
    payloadType: number,
    marker: boolean,
    sequence: number,
    timestamp: number,
    at: number,
  ) {
    // A forwarded packet that comes late must not pull the stream back.
    if (sequenceDistance(this.#sequence, sequence) > 0) {
      this.#sequence = sequence & 0xffff;
      if (timestampDistance(this.lastTimestamp, timestamp) > 0 || this.#timestampedAt === 0) {
        this.#timestampedAt = at;
        this.lastTimestamp = timestamp >>> 0;
      }
    }
    this.packets++;
    this.octets += packet.length - rtpHeaderBytes;
    writeRtpHeader(packet, { payloadType, marker, sequence, timestamp, ssrc: this.ssrc });
    return packet;
  }
}
