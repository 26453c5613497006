import { frameSamples, levelDbm0 } from "./frame.ts";
import type { AudioCodec, AudioDecoder } from "./codec.ts";
import { ComfortNoise } from "./comfort-noise.ts";
import { PartySound } from "./party-sound.ts";
import type { DtmfDetector } from "./dtmf-detector.ts";
import { JitterBuffer } from "./jitter-buffer.ts";
import type { RtpPacket } from "./rtp-packet.ts";

/** Frames of one level report: 200 ms. */
const levelFrames = 10;

/** The party's sound as frames: decoded and smoothed only while somebody needs it. */
export class LegInput {
  readonly frame = new Int16Array(frameSamples);
  /** The frame carries the party's sound, not silence or concealment. */
  voiced = false;
  /** How loud the party is, decoded or not. */
  readonly sound = new PartySound();
  muted = false;
  readonly taps = new Set<(samples: Int16Array) => void>();
  onLevel: ((dbm0: number) => void) | undefined;
  /** Listens for tones; it must not keep the frame. */
  ear: ((frame: Int16Array) => void) | undefined;
  /** Finds the digits of a party that sends them as tones. */
  dtmf: DtmfDetector | undefined;
  readonly #jitter = new JitterBuffer();
  readonly #window = new Int16Array(levelFrames * frameSamples);
  #inWindow = 0;
  #needed = false;
  #lateTold = 0;
  /** The noise that the party asked for last in place of its silence, until it speaks. */
  #restPayload: Uint8Array | undefined;
  /** Makes it while the party's packets are relayed and not decoded. */
  readonly #rest = new ComfortNoise();

  /** Somebody listens here, apart from other legs. */
  get watched(): boolean {
    return (
      this.taps.size > 0 || this.onLevel !== undefined || this.ear !== undefined || this.dtmf !== undefined
    );
  }

  get depthMs(): number {
    return this.#jitter.depthMs;
  }

  /** Packets that came too late to be played, since the last call. */
  takeDiscarded(): number {
    const { late } = this.#jitter.counts;
    const discarded = late - this.#lateTold;
    this.#lateTold = late;
    return discarded;
  }

  set needed(needed: boolean) {
    if (needed === this.#needed) return;
    this.#needed = needed;
    this.#silence();
    if (needed) this.#jitter.reset(this.#restPayload);
  }

  get needed(): boolean {
    return this.#needed;
  }

  /** For codecs that have a state. */
  set decoder(decoder: AudioDecoder) {
    this.#jitter.decoder = decoder;
  }

  /** A packet that came at `at`, monotonic ms. */
  put(kind: AudioCodec | "CN", rtp: RtpPacket, at: number): void {
    this.sound.take(kind, rtp.payload);
    if (this.#needed) this.#jitter.put(kind, rtp.payload, rtp, at);
    if (kind === "CN") {
      this.#restPayload = Buffer.from(rtp.payload);
      this.#rest.describe(rtp.payload);
    } else if (this.#restPayload) {
      this.#restPayload = undefined;
      if (!this.#needed) this.#silence();
    }
  }

  /** The frame due at `at`, monotonic ms. */
  tick(at: number): void {
    if (!this.#needed) return this.#restFrame();
    const isSound = this.#jitter.pop(this.frame, at);
    if (isSound) this.sound.takeFrame(this.frame);
    this.voiced = isSound && !this.muted;
    if (this.muted) this.frame.fill(0);
    for (const tap of this.taps) tap(this.frame.slice());
    this.ear?.(this.frame);
    this.dtmf?.push(this.frame);
    if (this.onLevel) this.#measure(this.onLevel);
  }

  #restFrame(): void {
    if (this.#restPayload) this.#rest.fill(this.frame, 0, frameSamples);
    if (this.muted) this.frame.fill(0);
  }

  #measure(tell: (dbm0: number) => void): void {
    this.#window.set(this.frame, this.#inWindow++ * frameSamples);
    if (this.#inWindow < levelFrames) return;
    this.#inWindow = 0;
    tell(Math.round(levelDbm0(this.#window) * 10) / 10);
  }

  #silence(): void {
    this.frame.fill(0);
    this.voiced = false;
  }
}
