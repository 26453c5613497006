/** Makes speech sound as if it came over a telephone network. All functions change `x` in place; rate 8 kHz. */
import type { Random } from "../../server/kernel/random.ts";
import { dbm0ToAmplitude, sampleRate } from "../../server/media/frame.ts";
import { type Codec, decode, encode } from "../../server/media/g711.ts";

export const uniform = (random: Random, low: number, high: number) => low + random.next() * (high - low);
export const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random.next() * items.length)]!;
export const chance = (random: Random, probability: number) => random.next() < probability;
const gauss = (random: Random) => random.next() + random.next() + random.next() + random.next() - 2;

const rmsOfDbm0 = (dbm0: number) => dbm0ToAmplitude(dbm0) / Math.SQRT2;

/** RMS of the part that is louder than a twentieth of the peak. */
function activeRms(x: Float64Array): number {
  const floor = x.reduce((peak, s) => Math.max(peak, Math.abs(s)), 0) / 20;
  let sum = 0;
  let n = 0;
  for (let at = 0; at + 80 <= x.length; at += 80) {
    let part = 0;
    for (let i = at; i < at + 80; i++) part += x[i]! * x[i]!;
    if (part / 80 > floor * floor) {
      sum += part;
      n += 80;
    }
  }
  return Math.sqrt(sum / Math.max(1, n));
}

export function setLevel(x: Float64Array, dbm0: number): void {
  const gain = rmsOfDbm0(dbm0) / Math.max(1e-9, activeRms(x));
  for (let i = 0; i < x.length; i++) x[i]! *= gain;
}

/** Second order Butterworth (RBJ's cookbook). */
function biquad(x: Float64Array, hz: number, kind: "low" | "high"): void {
  const w = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const c = Math.cos(w);
  const b1 = kind === "low" ? 1 - c : -(1 + c);
  const b0 = Math.abs(b1) / 2;
  const a0 = 1 + alpha;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const y = (b0 * x[i]! + b1 * x1 + b0 * x2 + 2 * c * y1 - (1 - alpha) * y2) / a0;
    [x2, x1, y2, y1] = [x1, x[i]!, y1, y];
    x[i] = y;
  }
}

export function bandPass(x: Float64Array, lowHz: number, highHz: number): void {
  biquad(x, lowHz, "high");
  biquad(x, lowHz, "high");
  biquad(x, highHz, "low");
  biquad(x, highHz, "low");
}

/** Reflections that die away within `ms`. */
export function room(x: Float64Array, random: Random, ms: number, gain: number): Float64Array {
  const tail = Math.round((ms / 1000) * sampleRate);
  const out = new Float64Array(x.length + tail);
  out.set(x);
  for (let tap = 0; tap < 24; tap++) {
    const delay = Math.floor(uniform(random, 0.01, 1) * tail);
    const weight = gain * 10 ** ((-2.2 * delay) / tail) * (chance(random, 0.5) ? 1 : -1);
    for (let i = 0; i < x.length; i++) out[i + delay]! += weight * x[i]!;
  }
  return out;
}

export type NoiseKind = "white" | "pink" | "street" | "hum" | "babble";

/** Adds noise of this level; `voices` are what people around talk. */
export function addNoise(
  x: Float64Array,
  random: Random,
  kind: NoiseKind,
  dbm0: number,
  voices: readonly Int16Array[],
): void {
  const noise = new Float64Array(x.length);
  let [slow, low, drift] = [0, 0, 1];
  const phase = random.next() * 6;
  for (let i = 0; i < noise.length; i++) {
    const white = gauss(random);
    slow += 0.06 * (white - slow);
    low += 0.3 * (white - low);
    if (i % 800 === 0) drift = Math.min(2, Math.max(0.5, drift * uniform(random, 0.8, 1.25)));
    if (kind === "white") noise[i] = white;
    else if (kind === "pink") noise[i] = slow * 3 + low * 0.8 + white * 0.2;
    else if (kind === "street") noise[i] = (slow * 4 + low) * drift;
    else if (kind === "hum")
      noise[i] =
        Math.sin((2 * Math.PI * 100 * i) / sampleRate + phase) + Math.sin(0.236 * i) * 0.5 + white * 0.2;
  }
  if (kind === "babble")
    for (let n = 0; n < 4; n++) {
      const voice = pick(random, voices);
      const from = Math.floor(random.next() * voice.length);
      for (let i = 0; i < noise.length; i++) noise[i]! += voice[(from + i) % voice.length]!;
    }
  let sum = 0;
  for (const s of noise) sum += s * s;
  const gain = rmsOfDbm0(dbm0) / Math.max(1e-9, Math.sqrt(sum / noise.length));
  for (let i = 0; i < x.length; i++) x[i]! += gain * noise[i]!;
}

/** Frames are lost in bursts; what came last is repeated and fades. */
export function loseFrames(x: Float64Array, random: Random, share: number): void {
  let lost = 0;
  for (let at = 160; at + 160 <= x.length; at += 160) {
    lost = chance(random, lost > 0 ? 0.4 : share) ? lost + 1 : 0;
    if (lost > 0) for (let i = at; i < at + 160; i++) x[i] = x[i - 160]! * (lost > 2 ? 0 : 0.7);
  }
}

/** A speech codec of few bits: noise that follows the signal's own level, 13 to 20 dB below it. */
export function narrowCodec(x: Float64Array, random: Random, belowDb: number): void {
  let level = 0;
  let coloured = 0;
  const gain = 10 ** (-belowDb / 20);
  for (let i = 0; i < x.length; i++) {
    level += 0.02 * (Math.abs(x[i]!) - level);
    coloured += 0.5 * (gauss(random) - coloured);
    x[i]! += coloured * 2 * gain * level;
  }
}

export function throughG711(x: Float64Array, law: Codec): Int16Array {
  const pcm = Int16Array.from(x, (s) => Math.max(-32_768, Math.min(32_767, Math.round(s))));
  const bytes = new Uint8Array(pcm.length);
  encode(law, pcm, bytes);
  decode(law, bytes, pcm);
  return pcm;
}
