/** Whether what was heard is what was meant: normalised cross-correlation at 8 kHz. */

/** A known piece of the source, by which it is found. */
const probeSamples = 2400;
const pieceSamples = 2400;
/** Between two pieces of a source packets may be lost or late. */
const driftSamples = 320;

export interface Found {
  /** Where it begins in what was heard, samples. */
  at: number;
  /** Parts of it (300 ms each) that are heard in their place, of 1. */
  share: number;
}

const powerOf = (samples: Int16Array) => samples.reduce((sum, one) => sum + one * one, 0);

/** Where between these lags the piece is most like what was heard, and how much (1: the same but for its level). */
function best(heard: Int16Array, piece: Int16Array, [least, most]: [number, number]) {
  const from = Math.max(0, least);
  const found = { at: from, like: -1 };
  const piecePower = powerOf(piece);
  let power = powerOf(heard.subarray(from, from + piece.length));
  for (let at = from; at <= Math.min(most, heard.length - piece.length); at++) {
    let dot = 0;
    for (let i = 0; i < piece.length; i++) dot += heard[at + i]! * piece[i]!;
    const like = dot / Math.sqrt(power * piecePower + 1);
    if (like > found.like) Object.assign(found, { at, like });
    power += (heard[at + piece.length] ?? 0) ** 2 - heard[at]! ** 2;
  }
  return found;
}

const isSame = (like: number) => like > 0.9;

/** `from`: where the source's own sound begins to be looked for, samples. */
export function findSound(heard: Int16Array, source: Int16Array, from = 0): Found {
  // The loudest piece is told best from silence.
  let loudest = 0;
  let most = -1;
  for (let at = 0; at + probeSamples <= source.length; at += probeSamples) {
    const power = powerOf(source.subarray(at, at + probeSamples));
    if (power > most) [most, loudest] = [power, at];
  }
  const probe = best(heard, source.subarray(loudest, loudest + probeSamples), [from, heard.length]);
  const at = probe.at - loudest;
  let offset = at;
  let same = 0;
  let pieces = 0;
  for (let piece = 0; piece + pieceSamples <= source.length; piece += pieceSamples) {
    const power = powerOf(source.subarray(piece, piece + pieceSamples));
    // Silence is like nothing.
    if (power < most / 1000) continue;
    pieces++;
    const here = offset + piece;
    const { at: where, like } = best(heard, source.subarray(piece, piece + pieceSamples), [
      here - driftSamples,
      here + driftSamples,
    ]);
    if (!isSame(like)) continue;
    same++;
    offset = where - piece;
  }
  return { at, share: same / Math.max(1, pieces) };
}

/** A sound that is like no other: a tone that sweeps between two frequencies `times` a second and swells. */
export function sweep(
  fromHz: number,
  toHz: number,
  times: number,
  ms: number,
  sampleRate: number,
): Int16Array {
  const samples = new Int16Array(Math.round((ms * sampleRate) / 1000));
  const span = 1 / times;
  for (let i = 0; i < samples.length; i++) {
    const seconds = i / sampleRate;
    const [sweeps, within] = [Math.floor(seconds / span), seconds % span];
    // Its integral, the same at every rate.
    const turns =
      (sweeps * span * (fromHz + toHz)) / 2 + fromHz * within + ((toHz - fromHz) * within ** 2) / (2 * span);
    samples[i] = 6000 * (0.6 + 0.4 * Math.sin(3.4 * Math.PI * seconds)) * Math.sin(2 * Math.PI * turns);
  }
  return samples;
}
