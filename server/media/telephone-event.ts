import { frameMs } from "./frame.ts";
import type { RtpPacket } from "./rtp-packet.ts";
import type { RtpSender } from "./rtp-sender.ts";

/** Events 0–15 of RFC 4733 §3.2, in order. */
const digits = "0123456789*#ABCD";

/** Digits that can be sent; anything else in a string is skipped. */
export const dtmfDigits = (text: string) => Array.from(text.toUpperCase()).filter((d) => digits.includes(d));

/** Nobody presses faster for long: a flood of digits costs those who hear it their sound, so the rest is dropped. */
const digitsPerSecond = 12;
const burstDigits = 20;

/** An event that never ends is told after this long without a packet. */
const lostEndMs = 250;

/**
 * Receives RFC 4733 events. A digit is told once, at its first end packet (senders repeat it three times, §2.5.1.4);
 * when all ends are lost, at the next event or after a quarter of a second.
 */
export class TelephoneEventReceiver {
  #current: { digit: string; timestamp: number; duration: number; at: number } | undefined;
  #lastTold: number | undefined;
  #budget = burstDigits;
  #budgetAt: number | undefined;
  /** Of the events. */
  clockRate = 8000;
  readonly #tell: (digit: string, durationMs: number) => void;

  constructor(tell: (digit: string, durationMs: number) => void) {
    this.#tell = tell;
  }

  take(rtp: RtpPacket, at: number): void {
    if (rtp.payload.length < 4) return;
    const digit = digits[rtp.payload[0]!];
    if (digit === undefined || rtp.timestamp === this.#lastTold) return;
    const duration = rtp.payload.readUInt16BE(2);
    if (this.#current && this.#current.timestamp !== rtp.timestamp) this.#finish();
    this.#current = { digit, timestamp: rtp.timestamp, duration, at };
    if (rtp.payload[1]! & 0x80) this.#finish();
  }

  /** Call now and then. */
  expire(at: number): void {
    if (this.#current && at - this.#current.at > lostEndMs) this.#finish();
  }

  #finish(): void {
    const { digit, timestamp, duration, at } = this.#current!;
    this.#current = undefined;
    this.#lastTold = timestamp;
    const earned = ((at - (this.#budgetAt ?? at)) * digitsPerSecond) / 1000;
    this.#budget = Math.min(burstDigits, this.#budget + earned);
    this.#budgetAt = at;
    if (this.#budget < 1) return;
    this.#budget -= 1;
    this.#tell(digit, Math.round((duration * 1000) / this.clockRate));
  }
}

const toneMs = 100;
const pauseMs = 60;
/** Volume 10 is -10 dBm0 (§2.3.4). */
const volume = 10;

/** Five seconds of digits; what comes on top is dropped. */
const maxWaiting = 32;

/** Sends digits as RFC 4733 events: one packet every 20 ms, the end three times. */
export class TelephoneEventSender {
  readonly #queue: string[] = [];
  #timestamp = 0;
  #elapsedMs = 0;

  get busy(): boolean {
    return this.#queue.length > 0;
  }

  add(text: string): void {
    this.#queue.push(...dtmfDigits(text).slice(0, maxWaiting - this.#queue.length));
  }

  /** Packets to send at this tick; none in the pause between digits. */
  *tick(
    sender: RtpSender,
    events: { payloadType: number; clockRate: number },
    at: number,
  ): Generator<Buffer> {
    if (this.#elapsedMs === 0) this.#timestamp = sender.timestampFor(at);
    this.#elapsedMs += frameMs;
    const first = this.#elapsedMs === frameMs;
    const ended = this.#elapsedMs >= toneMs;
    if (this.#elapsedMs <= toneMs)
      for (let i = 0; i < (ended ? 3 : 1); i++)
        yield sender.event(
          this.#packet(ended, events.clockRate),
          events.payloadType,
          first,
          this.#timestamp,
          at,
        );
    if (this.#elapsedMs < toneMs + pauseMs) return;
    this.#queue.shift();
    this.#elapsedMs = 0;
  }

  #packet(ended: boolean, clockRate: number): Buffer {
    const packet = Buffer.alloc(16);
    packet[12] = digits.indexOf(this.#queue[0]!);
    packet[13] = (ended ? 0x80 : 0) | volume;
    packet.writeUInt16BE((Math.min(this.#elapsedMs, toneMs) * clockRate) / 1000, 14);
    return packet;
  }
}
