import model from "./answer-model.json" with { type: "json" };

/** Where a decision is made: ms since the first sound, and the probability above and below which it is sure. */
export interface Threshold {
  atMs: number;
  machineAbove: number;
  humanBelow: number;
}

/** `beside`: nobody waits for the verdict, which may take longer. */
export type Listening = "before" | "beside";
/** On which side to err: `cautious` keeps people, `balanced` finds more machines. */
export type Sensitivity = "cautious" | "balanced";

/**
 * Gradient-boosted trees over `featureNames`: the logarithm of the odds that an automaton speaks. A node splits
 * (`feature`, `threshold`, and the index of its left child; the right one follows it) or ends (`feature` -1, its value
 * as `threshold`).
 */
export interface AnswerModel {
  /** Says which model decided; stored with each verdict. */
  version: string;
  /** How it was made. */
  provenance: string;
  features: readonly string[];
  /** Odds, logarithm, before any tree. */
  base: number;
  trees: readonly { feature: readonly number[]; threshold: readonly number[]; left: readonly number[] }[];
  /** Nobody has spoken so long after the answer: no machine waits like that. */
  silenceMs: number;
  /** In order of time; after the last one the time is over. */
  points: Readonly<Record<Listening, Readonly<Record<Sensitivity, readonly Threshold[]>>>>;
}

/** The probability, 0 to 1, that an automaton speaks. */
export function probabilityOf(model: Pick<AnswerModel, "base" | "trees">, values: Float64Array): number {
  let odds = model.base;
  for (const { feature, threshold, left } of model.trees) {
    let node = 0;
    while (feature[node]! >= 0)
      node = values[feature[node]!]! <= threshold[node]! ? left[node]! : left[node]! + 1;
    odds += threshold[node]!;
  }
  return 1 / (1 + Math.exp(-odds));
}

/** The one that was trained by `bench/amd/train.ts`; `docs/answer-classification.md` says how good it is. */
export const answerModel: AnswerModel = model;
