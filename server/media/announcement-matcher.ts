import { frameMs } from "./frame.ts";
import { bitCount, bitsSet, Fingerprinter, voicedBit } from "./announcement-print.ts";

/** What an administrator trained. */
export interface Announcement {
  id: number;
  /** `fingerprintOf` its recording. */
  words: Uint32Array;
}

export interface Recognised {
  id: number;
  /** Share of the bits that differ, 0 to 0.5. */
  errorRate: number;
  /** When it was certain, ms of sound since the matcher began. */
  atMs: number;
}

/**
 * Above this share of differing bits two sounds are not the same recording. Measured: the same recording through
 * A-law, µ-law, GSM, 15 dB of noise, any level and offset stays below 0.27; others are at 0.40 and more
 * (`announcement-matcher.test.ts`).
 */
export const maxErrorRate = 0.32;
/** The error rate forgets what is older than about this many frames. */
const memoryFrames = 75;
const decay = 1 - 1 / memoryFrames;
/** Frames with sound before a rate is believed: 1 s. */
const minWeight = memoryFrames * (1 - decay ** 50);
/** So much of an announcement must be alike after the rate is first believed, between these bounds (frames). */
const neededShare = 0.4;
const [minNeeded, maxNeeded] = [40, 150];
/** After this much silence nothing that was heard before counts: 2 s. */
const forgetFrames = 100;

/** Trained announcements, all in one row of words. */
export class AnnouncementSet {
  readonly words: Uint32Array;
  /** Where each begins in `words`; the last entry is its length. */
  readonly starts: number[] = [0];
  readonly ids: number[];
  /** Frames that must be heard alike. */
  readonly needed: number[];

  constructor(announcements: readonly Announcement[]) {
    this.ids = announcements.map(({ id }) => id);
    for (const { words } of announcements) this.starts.push(this.starts.at(-1)! + words.length);
    this.words = new Uint32Array(this.starts.at(-1)!);
    for (const [i, { words }] of announcements.entries()) this.words.set(words, this.starts[i]);
    this.needed = announcements.map(({ words }) => {
      const voiced = words.reduce((sum, word) => sum + (word >= voicedBit ? 1 : 0), 0);
      return Math.min(maxNeeded, Math.max(minNeeded, voiced * neededShare));
    });
  }
}

/**
 * Follows one call's sound against all announcements at once: for each of their words, how well the sound up to now
 * fits when it is just there. Costs one step a word and frame, whatever the sound's beginning.
 */
export class AnnouncementMatcher {
  readonly #set: AnnouncementSet;
  readonly #printer = new Fingerprinter();
  /** By position: decayed errors, decayed weight, frames alike. */
  readonly #errors: Float32Array;
  readonly #weights: Float32Array;
  readonly #alike: Float32Array;
  #frames = 0;
  #silent = 0;
  readonly #found = new Set<number>();

  constructor(set: AnnouncementSet) {
    this.#set = set;
    const { length } = set.words;
    this.#errors = new Float32Array(length);
    this.#weights = new Float32Array(length);
    this.#alike = new Float32Array(length);
  }

  /** Takes 20 ms; the announcement that is now certain. Each is told once. */
  push(frame: Int16Array): Recognised | undefined {
    const word = this.#printer.push(frame);
    this.#frames++;
    this.#silent = word >= voicedBit ? 0 : this.#silent + 1;
    if (this.#silent > forgetFrames) return this.#forget();
    const { ids, starts, needed } = this.#set;
    let found: Recognised | undefined;
    for (let i = 0; i < ids.length; i++) {
      const errorRate = this.#step(word, starts[i]!, starts[i + 1]!, needed[i]!);
      if (errorRate === undefined || this.#found.has(ids[i]!) || (found && found.errorRate <= errorRate))
        continue;
      found = { id: ids[i]!, errorRate: Math.round(errorRate * 1000) / 1000, atMs: this.#frames * frameMs };
    }
    if (found) this.#found.add(found.id);
    return found;
  }

  #forget(): undefined {
    if (this.#silent === forgetFrames + 1)
      for (const column of [this.#errors, this.#weights, this.#alike]) column.fill(0);
  }

  /** One announcement's words from last to first, so that each takes over from its neighbour of a frame ago. */
  #step(word: number, from: number, to: number, needed: number): number | undefined {
    const [errors, weights, alike, { words }] = [this.#errors, this.#weights, this.#alike, this.#set];
    const isVoiced = word >= voicedBit;
    let best: number | undefined;
    for (let i = to - 1; i >= from; i--) {
      const known = words[i]!;
      const weight = known >= voicedBit ? 1 : 0;
      const fade = weight === 1 ? decay : 1;
      const error = weight === 0 ? 0 : isVoiced ? bitsSet((word ^ known) & 0xff_ffff) / bitCount : 0.5;
      const e = i === from ? error : errors[i - 1]! * fade + error;
      const w = i === from ? weight : weights[i - 1]! * fade + weight;
      errors[i] = e;
      weights[i] = w;
      alike[i] = w < minWeight / 2 || e > maxErrorRate * w ? 0 : weight + (i === from ? 0 : alike[i - 1]!);
      if (alike[i]! >= needed && w >= minWeight && (best === undefined || e / w < best)) best = e / w;
    }
    return best;
  }
}
