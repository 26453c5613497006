/** Audio inside is 8 kHz, 16-bit linear, mono, in frames of 20 ms. */
export const sampleRate = 8000;
export const frameMs = 20;
export const frameSamples = 160;

/** A full-scale sine is +3.14 dBm0 (ITU-T G.711, overload point of the A-law). */
const fullScaleDbm0 = 3.14;
const fullScaleRms = 32_768 / Math.SQRT2;

/** RMS level in dBm0; silence is -90. */
export function levelDbm0(samples: Int16Array): number {
  let sum = 0;
  for (const s of samples) sum += s * s;
  return rmsToDbm0(Math.sqrt(sum / Math.max(1, samples.length)));
}

export function rmsToDbm0(rms: number): number {
  return Math.max(-90, 20 * Math.log10(rms / fullScaleRms + 1e-9) + fullScaleDbm0);
}

/** Peak amplitude of a sine at `dbm0`. */
export function dbm0ToAmplitude(dbm0: number): number {
  return 32_768 * 10 ** ((dbm0 - fullScaleDbm0) / 20);
}

export function dbToGain(db: number): number {
  return 10 ** (db / 20);
}

/** Adds `frame` times `gain` to `into`, limited to 16 bits. */
export function mixInto(into: Int16Array, frame: Int16Array, gain = 1): void {
  for (let i = 0; i < into.length; i++) {
    const sum = into[i]! + frame[i]! * gain;
    into[i] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : sum;
  }
}
