import { frameSamples, levelDbm0 } from "../../server/media/frame.ts";
import { decode, payloadTypeOf, silenceByte } from "../../server/media/g711.ts";
import { parseRtp, rtpHeaderBytes, sequenceDistance, writeRtpHeader } from "../../server/media/rtp-packet.ts";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import type { Random } from "../../server/kernel/random.ts";
import { CarrierReports } from "./rtcp.ts";
import { type Clip, toneClip } from "./clips.ts";
import type { Talk } from "./sdp.ts";

const digitsOfEvent = "0123456789*#ABCD";

/** What a call heard over a while. */
export interface Heard {
  packets: number;
  levelDbm0: number;
  /** Level of one frequency, dBm0. */
  toneDbm0(frequencyHz: number): number;
}

/** One call's audio at the carrier: a packet every 20 ms while it is open, silence when nothing plays. */
export class RtpStream {
  talk: Talk;
  /** What came from the party. */
  readonly received = { packets: 0, lost: 0, digits: "" };
  readonly reports: CarrierReports;
  #send: (packet: Buffer) => void;
  #sendRtcp: (packet: Buffer) => void;
  #onClose: () => void;
  #clip: Clip | undefined;
  #index = 0;
  #loop = false;
  #done: (() => void) | undefined;
  #echo = false;
  #sequence: number;
  #timestamp: number;
  readonly #ssrc: number;
  #lastSequence: number | undefined;
  #lastEvent: number | undefined;
  #listeners = new Set<(payload: Buffer) => void>();
  #event: { code: number; left: number; timestamp: number }[] = [];
  #closed = false;
  readonly #silence: Buffer;

