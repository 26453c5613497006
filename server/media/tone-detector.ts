import { frameMs } from "./frame.ts";
import { classifySit, type SitCode } from "./sit.ts";
import { powerOf, powerToDbm0, pureTone } from "./tone-frame.ts";
import { type Pulse, Pulses } from "./tone-pulses.ts";
import { ProgressTones } from "./tone-progress.ts";
import type { Signal } from "./tone-plans.ts";

/** What is listened for: a network's tones, the beep of a voicemail, fax machines. */
export const toneGroups = ["progress", "beep", "fax"] as const;
export type ToneGroup = (typeof toneGroups)[number];

export type ToneName =
  | Exclude<Signal, "call-waiting" | "confirmation">
  | "sit"
  | "beep"
  | "fax-cng"
  | "fax-ced";

export interface DetectedTone {
  tone: ToneName;
  levelDbm0: number;
  /** Of a tone with one frequency. */
  hz?: number;
  /** Why the network says it, as North American networks encode it; `generic` elsewhere. */
  sit?: SitCode;
  /** When it was certain, ms of sound since the detector began. */
  atMs: number;
}

/** Softer sound is taken for silence. */
const floorDbm0 = -48;
/** A beep is followed by this much quiet; one of the network's own frequencies by more, for busy tone begins like it. */
const afterBeepMs = 100;
const afterOwnToneMs = 1000;
/** The same tone is told again only after it was away for so long. */
const againMs = 10_000;
/** A fax machine calls for 0.5 s every 3 s (ITU-T T.30 § 4.2), and answers with 2100 Hz (V.25, V.8). */
const cngHz = 1100;
const cedHz = 2100;
const cedMs = 400;

const between = (value: number, low: number, high: number) => value >= low && value <= high;

/** Finds signalling tones in 20 ms frames of one direction of a call. Pure: its clock is the sound itself. */
export class ToneDetector {
  readonly #groups: ReadonlySet<ToneGroup>;
  readonly #tell: (tone: DetectedTone) => void;
  readonly #progress: ProgressTones;
  readonly #pulses = new Pulses();
  #at = 0;
  #last: { tone: ToneName; at: number } | undefined;
  /** The newest pulses, for what is made of several. */
  #heard: Pulse[] = [];
  #beep: Pulse | undefined;

  /** `country` (ISO 3166-1 alpha-2) chooses the plan of tones. */
  constructor(country: string, groups: readonly ToneGroup[], tell: (tone: DetectedTone) => void) {
    this.#groups = new Set(groups);
    this.#progress = new ProgressTones(country);
    this.#tell = tell;
  }

  push(frame: Int16Array): void {
    const power = powerOf(frame);
    const isLoud = powerToDbm0(power) > floorDbm0;
    const pure = isLoud ? pureTone(frame, power) : undefined;
    this.#at += frameMs;
    if (this.#groups.has("progress")) {
      const signal = this.#progress.push(frame, power, isLoud, pure);
      if (signal) this.#found(signal as ToneName, this.#progress.power);
    }
    const ended = this.#pulses.push(frame, power, pure);
    if (ended) this.#pulse(ended);
    this.#waitAfterBeep(power, isLoud);
    const sounding = this.#pulses.sounding;
    if (sounding && sounding.ms >= cedMs && Math.abs(sounding.hz - cedHz) <= 20 && this.#groups.has("fax"))
      this.#found("fax-ced", power, { hz: sounding.hz });
  }

  #pulse(pulse: Pulse): void {
    this.#heard = [...this.#heard.slice(-2), pulse];
    this.#beep = undefined;
    if (this.#groups.has("progress")) {
      const sit = classifySit(this.#heard);
      if (sit) return this.#found("sit", pulse.power, { sit });
    }
    if (this.#groups.has("fax") && isCng(pulse)) {
      const before = this.#heard.find((p) => p !== pulse && isCng(p));
      if (before && between(pulse.fromMs - before.toMs, 2400, 3600))
        return this.#found("fax-cng", pulse.power, { hz: pulse.hz });
    }
    if (between(pulse.hz, 380, 2050) && between(pulse.ms, 190, 3000) && pulse.isSteady) this.#beep = pulse;
  }

  #waitAfterBeep(power: number, isLoud: boolean): void {
    const beep = this.#beep;
    if (!beep) return;
    const since = this.#at - beep.toMs;
    // The frames around its end still carry some of it.
    if (isLoud && power > beep.power / 16 && since > 2 * frameMs) this.#beep = undefined;
    else if (since >= (this.#progress.isOwn(beep.hz) ? afterOwnToneMs : afterBeepMs)) {
      this.#beep = undefined;
      if (this.#groups.has("beep")) this.#found("beep", beep.power, { hz: beep.hz });
    }
  }

  #found(tone: ToneName, power: number, detail: { hz?: number; sit?: SitCode } = {}): void {
    const isAgain = this.#last?.tone === tone && this.#at - this.#last.at < againMs;
    this.#last = { tone, at: this.#at };
    if (isAgain) return;
    const hz = detail.hz === undefined ? {} : { hz: Math.round(detail.hz) };
    const levelDbm0 = Math.round(powerToDbm0(power) * 10) / 10;
    this.#tell({ tone, levelDbm0, atMs: this.#at, ...detail, ...hz });
  }
}

const isCng = ({ hz, ms }: Pulse) => Math.abs(hz - cngHz) <= 38 && between(ms, 400, 600);
