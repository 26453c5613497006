import { dbm0ToAmplitude, sampleRate } from "./frame.ts";
import { powerAt, powerToDbm0 } from "./tone-frame.ts";
import { cadenceOf, type Signal } from "./tone-plans.ts";

/** One element of a cadence: frequencies sounded together, each at `levelDbm0`, then a pause. */
export interface Tone {
  frequenciesHz: number[];
  levelDbm0: number;
  onMs: number;
  offMs: number;
}

const samplesOf = (ms: number) => Math.round((ms * sampleRate) / 1000);

/** Samples of a cadence, once through; edges are ramped over 2 ms against clicks. */
export function renderTones(tones: readonly Tone[]): Int16Array {
  const total = tones.reduce((sum, t) => sum + samplesOf(t.onMs) + samplesOf(t.offMs), 0);
  const out = new Int16Array(total);
  let at = 0;
  for (const tone of tones) {
    const on = samplesOf(tone.onMs);
    const amplitude = dbm0ToAmplitude(tone.levelDbm0);
    for (let i = 0; i < on; i++) {
      const ramp = Math.min(1, (i + 1) / 16, tone.offMs > 0 ? (on - i) / 16 : 1);
      let value = 0;
      for (const hz of tone.frequenciesHz) value += Math.sin((2 * Math.PI * hz * i) / sampleRate);
      out[at + i] = Math.max(-32_768, Math.min(32_767, Math.round(value * amplitude * ramp)));
    }
    at += on + samplesOf(tone.offMs);
  }
  return out;
}

/** A signal that goes on is rendered as a second of it, which repeats without a click where its hertz are whole. */
const steadyMs = 1000;

/** One round of a country's signal (ITU-T E.180): its turns, or a second of what goes on. */
export function renderSignal(country: string, signal: Signal, levelDbm0 = -13): Int16Array {
  const { hz, modulationHz, turns } = cadenceOf(country, signal);
  const rounds = turns.length === 0 ? [[steadyMs, 0] as const] : turns;
  const frequenciesHz = [...hz];
  const out = renderTones(rounds.map(([onMs, offMs]) => ({ frequenciesHz, levelDbm0, onMs, offMs })));
  if (modulationHz === undefined) return out;
  const step = (2 * Math.PI * modulationHz) / sampleRate;
  return out.map((sample, i) => Math.round(sample * (0.55 - 0.45 * Math.cos(step * i))));
}

/** A steady sine that goes on from frame to frame without a click. */
export function sineSource(hz: number, levelDbm0: number): (frame: Int16Array) => void {
  const amplitude = dbm0ToAmplitude(levelDbm0);
  const step = (2 * Math.PI * hz) / sampleRate;
  let phase = 0;
  return (frame) => {
    for (let i = 0; i < frame.length; i++) {
      frame[i] = Math.round(amplitude * Math.sin(phase));
      phase = (phase + step) % (2 * Math.PI);
    }
  };
}

/**
 * Level of one frequency in `samples`, dBm0, by the Goertzel algorithm. The window is rectangular: resolution is
 * `rate / samples.length` Hz (50 Hz for a frame of 20 ms).
 */
export const toneLevelDbm0 = (samples: Int16Array, hz: number, rate = sampleRate): number =>
  powerToDbm0(powerAt(samples, hz, rate));

const dtmfRows = [697, 770, 852, 941] as const;
const dtmfColumns = [1209, 1336, 1477, 1633] as const;
const dtmfKeys = ["123A", "456B", "789C", "*0#D"];

/** The digit at a row and a column, each 0–3. */
export const dtmfDigitOf = (row: number, column: number) => dtmfKeys[row]![column]!;

/** The two frequencies of a DTMF digit (ITU-T Q.23). */
export function dtmfFrequencies(digit: string): [number, number] | undefined {
  for (const [row, keys] of dtmfKeys.entries()) {
    const column = keys.indexOf(digit.toUpperCase());
    if (digit !== "" && column >= 0) return [dtmfRows[row]!, dtmfColumns[column]!];
  }
  return undefined;
}
