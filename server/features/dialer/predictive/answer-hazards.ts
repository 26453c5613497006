/**
 * When a ringing call is answered: h_A(a), the chance that a person answers in second `a` of a call that still
 * rings, and h_E(a) for every other end, by exposure counts, per list, shrunk to the campaign and that to a prior.
 * Slow memory gives the shape; a gamma filter on observed over expected answers gives a multiplier that follows
 * jumps within a minute or two.
 */
import { createAnswerLevel } from "./answer-level.ts";
import { ages, hazardOf, type Incidence, incidenceOf } from "./incidence.ts";
import { createSilence } from "./silence.ts";
import { logNormal, logNormalCdf } from "./normal.ts";

export interface AnswerOptions {
  /** Answered by a person before anything is known. */
  priorAnswerRate: number;
  /** Seconds after which what was seen counts 1/e. */
  memorySeconds: number;
}

interface Counts {
  exposed: Float64Array;
  answered: Float64Array;
  ended: Float64Array;
}

/** Likelihood: a lead's answer probability over its list's. */
export interface AnswerHazards {
  /** The call rang through second `age` and nothing came; each gives how many answers were to be expected. */
  rang(list: number, age: number, likelihood?: number): number;
  answered(list: number, age: number, likelihood?: number): number;
  /** Anything else: busy, machine, gave up, network. */
  ended(list: number, age: number, likelihood?: number): number;
  /** Lets old knowledge fade; call it with every decision, `now` in seconds. True: the hazards were made anew. */
  fade(now: number): boolean;
  /** How much likelier answers are now than the shape says. */
  readonly multiplier: number;
  /** The coefficient of variation of that belief. */
  readonly multiplierCv: number;
  /** Refreshed at most each few seconds; do not keep. */
  incidence(list: number): Incidence;
  /** Calls whose end is known. */
  readonly outcomes: number;
  /** Answers within the memory of the hazards; no more than calls seen to ring for `tellingAge`. */
  readonly remembered: number;
  /** Answers of about the last quarter of an hour. */
  readonly recent: number;
  save(): unknown;
}

/** Of a call that is answered at all: log-normal ring time of mean 11 s, s.d. 5 s, after 2 s of set-up. */
function priorShape(): { answer: Float64Array; end: Float64Array } {
  const ring = logNormal(11, 5 / 11);
  const answer = new Float64Array(ages);
  const end = new Float64Array(ages);
  for (let a = 0; a < ages; a++) {
    answer[a] = logNormalCdf(a - 1, ring) - logNormalCdf(a - 2, ring);
    end[a] = a >= 1 && a < 30 ? 0.4 / 29 : 0;
  }
  return { answer, end };
}

const newCounts = (): Counts => ({
  exposed: new Float64Array(ages),
  answered: new Float64Array(ages),
  ended: new Float64Array(ages),
});

/** Calls' worth of belief in the level above. */
const listWeight = 40;
const campaignWeight = 30;
const refreshSeconds = 5;
const recentSeconds = 900;
/**
 * Until calls have rung so long, early answers tell as much of how fast they come as of how many will. With 200 agents on
 * a cold list of which half answers, 559 lines were out after 10 s and 17 answers, and 54 of 254 answers were abandoned.
 */
const tellingAge = 20;

const binOf = (age: number) => Math.min(ages - 1, Math.max(0, Math.floor(age)));

interface Saved {
  campaign: number[][];
  lists: [number, number[][]][];
  outcomes: number;
}

const fillFrom = (counts: Counts, from: number[][]) => {
  counts.exposed.set(from[0]!);
  counts.answered.set(from[1]!);
  counts.ended.set(from[2]!);
};

function sumOf(counts: Float64Array): number {
  let sum = 0;
  for (let age = 0; age < ages; age++) sum += counts[age]!;
  return sum;
}

const rows = (counts: Counts) => [[...counts.exposed], [...counts.answered], [...counts.ended]];

