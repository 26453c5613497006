import { frameSamples } from "./frame.ts";
import { timestampDistance } from "./rtp-packet.ts";

const ringSamples = 16_384;
const mask = ringSamples - 1;
/** Depth bounds and the depth before anything is known, in samples. */
const minTarget = frameSamples;
const firstTarget = 2 * frameSamples;
const maxTarget = 10 * frameSamples;
/** A packet farther off than this begins a new talk spurt or source. */
const resyncSamples = 8000;
const fadePerFrame = 0.55;
const concealedFrames = 5;
/** Frames over which surplus depth must last before one frame is dropped: one second. */
const shrinkWindow = 50;

/**
 * Turns packets that come when they come into one frame every 20 ms. The depth follows the jitter seen: it grows by a
 * frame at every underrun and shrinks by one when a whole second had a surplus. A hole is filled by the last frame,
 * fading out. Times are RTP timestamps at 8 kHz; no clock is needed.
 */
export class JitterBuffer {
  readonly #samples = new Int16Array(ringSamples);
  readonly #filled = new Uint8Array(ringSamples);
  readonly #last = new Int16Array(frameSamples);
  /** Packets that came after their time. */
  late = 0;
  #ssrc: number | undefined;
  /** Timestamp of the next sample to play, and of the end of the newest packet. */
  #read = 0;
  #end = 0;
  #concealed = 0;
  /** Frames played while waiting at the same timestamp: they already stand for what is missing there. */
  #held = 0;
  #surplus = Infinity;
  #sinceShrink = 0;
  #target = firstTarget;
  #waiting = true;

  /** Milliseconds of audio waiting. */
  get depthMs(): number {
    return this.#ssrc === undefined ? 0 : Math.max(0, timestampDistance(this.#read, this.#end)) / 8;
  }

  reset(): void {
    this.#ssrc = undefined;
    this.#filled.fill(0);
    this.#concealed = concealedFrames;
    this.#held = 0;
    this.#waiting = true;
  }

  put(samples: Int16Array, count: number, timestamp: number, ssrc: number): void {
    const ahead = timestampDistance(this.#read, timestamp);
    if (ssrc !== this.#ssrc || ahead > resyncSamples || ahead < -resyncSamples) this.#begin(timestamp, ssrc);
    const end = timestamp + count;
    if (timestampDistance(this.#read, end) <= 0) return void this.late++;
    for (let i = 0; i < count; i++) {
      const at = (timestamp + i) & mask;
      this.#samples[at] = samples[i]!;
      this.#filled[at] = 1;
    }
    if (timestampDistance(this.#end, end) > 0) this.#end = end | 0;
  }

  /** The next frame into `into`; true when it carries the party's sound rather than silence or concealment. */
  pop(into: Int16Array): boolean {
    if (this.#ssrc === undefined) return this.#conceal(into);
    const depth = timestampDistance(this.#read, this.#end);
    if (this.#waiting) {
      if (depth < this.#target) return this.#conceal(into);
      this.#waiting = false;
    }
    if (depth <= 0) {
      this.#held++;
      this.#surplus = Infinity;
      if (this.#held > concealedFrames) this.#waiting = true;
      else this.#target = Math.min(maxTarget, this.#target + frameSamples / 4);
      return this.#conceal(into);
    }
    this.#shrink(depth);
    if (this.#held > 0) this.#skipHole(timestampDistance(this.#read, this.#end));
    return this.#take(into);
  }

  #begin(timestamp: number, ssrc: number): void {
    this.#filled.fill(0);
    this.#ssrc = ssrc;
    this.#read = this.#end = timestamp | 0;
    this.#held = 0;
    this.#waiting = true;
    this.#surplus = Infinity;
    this.#sinceShrink = 0;
  }

  #take(into: Int16Array): boolean {
    let missing = 0;
    for (let i = 0; i < frameSamples; i++) {
      const at = (this.#read + i) & mask;
      if (this.#filled[at] === 0) missing++;
      this.#filled[at] = 0;
      into[i] = this.#samples[at]!;
      this.#samples[at] = 0;
    }
    this.#read = (this.#read + frameSamples) | 0;
    if (missing > frameSamples / 2) return this.#conceal(into);
    this.#concealed = 0;
    this.#last.set(into);
    return true;
  }

  /** After an underrun: what was waited for did not come, and its time has been filled already. */
  #skipHole(depth: number): void {
    const most = Math.min(this.#held * frameSamples, Math.max(0, depth - frameSamples));
    let gap = 0;
    while (gap < most && this.#filled[(this.#read + gap) & mask] === 0) gap++;
    this.#read = (this.#read + gap) | 0;
    this.#held = 0;
  }

  /** Drops one frame when for a second there was always more than the target and one frame to spare. */
  #shrink(depth: number): void {
    this.#surplus = Math.min(this.#surplus, depth - this.#target);
    if (depth > maxTarget + 2 * frameSamples) this.#advance(depth - this.#target);
    else if (++this.#sinceShrink >= shrinkWindow) {
      if (this.#surplus > frameSamples) this.#advance(frameSamples);
      else this.#target = Math.max(minTarget, this.#target - 4);
      this.#surplus = Infinity;
      this.#sinceShrink = 0;
    }
  }

  #advance(samples: number): void {
    for (let i = 0; i < samples; i++) this.#filled[(this.#read + i) & mask] = 0;
    this.#read = (this.#read + samples) | 0;
  }

  #conceal(into: Int16Array): false {
    this.#concealed++;
    if (this.#concealed > concealedFrames) into.fill(0);
    else {
      const gain = fadePerFrame ** this.#concealed;
      for (let i = 0; i < frameSamples; i++) into[i] = this.#last[i]! * gain;
    }
    return false;
  }
}
