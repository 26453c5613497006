import type { Threshold } from "../../server/media/answer-model.ts";

/** A clip's probabilities that an automaton speaks, one for each moment that came while it lasted. */
export interface Scored {
  isHuman: boolean;
  scores: readonly number[];
}

export interface Budget {
  /** The time is over, ms since the first sound; some calls in doubt are given until `longestMs`. */
  limitMs: number;
  longestMs: number;
  /** Of all calls, the share that may take longer than the limit. */
  longer: number;
  /** Of people, the share that may be called machines. */
  lost: number;
  /** Of these, the part that may be lost before the limit. */
  early: number;
  /** Of automata, the share that may be let go as people before the limit. */
  letGo: number;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** The value that at most `count` of `values` exceed. */
function above(values: readonly number[], count: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted[Math.floor(count)] ?? 0;
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

/** As the classifier goes through the points: the first that is sure decides (Wald's sequential test). */
export function decide(
  { scores }: Pick<Scored, "scores">,
  moments: readonly number[],
  points: readonly Threshold[],
): { isMachine: boolean; atMs: number } {
  for (const { atMs, machineAbove, humanBelow } of points) {
    // A clip that ends before: as it was last.
    const score = scores[moments.indexOf(atMs)] ?? scores.at(-1);
    // Nobody spoke.
    if (score === undefined) return { isMachine: false, atMs };
    if (score > machineAbove) return { isMachine: true, atMs };
    if (score < humanBelow) return { isMachine: false, atMs };
  }
  return { isMachine: false, atMs: points.at(-1)!.atMs };
}

const half = 0.5;

type Decided = ReturnType<typeof decide>;
const at = (times: readonly number[], machineAbove: number, humanBelow: number): Threshold[] =>
  times.map((atMs) => ({ atMs, machineAbove, humanBelow }));
const isLost = (d: Decided) => d.isMachine;
const isLetGo = (atMs: number) => (d: Decided) => !d.isMachine && d.atMs < atMs;

/** Where a verdict is sure. `scored` must not have been seen by the model that scored them. */
export function pointsFor(
  scored: readonly Scored[],
  moments: readonly number[],
  { limitMs, longestMs, longer, lost, early: earlyPart, letGo }: Budget,
): Threshold[] {
  const people = scored.filter((clip) => clip.isHuman);
  const automata = scored.filter((clip) => !clip.isHuman);
  const early = moments.filter((atMs) => atMs < limitMs);
  const late = moments.filter((atMs) => atMs > limitMs && atMs <= longestMs);
  const share = (of: readonly Scored[], points: readonly Threshold[], isHit: (d: Decided) => boolean) =>
    of.filter((clip) => isHit(decide(clip, moments, points))).length / of.length;
  const sure = round(
    lowest(half, 1, (high) => share(people, at(early, high, 0), isLost) <= lost * earlyPart),
  );
  const notSure = round(
    1 -
      lowest(
        half,
        1,
        (low) => share(automata, at([...early, limitMs], sure, 1 - low), isLetGo(limitMs)) <= letGo,
      ),
  );
  const before = at(early, sure, notSure);
  const budget = (points: readonly Threshold[]) =>
    lost * people.length - people.filter((clip) => isLost(decide(clip, moments, points))).length;
  const isOpen = (points: readonly Threshold[], clip: Scored) => {
    const decided = decide(clip, moments, [...points, { atMs: Infinity, machineAbove: 1, humanBelow: 2 }]);
    return decided.atMs === Infinity;
  };
  const scoreAt = (clip: Scored, atMs: number) =>
    clip.scores[moments.indexOf(atMs)] ?? clip.scores.at(-1) ?? 0;
  const openAtLimit = scored.filter((clip) => isOpen(before, clip));
  const ofPeople = (clips: readonly Scored[], atMs: number) =>
    clips.filter((clip) => clip.isHuman).map((clip) => scoreAt(clip, atMs));
  // What is in doubt at the limit and may wait is decided better later: some of the budget is for that.
  const atLimit = budget(before) * (late.length > 0 ? 0.9 : 1);
  const limitSure = round(Math.max(0.3, above(ofPeople(openAtLimit, limitMs), atLimit)));
  if (late.length === 0)
    return [...before, { atMs: limitMs, machineAbove: limitSure, humanBelow: limitSure }];
  const doubtful = openAtLimit.filter((clip) => scoreAt(clip, limitMs) <= limitSure);
  const doubt = round(
    above(
      doubtful.map((clip) => scoreAt(clip, limitMs)),
      longer * scored.length,
    ),
  );
  const limit = { atMs: limitMs, machineAbove: limitSure, humanBelow: Math.min(limitSure, doubt) };
  const rest = doubtful.filter((clip) => scoreAt(clip, limitMs) >= limit.humanBelow);
  const last = late.at(-1)!;
  const lastSure = round(Math.max(0.3, above(ofPeople(rest, last), budget([...before, limit]))));
  return [
    ...before,
    limit,
    ...at(late.slice(0, -1), Math.max(sure, lastSure), 0),
    { atMs: last, machineAbove: lastSure, humanBelow: lastSure },
  ];
}
