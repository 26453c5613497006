/**
 * Who answered: a person, a machine that speaks, an assistant that asks who calls, or a fax, from the sound after the
 * 200 OK. Pure: its clock is the sound.
 *
 *   listening ── sure of a person, or the time is over ──▶ human      (the end)
 *       │  └──── a fax tone ─────────────────────────────▶ fax        (the end)
 *       └─────── sure of an automaton ──▶ machine ──┬── a beep, or it speaks on and on ──▶ machine  (sorted)
 *                                                   └── it stops and waits for us ───────▶ screener (sorted)
 *
 * Unsure means human: a machine that meets an agent costs seconds, a person who is hung up on is lost.
 */
import { AnswerFeatures, featureCount, featureNames } from "./answer-features.ts";
import {
  type AnswerModel,
  type Listening,
  probabilityOf,
  type Sensitivity,
  type Threshold,
} from "./answer-model.ts";
import { AnswerSound } from "./answer-sound.ts";
import { AnswerTones } from "./answer-tones.ts";
import { powerOf } from "./tone-frame.ts";

export type AnswerClass = "human" | "machine" | "screener" | "fax";

/** What decided. */
export type AnswerReason =
  | "sure" // the model, before its time was over
  | "unsure" // the time was over: human
  | "silence" // nobody spoke in that time: human
  | "fax-tone"
  | "beep"
  | "talks-on" // a prompt so long is no question
  | "waits"; // it asked, and listens

export interface AnswerVerdict {
  class: AnswerClass;
  reason: AnswerReason;
  /** That an automaton speaks, 0 to 1. */
  probability: number;
  /** ms of sound since the answer, and of these before the first word (all, when nobody spoke). */
  atMs: number;
  silenceMs: number;
  /** The first word on a call; a machine's is followed by one that is sorted. */
  isFirst: boolean;
  model: string;
  /** What the model was told. */
  features: Record<string, number>;
}

export interface AnswerManner {
  listen: Listening;
  sensitivity: Sensitivity;
}
export const usualManner: AnswerManner = { listen: "before", sensitivity: "balanced" };

/** An automaton that is silent for so long after its words waits for ours; beeps come sooner. */
const waitsMs = 2600;
/** Nobody asks for a name for so long. */
const longestQuestionMs = 14_000;
const sortedByMs = 25_000;
const fewestWordsMs = 600;

export class AnswerClassifier {
  readonly #model: AnswerModel;
  readonly #sound = new AnswerSound();
  readonly #features = new AnswerFeatures();
  readonly #tones = new AnswerTones();
  readonly #values = new Float64Array(featureCount);
  readonly #points: readonly Threshold[];
  #point = 0;
  #probability = 0;
  #state: "listening" | "sorting" | "over" = "listening";

  constructor(model: AnswerModel, { listen, sensitivity }: AnswerManner = usualManner) {
    this.#model = model;
    this.#points = model.points[listen][sensitivity];
  }

  /** Nothing more will be said. */
  get isOver(): boolean {
    return this.#state === "over";
  }

  /** Takes 20 ms; a verdict when there is one. */
  push(frame: Int16Array): AnswerVerdict | undefined {
    if (this.#state === "over") return undefined;
    this.#sound.push(frame);
    this.#features.push(this.#sound);
    return this.#state === "listening" ? this.#listen(frame) : this.#sort();
  }

  /** A beep was heard and has ended. */
  beep(): AnswerVerdict | undefined {
    return this.#state === "sorting" ? this.#end("machine", "beep") : undefined;
  }

  #listen(frame: Int16Array): AnswerVerdict | undefined {
    const fax = this.#tones.push(frame, powerOf(frame), this.#sound.isLoud);
    if (fax) return this.#end("fax", "fax-tone", true);
    const { firstSpeechMs, atMs } = this.#features;
    const { silenceMs } = this.#model;
    if (firstSpeechMs < 0) return atMs >= silenceMs ? this.#end("human", "silence", true) : undefined;
    const point = this.#points[this.#point];
    if (!point || atMs - firstSpeechMs < point.atMs) return undefined;
    this.#point++;
    const isLast = this.#point === this.#points.length;
    return this.#judge(point) ?? (isLast ? this.#end("human", "unsure", true) : undefined);
  }

  #judge({ machineAbove, humanBelow }: Threshold): AnswerVerdict | undefined {
    this.#features.fill(this.#values);
    this.#probability = probabilityOf(this.#model, this.#values);
    if (this.#probability > machineAbove) {
      this.#state = "sorting";
      return this.#say("machine", "sure", true);
    }
    return this.#probability < humanBelow ? this.#end("human", "sure", true) : undefined;
  }

  #sort(): AnswerVerdict | undefined {
    const { currentSilenceMs, speechMs, atMs } = this.#features;
    if (speechMs >= longestQuestionMs || atMs >= sortedByMs) return this.#end("machine", "talks-on");
    if (currentSilenceMs >= waitsMs && speechMs >= fewestWordsMs) return this.#end("screener", "waits");
    return undefined;
  }

  #end(verdict: AnswerClass, reason: AnswerReason, isFirst = false): AnswerVerdict {
    this.#state = "over";
    return this.#say(verdict, reason, isFirst);
  }

  #say(verdict: AnswerClass, reason: AnswerReason, isFirst: boolean): AnswerVerdict {
    this.#features.fill(this.#values);
    const features = Object.fromEntries(
      featureNames.map((name, i) => [name, Math.round(this.#values[i]! * 100) / 100]),
    );
    return {
      class: verdict,
      reason,
      probability: Math.round(this.#probability * 1e4) / 1e4,
      atMs: this.#features.atMs,
      silenceMs: this.#features.firstSpeechMs < 0 ? this.#features.atMs : this.#features.firstSpeechMs,
      isFirst,
      model: this.#model.version,
      features,
    };
  }
}
