import { frameMs, frameSamples } from "./frame.ts";
import { powerAt, type PureTone } from "./tone-frame.ts";

/** A pure tone from its beginning to its end. */
export interface Pulse {
  hz: number;
  ms: number;
  /** When it began and ended, ms since the first frame. */
  fromMs: number;
  toMs: number;
  /** Mean square while it sounded. */
  power: number;
  /** Its level kept within 3 dB. */
  isSteady: boolean;
}

const minPurity = 0.8;
const sameHz = 14;
/** A phase reversal (ITU-T V.8 ANSam) or a lost packet does not end a tone. */
const bridgedFrames = 2;

/** Cuts what it hears into pure tones, whatever their frequency. */
export class Pulses {
  #at = 0;
  #open:
    | { frames: number; hz: number; power: number; min: number; max: number; from: number; head: number }
    | undefined;
  #missed = 0;
  #tail = 0;
  readonly #before = new Int16Array(frameSamples);

  /** The tone that sounds now and for how long, ms. */
  get sounding(): { hz: number; ms: number } | undefined {
    return this.#open && { hz: this.#open.hz, ms: this.#open.frames * frameMs };
  }

  /** Takes a frame; the tone that ended before it. */
  push(frame: Int16Array, power: number, pure: PureTone | undefined): Pulse | undefined {
    const isTone = pure !== undefined && pure.purity >= minPurity;
    const open = this.#open;
    let ended: Pulse | undefined;
    if (open && isTone && Math.abs(pure.hz - open.hz) <= sameHz) {
      open.frames += 1 + this.#missed;
      this.#missed = 0;
      open.hz += (pure.hz - open.hz) / Math.min(8, open.frames);
      open.power += (power - open.power) / Math.min(8, open.frames);
      open.min = Math.min(open.min, power);
      open.max = Math.max(open.max, power);
    } else if (open) {
      if (this.#missed === 0) this.#tail = part(frame, open.hz, open.power);
      if (isTone || ++this.#missed > bridgedFrames) ended = this.#close();
    }
    if (!this.#open && isTone) {
      const head = part(this.#before, pure.hz, power);
      this.#open = { frames: 1, hz: pure.hz, power, min: power, max: power, from: this.#at, head };
      this.#missed = 0;
    }
    this.#before.set(frame);
    this.#at += frameMs;
    return ended;
  }

  #close(): Pulse {
    const { frames, hz, power, min, max, from, head } = this.#open!;
    this.#open = undefined;
    this.#missed = 0;
    const ms = (frames + head + this.#tail) * frameMs;
    const fromMs = from - head * frameMs;
    return { hz, ms, fromMs, toMs: fromMs + ms, power, isSteady: max <= 2.5 * min };
  }
}

/** How much of a frame a tone of this power fills, 0–1: the sum over a part of it grows with the part. */
const part = (frame: Int16Array, hz: number, power: number) =>
  Math.min(1, Math.sqrt(powerAt(frame, hz) / power));
