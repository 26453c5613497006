import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { DtmfDetector } from "../../server/media/dtmf-detector.ts";
import { frameMs, frameSamples, levelDbm0 } from "../../server/media/frame.ts";
import { type AudioCodec, type Coder, codecFacts, lawCoders } from "../../server/media/codec.ts";
import { openCoder } from "../../server/media/open-coder.ts";
import { isRtcp, parseRtp, type RtpPacket, rtpHeaderBytes } from "../../server/media/rtp-packet.ts";
import { RtcpSession } from "../../server/media/rtcp-session.ts";
import { RtpReception } from "../../server/media/rtp-reception.ts";
import { RtpSender } from "../../server/media/rtp-sender.ts";
import { formatCrypto } from "../../server/media/sdes.ts";
import { parseSdp } from "../../server/media/sdp.ts";
import { SrtpSession } from "../../server/media/srtp-session.ts";
import { TelephoneEventReceiver, TelephoneEventSender } from "../../server/media/telephone-event.ts";
import { dtmfFrequencies, renderTones, sineSource, toneLevelDbm0 } from "../../server/media/tones.ts";
import { decodeWav } from "../../server/media/wav.ts";

/** One packet that came, `at` monotonic ms. */
export interface Received {
  at: number;
  rtp: RtpPacket;
  samples: Int16Array;
  from: { address: string; port: number };
}

/**
 * A party on plain RTP for tests: it sends a tone, a file or silence every 20 ms and measures what it hears.
 * It speaks its own SDP; payload type 101 is telephone-event.
 */
