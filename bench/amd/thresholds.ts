import type { AnswerModel } from "../../server/media/answer-model.ts";

/** A clip's probabilities that an automaton speaks, one for each point in time. */
export interface Scored {
  isHuman: boolean;
  scores: readonly number[];
}

export interface Budget {
  /** Of people, the share that may be called machines at points before the time is over, all together. */
  early: number;
  /** The same where it is over, and where the last doubt ends. */
  atLimit: number;
  late: number;
  /** Of automata, the share that may be let go as people at each early point. */
  lostEarly: number;
  /** Of all calls, the share that may take longer than `limitMs`. */
  longer: number;
  limitMs: number;
}

/** The value that at most `count` of `values` exceed. */
function above(values: readonly number[], count: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted[Math.floor(count)] ?? 0;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/**
 * Where a verdict is sure, point after point: each spends its part of the budget on those that are still undecided.
 * `scored` must not have been seen by the model that scored them.
 */
export function thresholdsFor(
  scored: readonly Scored[],
  pointsMs: readonly number[],
  budget: Budget,
): AnswerModel["points"] {
  const people = scored.filter((clip) => clip.isHuman).length;
  const automata = scored.length - people;
  const early = pointsMs.filter((atMs) => atMs < budget.limitMs).length;
  const late = pointsMs.filter((atMs) => atMs > budget.limitMs).length;
  let open = scored;
  return pointsMs.map((atMs, i) => {
    const at = (wanted: boolean) => open.filter((c) => c.isHuman === wanted).map((c) => c.scores[i]!);
    const isEarly = atMs < budget.limitMs;
    const share = isEarly
      ? budget.early / early
      : atMs === budget.limitMs
        ? budget.atLimit
        : budget.late / late;
    // Nobody is sure of what no person of the set has come near to.
    const machineAbove = Math.max(0.5, above(at(false).length > 0 ? at(true) : [1], share * people));
    open = open.filter((c) => c.scores[i]! <= machineAbove);
    let humanBelow = isEarly
      ? -above(
          at(false).map((score) => -score),
          budget.lostEarly * automata,
        )
      : 0;
    if (!isEarly)
      humanBelow = above(
        open.map((c) => c.scores[i]!),
        budget.longer * scored.length,
      );
    if (i === pointsMs.length - 1) humanBelow = 1;
    open = open.filter((c) => c.scores[i]! >= humanBelow);
    return { atMs, machineAbove: round(machineAbove), humanBelow: round(Math.min(humanBelow, machineAbove)) };
  });
}
