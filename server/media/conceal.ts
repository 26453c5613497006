import { bestLag } from "./pitch.ts";

/** Pitch periods of 5 to 15 ms (ITU-T G.711 Appendix I: 66–200 Hz), and what three of the longest need. */
const pitchRange = { minLag: 40, maxLag: 120 };
const window = 160;
const historySamples = 400;
/** Full level for 10 ms, then a fifth less every 10 ms: silence after 60 ms. */
const fullSamples = 80;
const fadePerSample = 0.2 / 80;
/** Seams are bent together over 2 ms. */
const seamSamples = 16;
/** Most that the end of a concealment overlaps with what really came: 10 ms. */
const maxOverlap = 80;

/**
 * Conceals lost audio in the manner of ITU-T G.711 Appendix I: the last pitch period is repeated, after 10 ms the last
 * two, after 20 ms the last three, fading out; when audio comes again the two overlap. It adds no delay (the
 * Appendix delays all by 3.75 ms to smooth the beginning; here the step is bent out over 2 ms). Costs 0.1 µs for a
 * good frame, about 8 µs for the first lost one, 0.5 µs for each after.
 */
export class Concealer {
  readonly #history = new Int16Array(historySamples);
  readonly #loop = new Float32Array(3 * pitchRange.maxLag);
  #period = 0;
  #periods = 0;
  #at = 0;
  /** Samples concealed in this loss. */
  #lost = 0;
  /** What is added to hide a seam, and how far it has decayed. */
  #step = 0;
  #decay = seamSamples;

  /** A loss is being concealed. */
  get active(): boolean {
    return this.#periods > 0;
  }

  /** Everything concealed so far has faded to silence. */
  get silent(): boolean {
    return this.active && this.#lost >= fullSamples + 1 / fadePerSample;
  }

  /** Takes what is played. The beginning of the first after a loss is overlapped with the concealment, in place. */
  played(samples: Int16Array, from: number, to: number): void {
    if (this.active) this.#overlap(samples, from, to);
    this.#remember(samples, from, to);
  }

  /** Makes the next `played` overlap with what would have come: after samples were left out. */
  cut(): void {
    if (!this.active) this.#begin();
  }

  /** Fills `into[from..to)`. */
  fill(into: Int16Array, from: number, to: number): void {
    if (!this.active) this.#begin();
    for (let i = from; i < to; i++) into[i] = this.#next();
  }

  #remember(samples: Int16Array, from: number, to: number): void {
    const taken = Math.min(historySamples, to - from);
    this.#history.copyWithin(0, taken);
    this.#history.set(samples.subarray(to - taken, to), historySamples - taken);
  }

  #begin(): void {
    this.#period = bestLag(this.#history, historySamples - window, window, pitchRange, true).lag;
    this.#lost = 0;
    this.#repeat(1, this.#history[historySamples - 1]!);
  }

  /** Loops over the last `periods` periods; its end is blended into what lies before its beginning. */
  #repeat(periods: number, last: number): void {
    const length = periods * this.#period;
    const start = historySamples - length;
    const blend = this.#period >> 2;
    for (let i = 0; i < length; i++) this.#loop[i] = this.#history[start + i]!;
    for (let i = 0; i < blend; i++) {
      const weight = (i + 1) / blend;
      const at = length - blend + i;
      this.#loop[at] = this.#loop[at]! * (1 - weight) + this.#history[start - blend + i]! * weight;
    }
    this.#periods = periods;
    this.#at = 0;
    this.#step = last - this.#history[start - 1]!;
    this.#decay = 0;
  }

  #next(): number {
    const length = this.#periods * this.#period;
    if (this.#at === length) {
      this.#at = 0;
      const wanted = Math.min(3, 1 + Math.floor(this.#lost / fullSamples));
      if (wanted > this.#periods) this.#repeat(wanted, this.#loop[length - 1]!);
    }
    let value = this.#loop[this.#at++]!;
    if (this.#decay < seamSamples) value += this.#step * (1 - ++this.#decay / seamSamples);
    const faded = this.#lost++ - fullSamples;
    const gain = faded <= 0 ? 1 : Math.max(0, 1 - faded * fadePerSample);
    return Math.max(-32_768, Math.min(32_767, value * gain));
  }

  #overlap(samples: Int16Array, from: number, to: number): void {
    const wanted = (this.#period >> 2) + Math.floor(this.#lost / fullSamples) * 32;
    const overlap = Math.min(wanted, maxOverlap, to - from);
    for (let i = 0; i < overlap; i++) {
      const weight = (i + 1) / (overlap + 1);
      samples[from + i] = samples[from + i]! * weight + this.#next() * (1 - weight);
    }
    this.#periods = 0;
    this.#lost = 0;
  }
}