export class RtpPeer implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly digits: string[] = [];
  readonly codec: AudioCodec;
  /** Ours, for this codec; a dynamic one may differ from what the other side offers. */
  readonly payloadType: number;
  readonly #coder: Coder;
  readonly #socket: Socket;
  readonly #sender = new RtpSender(Math.random);
  readonly #events = new TelephoneEventSender();
  readonly #eventsIn = new TelephoneEventReceiver((digit) => this.digits.push(digit));
  readonly #takesEvents: boolean;
  readonly #reception = new RtpReception();
  readonly #rtcp = new RtcpSession(Math.random, () => Date.now());
  #reported = 0;
  /** `off` until `encrypt()`. */
  #srtp = new SrtpSession("off");
  #source: (frame: Int16Array) => void = (frame) => frame.fill(0);
  #target: { host: string; port: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;

  /** `events` false: a party without telephone-event, which hears and sends digits as tones. */
  static async open(
    codec: AudioCodec = "PCMA",
    { payloadType = codecFacts[codec].payloadType, events = true } = {},
  ): Promise<RtpPeer> {
    const coder = await openCoder(codec);
    const socket = createSocket("udp4");
    const listening = once(socket, "listening");
    socket.bind(0, "127.0.0.1");
    await listening;
    return new RtpPeer(socket, coder, payloadType, events);
  }

  private constructor(socket: Socket, coder: Coder, payloadType: number, takesEvents: boolean) {
    this.#socket = socket;
    this.#coder = coder;
    this.codec = coder.codec;
    this.payloadType = payloadType;
    this.#takesEvents = takesEvents;
    this.#sender.frameTicks = codecFacts[this.codec].clockRate / 50;
    socket.on("message", (datagram, from) => {
      const plain = isRtcp(datagram) ? undefined : this.#srtp.openRtp(datagram, performance.now());
      const rtp = plain && parseRtp(plain);
      if (!rtp) return;
      if (rtp.payloadType === 101) return this.#eventsIn.take(rtp, performance.now());
      const samples = new Int16Array(6 * frameSamples);
      const count = this.#coderOf(rtp.payloadType)?.decoder.decode(rtp.payload, samples) ?? 0;
      this.received.push({ at: performance.now(), rtp, samples: samples.subarray(0, count), from });
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Speaks SRTP from now on, with `crypto` lines in its SDP; a second call changes its keys. */
  encrypt(): this {
    this.#srtp = new SrtpSession("required");
    return this;
  }

  /** Our SDP, as offer or answer. */
  sdp(direction = "sendrecv"): string {
    const type = this.payloadType;
    const { name } = codecFacts[this.codec];
    const { profile, lines: crypto } = this.#srtp.offer();
    const lines = [
      "v=0",
      "o=peer 1 1 IN IP4 127.0.0.1",
      "s=-",
      "c=IN IP4 127.0.0.1",
      "t=0 0",
      `m=audio ${this.port} ${profile} ${type}${this.#takesEvents ? " 101" : ""}`,
      `a=rtpmap:${type} ${name}`,
      ...(this.#takesEvents ? ["a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15"] : []),
      ...crypto.map(formatCrypto),
      `a=${direction}`,
    ];
    return lines.map((line) => `${line}\r\n`).join("");
  }

  /** Sends to the address in the other side's SDP. */
  aim(sdp: string): this {
    const { audio } = parseSdp(sdp)!;
    this.#target = { host: audio.host, port: audio.port };
    this.#srtp.acceptAnswer(audio, performance.now());
    return this;
  }

  /** Begins to send, a packet every 20 ms. */
  start(): this {
    this.#nextAt = performance.now();
    this.#timer ??= setTimeout(this.#tick, 0);
    return this;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  sendTone(hz: number, levelDbm0 = -10): this {
    this.#source = sineSource(hz, levelDbm0);
    return this;
  }

  sendSilence(): this {
    this.#source = (frame) => frame.fill(0);
    return this;
  }

  /** Plays a WAV file over and over. */
  sendFile(path: string): this {
    const samples = decodeWav(readFileSync(path));
    let at = 0;
    this.#source = (frame) => {
      for (let i = 0; i < frame.length; i++) frame[i] = samples[at++ % samples.length]!;
    };
    return this;
  }

  sendDtmf(digits: string): this {
    this.#events.add(digits);
    return this;
  }

  /** A sender report about what came until now; `frozen`: until the last report. */
  report({ frozen = false } = {}): void {
    if (!frozen)
      for (const { rtp, at } of this.received.slice(this.#reported))
        this.#reception.take(rtp.sequence, rtp.timestamp, rtp.ssrc, at, true);
    if (!frozen) this.#reported = this.received.length;
    this.sendRaw(this.#rtcp.build(this.#sender, this.#reception, performance.now()));
  }

  /** Digits as tones of 80 ms with pauses of 60 ms, then silence. */
  sendTones(digits: string): this {
    const samples = renderTones(
      Array.from(digits, (digit) => {
        return { frequenciesHz: [...dtmfFrequencies(digit)!], levelDbm0: -9, onMs: 80, offMs: 60 };
      }),
    );
    let at = 0;
    this.#source = (frame) => {
      for (let i = 0; i < frame.length; i++) frame[i] = samples[at++] ?? 0;
    };
    return this;
  }

  /** Digits that were heard as tones. */
  toneDigits(): string {
    let digits = "";
    const detector = new DtmfDetector((digit) => (digits += digit));
    for (const { samples } of this.received) detector.push(samples);
    return digits;
  }

  /** Sends any bytes, from the socket that the RTP comes from. */
  sendRaw(datagram: Buffer): void {
    this.#socket.send(datagram, this.#target!.port, this.#target!.host);
  }

  /** Sends it every 100 ms until `seen` has ended: one packet alone may be lost. */
  async repeatRaw(datagram: Buffer, seen: Promise<unknown>): Promise<void> {
    this.sendRaw(datagram);
    const timer = setInterval(() => this.sendRaw(datagram), 100);
    await seen.finally(() => clearInterval(timer));
  }

  /** The last `ms` of what came, as samples. */
  heard(ms = 200): Int16Array {
    const packets = this.received.slice(-ms / frameMs);
    const out = new Int16Array(packets.reduce((n, p) => n + p.samples.length, 0));
    let at = 0;
    for (const { samples } of packets) {
      out.set(samples, at);
      at += samples.length;
    }
    return out;
  }

  /** Level of `hz` in the last `ms`, dBm0. */
  toneLevel(hz: number, ms = 200): number {
    const samples = this.heard(ms);
    return samples.length < frameSamples ? -90 : toneLevelDbm0(samples, hz);
  }

  level(ms = 200): number {
    return levelDbm0(this.heard(ms));
  }

  /** Missing sequence numbers, and the longest pause between packets, ms. */
  gaps(): { missing: number; longestMs: number } {
    let missing = 0;
    let longestMs = 0;
    for (let i = 1; i < this.received.length; i++) {
      const [a, b] = [this.received[i - 1]!, this.received[i]!];
      missing += Math.max(0, ((b.rtp.sequence - a.rtp.sequence) & 0xffff) - 1);
      longestMs = Math.max(longestMs, b.at - a.at);
    }
    return { missing, longestMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    const closed = once(this.#socket, "close");
    this.#socket.close();
    this.#coder.close();
    await closed;
  }

  #coderOf(type: number): Coder | undefined {
    if (type === this.payloadType || type === codecFacts[this.codec].payloadType) return this.#coder;
    return type === 0 ? lawCoders.PCMU : type === 8 ? lawCoders.PCMA : undefined;
  }

  readonly #tick = () => {
    while (this.#nextAt <= performance.now()) {
      this.#sendOne(this.#nextAt);
      this.#nextAt += frameMs;
    }
    this.#timer = setTimeout(this.#tick, Math.max(1, this.#nextAt - performance.now()));
  };

  #send(packet: Buffer): void {
    const sealed = this.#srtp.sealRtp(packet);
    if (sealed) this.sendRaw(sealed);
  }

  #sendOne(at: number): void {
    if (this.#events.busy) {
      for (const packet of this.#events.tick(this.#sender, { payloadType: 101, clockRate: 8000 }, at))
        this.#send(packet);
      return;
    }
    const frame = new Int16Array(frameSamples);
    this.#source(frame);
    const { encoder } = this.#coder;
    const packet = Buffer.allocUnsafe(rtpHeaderBytes + encoder.maxBytes);
    const bytes = encoder.encode(frame, packet, rtpHeaderBytes);
    this.#send(this.#sender.frame(packet.subarray(0, rtpHeaderBytes + bytes), this.payloadType, at));
  }
}
