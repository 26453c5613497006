import { dtmfDigitOf } from "./tones.ts";
import { dbm0ToAmplitude, sampleRate } from "./frame.ts";

/** 12.75 ms: two whole blocks lie in 40 ms, however they begin; lobes are 78 Hz wide. */
const blockSamples = 102;
const coefficients = [697, 770, 852, 941, 1209, 1336, 1477, 1633].map(
  (hz) => 2 * Math.cos((2 * Math.PI * hz) / sampleRate),
);
/** Each tone, dBm0: ITU-T Q.24 wants 0 to -25 taken. */
const leastPower = (dbm0ToAmplitude(-28) / Math.SQRT2) ** 2;
/** Upper group over the lower, dB: Q.24 wants +4 (as in the network of the US) to -8 taken. */
const twistDb = { most: 5, least: -9 };
/** The tone over the others of its group, dB. */
const overOthersDb = 6;
/** Part of all power that is in the two tones: at ±1.5 % of frequency 0.77 is left, at ±3.5 % 0.5; voice has less. */
const leastShare = 0.73;
/**
 * The second harmonic of the upper tone, dB under it: voices have harmonics, dialling does not. That of the lower tone
 * lies beside the upper tones.
 */
const harmonicDb = 12;
/** 23 ms are 1.8 blocks, 40 ms are 3.1. */
const leastBlocks = 2.4;
const silentPart = 0.15;
const mostMissed = 4;

const db = (ratio: number) => 10 * Math.log10(ratio + 1e-12);

/** Power of one frequency in a block, mean square of its sine. */
function goertzel(block: Float64Array, coefficient: number): number {
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < blockSamples; i++) {
    const next = block[i]! + coefficient * last - beforeLast;
    beforeLast = last;
    last = next;
  }
  return (2 * (last * last + beforeLast * beforeLast - coefficient * last * beforeLast)) / blockSamples ** 2;
}

const powers = new Float64Array(8);

/** The strongest of four from `from`, or -1 when another comes near. */
function clearest(from: number): number {
  let best = from;
  for (let i = from + 1; i < from + 4; i++) if (powers[i]! > powers[best]!) best = i;
  for (let i = from; i < from + 4; i++)
    if (i !== best && db(powers[best]! / powers[i]!) < overOthersDb) return -1;
  return best;
}

function hasHarmonic(block: Float64Array, index: number): boolean {
  const coefficient = coefficients[index]!;
  // cos 2x = 2 cos² x - 1, at twice the coefficient's scale.
  return db(powers[index]! / goertzel(block, coefficient * coefficient - 2)) < harmonicDb;
}

/** Row and column (0–3) of the digit in one block. */
function keyIn(block: Float64Array): { row: number; column: number } | undefined {
  let total = 0;
  for (let i = 0; i < blockSamples; i++) total += block[i]! * block[i]!;
  total /= blockSamples;
  if (total < leastPower) {
    powers.fill(0);
    return undefined;
  }
  for (let i = 0; i < 8; i++) powers[i] = goertzel(block, coefficients[i]!);
  const [row, column] = [clearest(0), clearest(4)];
  if (row < 0 || column < 0) return undefined;
  const [low, high] = [powers[row]!, powers[column]!];
  const twist = db(high / low);
  if (Math.min(low, high) < leastPower) return undefined;
  if (twist > twistDb.most || twist < twistDb.least || (low + high) / total < leastShare) return undefined;
  return hasHarmonic(block, column) ? undefined : { row, column: column - 4 };
}

/** A tone that has been heard in `blocks` blocks. */
interface Press {
  row: number;
  column: number;
  /** Power of the row's tone in a block that it fills. */
  full: number;
  blocks: number;
  /** In blocks; those that it fills in part count in part. */
  length: number;
  /** Blocks without it, one after the other, and what of it they have. */
  missed: number;
  missedLength: number;
}

/**
 * Finds DTMF in a party's sound (ITU-T Q.23) with the tolerances of Q.24: 40 ms of tone and 40 ms of pause are enough,
 * 23 ms of tone are not, breaks of 10 ms are bridged. For parties without RFC 4733 events only: those who have them
 * send no tones. Told when the tone ends. 9 µs a frame of loud
 * sound, 0.3 µs of a quiet one.
 */
export class DtmfDetector {
  readonly #block = new Float64Array(blockSamples);
  #filled = 0;
  /** Of the block before, by row. */
  readonly #before = new Float64Array(4);
  #press: Press | undefined;
  readonly #tell: (digit: string, durationMs: number) => void;

  constructor(tell: (digit: string, durationMs: number) => void) {
    this.#tell = tell;
  }

  push(frame: Int16Array): void {
    for (let i = 0; i < frame.length; i++) {
      this.#block[this.#filled++] = frame[i]!;
      if (this.#filled < blockSamples) continue;
      this.#filled = 0;
      this.#take(keyIn(this.#block));
      this.#before.set(powers.subarray(0, 4));
    }
  }

  #take(key: { row: number; column: number } | undefined): void {
    const press = this.#press;
    if (press && key?.row === press.row && key.column === press.column) {
      press.blocks++;
      press.length += press.missedLength + 1;
      press.full = Math.max(press.full, powers[key.row]!);
      press.missed = press.missedLength = 0;
      return;
    }
    if (press) {
      // The first block after it holds its end; a break of 10 ms leaves none without any of it.
      const part = partOf(powers[press.row]!, press.full);
      press.missedLength += part;
      if (++press.missed < mostMissed && part > silentPart && !key) return;
      this.#end(press);
    }
    if (!key) return;
    const full = powers[key.row]!;
    const length = 1 + partOf(this.#before[key.row]!, full);
    this.#press = { ...key, full, blocks: 1, length, missed: 0, missedLength: 0 };
  }

  #end({ row, column, blocks, length, missedLength }: Press): void {
    this.#press = undefined;
    const whole = length + Math.min(1, missedLength);
    if (blocks < 2 || whole < leastBlocks) return;
    this.#tell(dtmfDigitOf(row, column), Math.round((whole * blockSamples * 1000) / sampleRate));
  }
}

/** The part of a block that a tone fills: amplitude grows with it. */
const partOf = (power: number, full: number) => Math.min(1, Math.sqrt(power / full));
