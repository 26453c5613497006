import { frameMs, frameSamples } from "./frame.ts";
import { matchSteady, matchTurns, type ToneSet, toneSetsOf, type Turn } from "./cadence-matcher.ts";
import { powerAt, powerOf, type PureTone } from "./tone-frame.ts";
import type { Signal } from "./tone-plans.ts";

/** Generators keep 1.5 % (E.180 § 3); transcoders and noise take as much again. */
const hzTolerance = 0.04;
const minPurity = 0.55;
/** The frequencies of a set explain this share of 40 ms, and none is 10 dB below another. */
const minShare = 0.7;
/** A tone modulated by 16 Hz keeps no more at its own frequency. */
const minSingleShare = 0.45;
const maxTwist = 0.1;
/** 40 ms tell frequencies apart so finely that a generator's error must be looked for. */
const offHz = [0.98, 1.02];
/** A pause is this much quieter than the tone (in power: 10 dB); louder sound between tones is speech or music. */
const pauseShare = 0.1;
/** Frames that must agree before the tone has begun or stopped: a modulated one (400 Hz by 16 Hz) pauses for two. */
const beginFrames = 2;
const stopFrames = 3;
const maxTurns = 12;

/**
 * Ringback, busy and their like: one frequency or two, in turns that the country's plan names.
 *
 *     quiet ──tone × 2──▶ on ──other × 3──▶ off ──tone × 2──▶ on        a turn is over: matched
 *       ▲                                    │ loud, or a pause that no signal has: forgotten
 *       └────────────────────────────────────┘
 */
export class ProgressTones {
  readonly #sets: ToneSet[];
  readonly #window = new Float64Array(2 * frameSamples);
  #total = 0;
  #current: ToneSet | undefined;
  #isOn = false;
  #candidate: ToneSet | undefined;
  /** Frames that disagree with the state. */
  #against = 0;
  #loudInPause = 0;
  #onFrames = 0;
  #offFrames = 0;
  #power = 0;
  #turns: Turn[] = [];

  constructor(country: string) {
    this.#sets = toneSetsOf(country);
  }

  /** Level of the tone under way or just heard, mean square. */
  get power(): number {
    return this.#power;
  }

  /** Is this one of the plan's own single tones? */
  isOwn(hz: number): boolean {
    return this.#sets.some((set) => set.hz.length === 1 && near(hz, set.hz[0]!));
  }

  /** Takes a frame; the signal that it completes. */
  push(frame: Int16Array, power: number, isLoud: boolean, pure: PureTone | undefined): Signal | undefined {
    this.#window.copyWithin(0, frameSamples);
    this.#window.set(frame, frameSamples);
    const heard = isLoud ? this.#closest(pure) : undefined;
    return this.#isOn ? this.#whileOn(heard, power) : this.#whileOff(heard, power, isLoud);
  }

  #whileOn(heard: ToneSet | undefined, power: number): Signal | undefined {
    this.#onFrames++;
    if (heard === this.#current) {
      this.#against = 0;
      this.#power = power;
      return matchSteady(heard!, this.#onFrames * frameMs);
    }
    if (++this.#against < stopFrames) return undefined;
    this.#isOn = false;
    this.#onFrames -= this.#against;
    this.#offFrames = this.#against;
    this.#against = 0;
    this.#loudInPause = 0;
    return undefined;
  }

  #whileOff(heard: ToneSet | undefined, power: number, isLoud: boolean): Signal | undefined {
    this.#offFrames++;
    if (heard && heard === this.#candidate) {
      if (++this.#against >= beginFrames) return this.#begin(heard, power);
    } else {
      this.#candidate = heard;
      this.#against = heard ? 1 : 0;
    }
    if (!this.#current || heard) return undefined;
    // The frame in which a tone ends or begins is partly loud.
    if (isLoud && power > pauseShare * this.#power && ++this.#loudInPause > 3) {
      this.#forget();
      return undefined;
    }
    const open = { onMs: this.#onFrames * frameMs, offMs: this.#offFrames * frameMs };
    return matchTurns(this.#current, [...this.#turns, open], true);
  }

  #begin(set: ToneSet, power: number): Signal | undefined {
    let found: Signal | undefined;
    if (this.#current === set) {
      const offFrames = this.#offFrames - this.#against;
      this.#turns.push({ onMs: this.#onFrames * frameMs, offMs: offFrames * frameMs });
      if (this.#turns.length > maxTurns) this.#turns.shift();
      found = matchTurns(set, this.#turns, false);
    } else this.#turns = [];
    this.#current = set;
    this.#isOn = true;
    this.#onFrames = this.#against;
    this.#against = 0;
    this.#power = power;
    return found;
  }

  #forget(): void {
    this.#current = undefined;
    this.#turns = [];
  }

  /** The set that explains most of the last 40 ms: 413 and 438 Hz together look like 425 Hz, and the other way round. */
  #closest(pure: PureTone | undefined): ToneSet | undefined {
    this.#total = powerOf(this.#window);
    let best: { set: ToneSet; share: number } | undefined;
    for (const set of this.#sets) {
      const share = this.#share(set, pure) / this.#total;
      const least = set.hz.length === 1 ? minSingleShare : minShare;
      if (share >= least && share > (best?.share ?? 0)) best = { set, share };
    }
    return best?.set;
  }

  /** A modulated tone is a pure one with ups and downs: it is told apart by its turns. */
  #share({ hz }: ToneSet, pure: PureTone | undefined): number {
    if (hz.length === 1) {
      const isIt = pure !== undefined && pure.purity >= minPurity && near(pure.hz, hz[0]!);
      return isIt ? powerAt(this.#window, pure.hz) : 0;
    }
    const nominal = this.#shareOf(hz, 1);
    if (nominal >= minShare * this.#total || nominal < 0.3 * this.#total) return nominal;
    return Math.max(nominal, ...offHz.map((factor) => this.#shareOf(hz, factor)));
  }

  #shareOf(hz: readonly number[], factor: number): number {
    const parts = hz.map((f) => powerAt(this.#window, f * factor));
    return Math.min(...parts) < maxTwist * Math.max(...parts) ? 0 : parts.reduce((a, b) => a + b);
  }
}

const near = (hz: number, nominal: number) => Math.abs(hz - nominal) <= hzTolerance * nominal;