  constructor(
    talk: Talk,
    random: Random,
    wire: { send: (packet: Buffer) => void; sendRtcp: (packet: Buffer) => void },
    onClose: () => void,
  ) {
    this.talk = talk;
    this.#sequence = Math.floor(random.next() * 2 ** 16);
    this.#timestamp = Math.floor(random.next() * 2 ** 32);
    this.#ssrc = Math.floor(random.next() * 2 ** 32);
    this.reports = new CarrierReports(this.#ssrc, random.next());
    this.#send = wire.send;
    this.#sendRtcp = wire.sendRtcp;
    this.#onClose = onClose;
    this.#silence = Buffer.alloc(frameSamples, silenceByte[talk.codec]);
  }

  /** Plays `clip` in place of what played before; resolves at its end, never when it loops, at once when closed. */
  play(clip: Clip, loop = false): Promise<void> {
    this.#finish();
    if (this.#closed) return Promise.resolve();
    this.#clip = clip;
    this.#index = 0;
    this.#loop = loop;
    return new Promise((resolve) => (this.#done = resolve));
  }

  /** Sends steady tones until something else plays. */
  tone(...frequenciesHz: number[]): void {
    void this.play(toneClip(frequenciesHz), true);
  }

  quiet(): void {
    this.#finish();
  }

  /** Sends back what comes, packet by packet, instead of own audio. */
  echo(on = true): void {
    this.#echo = on;
  }

  /** Sends digits as RFC 4733 events of 100 ms with 60 ms between; nothing when the party did not offer events. */
  sendDtmf(digits: string): void {
    if (this.talk.eventType === undefined) return;
    for (const digit of digits) {
      this.#event.push({ code: digitsOfEvent.indexOf(digit.toUpperCase()), left: 5, timestamp: 0 });
      this.#event.push({ code: -1, left: 3, timestamp: 0 });
    }
  }

  /** Listens for `ms` of received audio and measures it; silence when the stream closes meanwhile. */
  listen(ms: number): Promise<Heard> {
    const want = Math.max(1, Math.round(ms / 20));
    const samples = new Int16Array(want * frameSamples);
    let packets = 0;
    return new Promise((resolve) => {
      const finish = () => {
        this.#listeners.delete(take);
        clearTimeout(limit);
        resolve({
          packets,
          levelDbm0: levelDbm0(samples),
          toneDbm0: (hz) => toneLevelDbm0(samples, hz),
        });
      };
      const take = (payload: Buffer) => {
        decode(this.talk.codec, payload, samples, packets * frameSamples);
        packets += 1;
        if (packets >= want) finish();
      };
      const limit = setTimeout(finish, ms + 1000);
      this.#listeners.add(take);
    });
  }

  /** All that is heard from now on, as it came: 8 kHz, from this sample on. */
  record(): { samples(from?: number): Int16Array } {
    let kept = new Int16Array(16_000);
    let length = 0;
    this.#listeners.add((payload) => {
      if (length + payload.length > kept.length) {
        const larger = new Int16Array(2 * kept.length);
        larger.set(kept);
        kept = larger;
      }
      decode(this.talk.codec, payload, kept, length);
      length += payload.length;
    });
    return { samples: (from = 0) => kept.subarray(from, length) };
  }

  receive(datagram: Buffer): void {
    const rtp = parseRtp(datagram);
    if (!rtp) return;
    this.#count(rtp.sequence);
    this.reports.received(rtp.ssrc, rtp.sequence);
    if (rtp.payloadType === this.talk.eventType) {
      if (rtp.timestamp !== this.#lastEvent) this.received.digits += digitsOfEvent[rtp.payload[0]!] ?? "";
      this.#lastEvent = rtp.timestamp;
      return;
    }
    if (rtp.payloadType !== payloadTypeOf[this.talk.codec]) return;
    for (const listener of this.#listeners) listener(rtp.payload);
    if (this.#echo) this.#emit(rtp.payload, payloadTypeOf[this.talk.codec], false, this.#advance());
  }

  receiveRtcp(datagram: Buffer): void {
    this.reports.take(datagram);
  }

  /** Called by the hub's wheel every 20 ms. */
  sendFrame(): void {
    const report = this.reports.due();
    if (report) this.#sendRtcp(report);
    if (!this.talk.theyReceive) return;
    const event = this.#event[0];
    if (event) return this.#sendEvent(event);
    if (this.#echo) return;
    const frames = this.#clip?.frames[this.talk.codec];
    this.#emit(
      frames?.[this.#index] ?? this.#silence,
      payloadTypeOf[this.talk.codec],
      false,
      this.#advance(),
    );
    if (!frames) return;
    this.#index += 1;
    if (this.#index < frames.length) return;
    if (this.#loop) this.#index = 0;
    else this.#finish();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#finish();
    this.#onClose();
  }

  #finish(): void {
    this.#clip = undefined;
    const done = this.#done;
    this.#done = undefined;
    done?.();
  }

  #count(sequence: number): void {
    this.received.packets += 1;
    const gap = this.#lastSequence === undefined ? 1 : sequenceDistance(this.#lastSequence, sequence);
    if (gap > 1) this.received.lost += gap - 1;
    if (gap > 0) this.#lastSequence = sequence;
  }

  #advance(): number {
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
    return this.#timestamp;
  }

  #sendEvent(event: { code: number; left: number; timestamp: number }): void {
    const now = this.#advance();
    event.left -= 1;
    if (event.left <= 0) this.#event.shift();
    if (event.code < 0) return;
    const first = event.timestamp === 0;
    if (first) event.timestamp = now;
    const duration = (((now - event.timestamp) >>> 0) + frameSamples) & 0xffff;
    const end = event.left <= 0;
    const payload = Buffer.from([event.code, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
    // The last packet goes three times (RFC 4733 §2.5.1.4).
    for (let copy = 0; copy < (end ? 3 : 1); copy += 1)
      this.#emit(payload, this.talk.eventType!, first, event.timestamp);
  }

  #emit(payload: Buffer, payloadType: number, marker: boolean, timestamp: number): void {
    const packet = Buffer.allocUnsafe(rtpHeaderBytes + payload.length);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    writeRtpHeader(packet, { payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc });
    payload.copy(packet, rtpHeaderBytes);
    this.reports.sent(payload.length, timestamp);
    this.#send(packet);
  }
}
