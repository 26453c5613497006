import { AnswerFeatures, featureCount } from "../../server/media/answer-features.ts";
import {
  type AnswerModel,
  type Listening,
  probabilityOf,
  type Sensitivity,
} from "../../server/media/answer-model.ts";
import { AnswerSound } from "../../server/media/answer-sound.ts";
import { frameSamples } from "../../server/media/frame.ts";
import { percentile } from "../lib.ts";
import { decide } from "./thresholds.ts";

/** ms since the first sound at which a decision could be demanded. */
export const limitsMs = [1000, 1500, 2000, 2500, 3000] as const;

/** A clip's probabilities that an automaton speaks. */
export interface Curve {
  isHuman: boolean;
  /** At `limitsMs`; where the clip ends before, its last. Null: nobody spoke in time, a person. */
  atLimits: readonly number[] | null;
  /** At the moments of the model's own points. */
  momentsMs: readonly number[];
  atMoments: readonly number[];
}

const momentsOf = ({ points }: AnswerModel): number[] => [
  ...new Set(
    Object.values(points).flatMap((kinds) =>
      Object.values(kinds).flatMap((of) => of.map(({ atMs }) => atMs)),
    ),
  ),
];

export function curveOf(samples: Int16Array, isHuman: boolean, model: AnswerModel): Curve {
  const [sound, features] = [new AnswerSound(), new AnswerFeatures()];
  const values = new Float64Array(featureCount);
  const momentsMs = momentsOf(model).sort((a, b) => a - b);
  const atMoments: number[] = [];
  const atLimits: number[] = [];
  let score = 0;
  const last = Math.max(...momentsMs, ...limitsMs);
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    sound.push(samples.subarray(at, at + frameSamples));
    features.push(sound);
    const { atMs, firstSpeechMs } = features;
    if (firstSpeechMs < 0 && atMs >= model.silenceMs)
      return { isHuman, atLimits: null, momentsMs, atMoments };
    if (firstSpeechMs < 0) continue;
    const sinceMs = atMs - firstSpeechMs;
    if (sinceMs > last) break;
    const isMoment = momentsMs.includes(sinceMs);
    const isLimit = (limitsMs as readonly number[]).includes(sinceMs);
    if (!isMoment && !isLimit) continue;
    features.fill(values.subarray());
    score = probabilityOf(model, values);
    if (isMoment) atMoments.push(score);
    if (isLimit) atLimits.push(score);
  }
  while (atLimits.length < limitsMs.length) atLimits.push(score);
  return { isHuman, atLimits: atLimits, momentsMs, atMoments };
}

/**
 * Recall, per cent, when every call is decided at the limit and so many of a hundred people may be lost: the threshold is the
 * best one for this very set, so no threshold of the same model does better.
 */
export function recallAt(curves: readonly Curve[], limit: number, lostPercent: number): number {
  const scores = (isHuman: boolean) =>
    curves.filter((curve) => curve.isHuman === isHuman).map(({ atLimits }) => atLimits?.[limit] ?? 0);
  const people = scores(true).sort((a, b) => b - a);
  const threshold = people[Math.floor((people.length * lostPercent) / 100)] ?? 0;
  const automata = scores(false);
  return (100 * automata.filter((score) => score > threshold).length) / Math.max(1, automata.length);
}

export interface MannerFigures {
  listen: Listening;
  sensitivity: Sensitivity;
  falsePositivePct: number;
  machineRecallPct: number;
  p95Ms: number;
}

/** What each way of listening does with these clips. */
export function mannersOf(curves: readonly Curve[], { points, silenceMs }: AnswerModel): MannerFigures[] {
  return (["before", "beside"] as const).flatMap((listen) =>
    (["cautious", "balanced"] as const).map((sensitivity) => {
      const decided = curves.map(({ isHuman, atLimits, momentsMs, atMoments }) => ({
        isHuman,
        ...(atLimits === null
          ? { isMachine: false, atMs: silenceMs }
          : decide({ scores: atMoments }, momentsMs, points[listen][sensitivity])),
      }));
      const share = (isHuman: boolean) => {
        const of = decided.filter((one) => one.isHuman === isHuman);
        return (100 * of.filter(({ isMachine }) => isMachine).length) / Math.max(1, of.length);
      };
      return {
        listen,
        sensitivity,
        falsePositivePct: share(true),
        machineRecallPct: share(false),
        p95Ms: percentile(
          decided.map(({ atMs }) => atMs),
          0.95,
        ),
      };
    }),
  );
}
