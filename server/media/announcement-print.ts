import { PowerSpectrum } from "./fft.ts";
import { frameSamples, levelDbm0, sampleRate } from "./frame.ts";

/**
 * Fingerprint of speech after Haitsma and Kalker ("A Highly Robust Audio Fingerprinting System", ISMIR 2002), made for
 * 8 kHz: every 20 ms one word, whose 24 low bits say whether the difference between neighbouring bands grew since
 * 60 ms before. Level, line filters and codecs move all of a band, so the signs stay. The top bit says that there was
 * sound; a word without it says nothing.
 */
export const bitCount = 24;
export const voicedBit = 0x8000_0000;
const windowSize = 512;
/** Bands are as wide as the ear's own, 300 to 3000 Hz; line filters cut what is outside. */
const lowHz = 300;
const highHz = 3000;
const lagFrames = 3;
const floorDbm0 = -45;

const edges = Array.from({ length: bitCount + 2 }, (_, i) =>
  Math.round((lowHz * (highHz / lowHz) ** (i / (bitCount + 1)) * windowSize) / sampleRate),
);

export function bitsSet(word: number): number {
  let n = word - ((word >>> 1) & 0x5555_5555);
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333);
  return (((n + (n >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}

/** Words of a fingerprint, frame by frame. */
export class Fingerprinter {
  readonly #spectrum = new PowerSpectrum(windowSize);
  readonly #samples = new Float64Array(windowSize);
  /** Differences between neighbouring bands, dB, of the last frames. */
  readonly #past = Array.from({ length: lagFrames }, () => new Float64Array(bitCount));
  #frames = 0;

  /** The word of the window that ends with this frame. */
  push(frame: Int16Array): number {
    this.#samples.copyWithin(0, frameSamples);
    this.#samples.set(frame, windowSize - frameSamples);
    const slot = this.#past[this.#frames++ % lagFrames]!;
    const power = this.#spectrum.of(this.#samples);
    let word = 0;
    let lower = band(power, 0);
    for (let i = 0; i < bitCount; i++) {
      const upper = band(power, i + 1);
      const difference = lower - upper;
      if (difference > slot[i]!) word |= 1 << i;
      slot[i] = difference;
      lower = upper;
    }
    const isVoiced = this.#frames > lagFrames && levelDbm0(frame) > floorDbm0;
    return (isVoiced ? word | voicedBit : word) >>> 0;
  }
}

/** Level of a band, in units that only its changes matter of. The floor keeps quantisation noise from speaking. */
function band(power: Float64Array, index: number): number {
  const from = edges[index]!;
  const to = Math.max(from + 1, edges[index + 1]!);
  let sum = 0;
  for (let bin = from; bin < to; bin++) sum += power[bin]!;
  return Math.log2(sum / (to - from) + 2e4);
}

/** The fingerprint of a whole recording, the pauses at both ends left out. */
export function fingerprintOf(samples: Int16Array): Uint32Array {
  const printer = new Fingerprinter();
  const words: number[] = [];
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples)
    words.push(printer.push(samples.subarray(at, at + frameSamples)));
  const first = words.findIndex((word) => word >= voicedBit);
  const last = words.findLastIndex((word) => word >= voicedBit);
  return Uint32Array.from(first < 0 ? [] : words.slice(first, last + 1));
}