export function createAnswerHazards(options: AnswerOptions, saved?: unknown): AnswerHazards {
  const campaign = newCounts();
  const lists = new Map<number, Counts>();
  const cached = new Map<number, Incidence>();
  const shape = priorShape();
  let outcomes = 0;
  let recent = 0;
  /** Since the last silence. */
  let answersSince = Infinity;
  /** What was thought of each list when somebody last answered: a silence is judged by it. */
  const atLastAnswer = new Map<number, Incidence>();
  let fadedAt: number | undefined;
  let refreshedAt = -Infinity;
  let scaledAt: number | undefined;
  let level = createAnswerLevel();
  const silence = createSilence(ages);

  if (saved) load(saved as Saved);

  function countsOf(list: number): Counts {
    let counts = lists.get(list);
    if (!counts) lists.set(list, (counts = newCounts()));
    return counts;
  }

  function prior() {
    // Discrete hazards of the prior: mass over what is left.
    const answer = new Float64Array(ages);
    const end = new Float64Array(ages);
    let left = 1;
    for (let age = 0; age < ages; age++) {
      const pa = shape.answer[age]! * options.priorAnswerRate;
      const pe = shape.end[age]! * (1 - options.priorAnswerRate);
      answer[age] = left > 1e-6 ? Math.min(0.9, pa / left) : 0;
      end[age] = left > 1e-6 ? Math.min(0.9, pe / left) : 0;
      left -= pa + pe;
    }
    return { answer, end };
  }

  /** Hazards of the counts, with `weight` calls' belief in `above`; thin bins borrow from their neighbours. */
  function shrink(counts: Counts, above: { answer: Float64Array; end: Float64Array }, weight: number) {
    const answer = new Float64Array(ages);
    const end = new Float64Array(ages);
    let survival = 1;
    for (let age = 0; age < ages; age++) {
      const lo = Math.max(0, age - 1);
      const hi = Math.min(ages - 1, age + 1);
      let exposed = 0;
      let answered = 0;
      for (let k = lo; k <= hi; k++) {
        const w = k === age ? 0.5 : 0.25;
        exposed += w * counts.exposed[k]!;
        answered += w * counts.answered[k]!;
      }
      const belief = weight * survival;
      answer[age] = (answered + belief * above.answer[age]!) / (exposed + belief + 1e-9);
      end[age] = (counts.ended[age]! + belief * above.end[age]!) / (counts.exposed[age]! + belief + 1e-9);
      survival *= Math.max(0.02, 1 - above.answer[age]! - above.end[age]!);
    }
    return { answer, end };
  }

  const priorHazards = prior();
  let campaignHazards = shrink(campaign, priorHazards, campaignWeight);

  function incidence(list: number): Incidence {
    let found = cached.get(list);
    if (!found) {
      const counts = lists.get(list);
      found = incidenceOf(counts ? shrink(counts, campaignHazards, listWeight) : campaignHazards);
      cached.set(list, found);
    }
    return found;
  }

  function expose(list: number, age: number, likelihood = 1, answers = 0): number {
    const bin = binOf(age);
    if (bin === 0) level.dialled();
    const expected = hazardOf(incidence(list), likelihood, bin);
    if (answers > 0) {
      silence.answered();
      atLastAnswer.clear();
    }
    if (silence.now) return expected;
    countsOf(list).exposed[bin]! += 1;
    campaign.exposed[bin]! += 1;
    level.observe(expected, answers);
    if (answers === 0 && silence.rang(list, bin, hazardOf(lastBelief(list), likelihood, bin)))
      forgetSilence();
    return expected;
  }

  function lastBelief(list: number): Incidence {
    let belief = atLastAnswer.get(list);
    if (!belief) atLastAnswer.set(list, (belief = incidence(list)));
    return belief;
  }

  /** The list stands as it did at its last answer, and how likely answers are will be told by the next ones. */
  function forgetSilence(): void {
    for (const [list, since] of silence.since())
      for (const counts of [campaign, countsOf(list)])
        for (let bin = 0; bin < ages; bin++) {
          counts.ended[bin] = Math.max(0, counts.ended[bin]! - since.ended[bin]!);
          const least = counts.answered[bin]! + counts.ended[bin]!;
          counts.exposed[bin] = Math.max(least, counts.exposed[bin]! - since.exposed[bin]!);
        }
    level = createAnswerLevel();
    recent = 0;
    answersSince = 0;
    refreshedAt = -Infinity;
  }

  function load(state: Saved): void {
    fillFrom(campaign, state.campaign);
    for (const [list, from] of state.lists) fillFrom(countsOf(list), from);
    outcomes = state.outcomes;
    recent = (recentSeconds / options.memorySeconds) * sumOf(campaign.answered);
  }

  return {
    rang: (list, age, likelihood) => expose(list, age, likelihood),
    answered(list, age, likelihood) {
      const expected = expose(list, age, likelihood, 1);
      outcomes++;
      if (silence.now) return expected;
      const bin = binOf(age);
      countsOf(list).answered[bin]! += 1;
      campaign.answered[bin]! += 1;
      recent++;
      answersSince++;
      return expected;
    },
    ended(list, age, likelihood) {
      const expected = expose(list, age, likelihood);
      outcomes++;
      if (silence.now) return expected;
      const bin = binOf(age);
      silence.ended(list, bin);
      countsOf(list).ended[bin]! += 1;
      campaign.ended[bin]! += 1;
      return expected;
    },
    fade(now) {
      const seconds = fadedAt === undefined ? 0 : Math.max(0, Math.min(60, now - fadedAt));
      fadedAt = now;
      level.fade(seconds);
      silence.pass(seconds);
      recent *= Math.exp(-seconds / recentSeconds);
      // A clock that was put back begins anew.
      if (scaledAt === undefined || now < scaledAt) scaledAt = now;
      if (now - scaledAt >= 30) {
        const scale = Math.exp(-Math.min(600, now - scaledAt) / options.memorySeconds);
        scaledAt = now;
        for (const counts of [campaign, ...lists.values()])
          for (const array of [counts.exposed, counts.answered, counts.ended])
            for (let i = 0; i < ages; i++) array[i]! *= scale;
      }
      if (Math.abs(now - refreshedAt) < refreshSeconds) return false;
      refreshedAt = now;
      cached.clear();
      campaignHazards = shrink(campaign, priorHazards, campaignWeight);
      return true;
    },
    get multiplier() {
      return level.multiplier;
    },
    get multiplierCv() {
      return level.cv;
    },
    incidence,
    get outcomes() {
      return outcomes;
    },
    get remembered() {
      return Math.min(answersSince, sumOf(campaign.answered), campaign.exposed[tellingAge]!);
    },
    get recent() {
      return recent;
    },
    save(): Saved {
      return {
        campaign: rows(campaign),
        lists: [...lists].map(([list, counts]) => [list, rows(counts)]),
        outcomes,
      };
    },
  };
}
