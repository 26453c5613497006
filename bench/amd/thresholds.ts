import type { AnswerModel, Threshold } from "../../server/media/answer-model.ts";

/** A clip's probabilities that an automaton speaks, at its points and at the limits. */
export interface Scored {
  isHuman: boolean;
  points: readonly number[];
  limits: readonly number[];
}

export interface Budget {
  /** Of people, the share that may be called machines before the time is over, and at each limit. */
  early: number;
  limits: readonly number[];
  /** Of automata, the share that may be let go as people before the time is over. */
  lostEarly: number;
  /** Of all calls, the share that may take longer than the first limit. */
  longer: number;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** The first of a clip's moments that is beyond one of two thresholds decides it, as in Wald's sequential test. */
function sequential(
  points: readonly number[],
  machineAbove: number,
  humanBelow: number,
): "machine" | "human" | "open" {
  for (const score of points) {
    if (score > machineAbove) return "machine";
    if (score < humanBelow) return "human";
  }
  return "open";
}

/** The lowest value from which on `within` holds; it holds at `high`. */
function lowest(low: number, high: number, within: (value: number) => boolean): number {
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (within(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The value that at most `count` of `values` exceed. */
function above(values: readonly number[], count: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted[Math.floor(count)] ?? 0;
}

/** Where a verdict is sure. `scored` must not have been seen by the model that scored them. */
export function thresholdsFor(
  scored: readonly Scored[],
  { pointsMs, limitsMs }: { pointsMs: readonly number[]; limitsMs: readonly number[] },
  budget: Budget,
): Pick<AnswerModel, "points" | "limits"> {
  const people = scored.filter((clip) => clip.isHuman);
  const automata = scored.filter((clip) => !clip.isHuman);
  const share = (of: readonly Scored[], wanted: string, high: number, low: number) =>
    of.filter(({ points }) => sequential(points, high, low) === wanted).length / of.length;
  // Each is sought with the other at rest: what one lets go does not come to the other.
  const machineAbove = round(lowest(0.5, 1, (high) => share(people, "machine", high, 0) <= budget.early));
  const humanBelow = round(
    1 - lowest(0.5, 1, (low) => share(automata, "human", machineAbove, 1 - low) <= budget.lostEarly),
  );
  let open = scored.filter(({ points }) => sequential(points, machineAbove, humanBelow) === "open");
  const limits = limitsMs.map((atMs, i): Threshold => {
    const scores = (of: readonly Scored[]) => of.map((clip) => clip.limits[i]!);
    const sure = round(
      Math.max(0.5, above(scores(open.filter((clip) => clip.isHuman)), budget.limits[i]! * people.length)),
    );
    open = open.filter((clip) => clip.limits[i]! <= sure);
    const isLast = i === limitsMs.length - 1;
    const doubtful = round(isLast ? 1 : above(scores(open), budget.longer * scored.length));
    open = open.filter((clip) => clip.limits[i]! >= doubtful);
    return { atMs, machineAbove: sure, humanBelow: Math.min(sure, doubtful) };
  });
  return { points: pointsMs.map((atMs) => ({ atMs, machineAbove, humanBelow })), limits };
}
