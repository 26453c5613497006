import model from "./answer-model.json" with { type: "json" };

export interface Threshold {
  atMs: number;
  machineAbove: number;
  humanBelow: number;
}

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
  /** Where a decision is made: ms since the first word, and the probability above and below which it is sure. */
  points: readonly Threshold[];
  /** The same, ms since the answer: from the first of them on the time is over, and at the last nobody is left. */
  limits: readonly Threshold[];
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
