/**
 * Chance-budgeted hazard pacing: how many numbers to dial now, and which ringing ones to give up. Pure but for what it
 * has learned, deterministic, in seconds of any clock; the live dialler and the simulator run this very code.
 *
 * One more call may be dialled while q = Σ_u g(u) · P(F_u ≤ 0) stays below θ: the chance that its answer, if it comes,
 * finds nobody free (g: when the answer comes, F_u: agents free then).
 */
import { ages, createAnswerHazards } from "./answer-hazards.ts";
import { answerTable } from "./answer-table.ts";
import { type BudgetState, type BudgetView, count, emptyBudget, leastLeft, view } from "./budget.ts";
import { type Forecast, forecast } from "./forecast.ts";
import { chanceOfNobody, lateCancels } from "./late-cancel.ts";
import { createDurations } from "./release-hazards.ts";
import { horizons, type ReleaseTable, releaseTable } from "./release-table.ts";

export interface PacedAgent {
  state: "idle" | "talking" | "wrap-up";
  /** When the state began. */
  since: number;
}

export interface PacedCall {
  id: string;
  list: number;
  /** When it was dialled. */
  dialledAt: number;
  /** Since when it has rung, for the late cancel; default `dialledAt`. */
  rangAt?: number;
  /** Per-lead answer probability over the list's; 1 when nothing is known. */
  likelihood: number;
}

export interface PolicyOptions {
  ceiling: number;
  patienceSeconds: number;
  ringTimeoutSeconds: number;
  /** Give up calls that ring this long and whose answer would find nobody; Infinity: never. */
  cancelAfterSeconds: number;
  priorAnswerRate?: number;
}

export interface Situation {
  now: number;
  /** Signed in and not about to pause. */
  agents: readonly PacedAgent[];
  /** Dialled and not answered yet, oldest first. */
  ringing: readonly PacedCall[];
  /** Answered, and waiting for an agent. */
  waiting: number;
  /** The lists from which the next dials come, by share; one list mostly. */
  nextList: number;
  /** Likelihood of the leads that come next, in order; missing ones count 1. */
  nextLikelihoods?: readonly number[];
  /** Trunk and rate limits. */
  linesFree: number;
  /** Until the regulatory window ends. */
  secondsLeft: number;
  /** An oracle's: P(answered within each horizon) of a ringing call, and of the next lead but `ahead`. */
  foresight?: { of(call: PacedCall): Float64Array; next(ahead: number): Float64Array };
}

export interface Decision {
  dial: number;
  cancel: string[];
  /** Why not more. */
  limit: "budget" | "chance" | "lines" | "agents" | "cold";
  budget: BudgetView;
}

/** What is expected within each horizon (`horizons` steps of `stepSeconds`), from now on. */
export interface Outlook {
  /** Agents who become free. */
  frees: number[];
  /** Calls in flight that are answered. */
  answers: number[];
}

export interface Policy {
  decide(situation: Situation): Decision;
  /** For the live panel. */
  outlook(situation: Situation): Outlook;
  /** What became of a call, `at` what age in seconds. */
  answered(call: PacedCall, now: number): void;
  ended(call: PacedCall, now: number): void;
  /** It ended in a way that says nothing of the list. */
  forget(callId: string): void;
  /** An answered call met an agent or was abandoned. */
  served(abandoned: boolean): void;
  talked(seconds: number): void;
  wrapped(seconds: number): void;
  readonly budget: BudgetState;
  save(): SavedPolicy;
}

const coldOutcomes = 20;
const tableEverySeconds = 20;
const exposeEverySeconds = 0.5;

/** What a policy knows, as JSON. */
export interface SavedPolicy {
  answers: unknown;
  talk: unknown;
  wrap: unknown;
  budget: BudgetState;
}

/** What was learned goes on to the next day; the budget does not. */
export function nextDay(saved: SavedPolicy): SavedPolicy {
  return { ...saved, budget: { ...emptyBudget(), x: saved.budget.x } };
}

/** An oracle's call: the worst chance from its answer on, for it keeps an agent from those that are answered later. */
function worstChance(by: Float64Array, nobody: Float64Array): number {
  let worst = 0;
  for (let u = 0; u < horizons; u++) if (by[u]! > 0) worst = Math.max(worst, nobody[u]!);
  return worst;
}

const sums = (rows: readonly Float64Array[]) =>
  Array.from({ length: horizons }, (_, u) => rows.reduce((sum, row) => sum + row[u]!, 0));

export function createPolicy(options: PolicyOptions, before?: SavedPolicy): Policy {
  const answers = createAnswerHazards(
    { priorAnswerRate: options.priorAnswerRate ?? 0.2, memorySeconds: 3600 },
    before?.answers,
  );
  const talk = createDurations({ meanSeconds: 150, cv: 1 }, 300, before?.talk);
  const wrap = createDurations({ meanSeconds: 30, cv: 0.7 }, 300, before?.wrap);
  const budget = before ? { ...before.budget } : emptyBudget();
  const table = answerTable(answers, options.ringTimeoutSeconds);
  let releases: ReleaseTable | undefined;
  let releasesAt = -Infinity;
  let exposedAt = -Infinity;
  let effective = options.ceiling;
  /** Seconds of each call's ringing that were counted. */
  const counted = new Map<string, number>();

  /** Counts the seconds that the call rang; gives its age. */
  function expose(call: PacedCall, now: number): number {
    const age = Math.min(ages, Math.floor(now - call.dialledAt));
    for (let from = counted.get(call.id) ?? 0; from < age; from++) answers.rang(call.list, from);
    counted.set(call.id, age);
    return age;
  }

  function close(call: PacedCall, now: number): number {
    const age = expose(call, now);
    counted.delete(call.id);
    return age;
  }

  const answersBy = ({ now, foresight }: Situation, call: PacedCall) =>
    foresight?.of(call) ?? table.by(call.list, call.likelihood, now - call.dialledAt);

  /** Live answers from now to the end of the window. */
  function expectedAnswers(situation: Situation): number {
    const cycle = talk.meanSeconds + wrap.meanSeconds;
    return (0.85 * situation.agents.length * Math.max(0, situation.secondsLeft)) / cycle;
  }

  function releaseRows({ now, agents }: Situation): Float64Array[] {
    if (!releases || now - releasesAt >= tableEverySeconds || now < releasesAt) {
      releases = releaseTable(talk, wrap, options.patienceSeconds);
      releasesAt = now;
    }
    const rows: Float64Array[] = [];
    for (const { state, since } of agents)
      if (state !== "idle") rows.push(releases[state === "talking" ? "talking" : "wrapping"](now - since));
    return rows;
  }

  function present(situation: Situation): Forecast {
    const rows = releaseRows(situation);
    const idle = situation.agents.length - rows.length - situation.waiting;
    const outlook = forecast({ idle, releases: rows, cv: answers.multiplierCv });
    addRinging(outlook, situation);
    return outlook;
  }

  /** Calls of one list, likelihood and second of age have one row: they go in together. */
  function addRinging(outlook: Forecast, situation: Situation): void {
    const { now, ringing, foresight } = situation;
    if (foresight) for (const call of ringing) outlook.add(foresight.of(call));
    if (foresight) return;
    for (let i = 0; i < ringing.length;) {
      const { list, likelihood, dialledAt } = ringing[i]!;
      const age = Math.floor(now - dialledAt);
      const from = i++;
      for (; i < ringing.length; i++) {
        const next = ringing[i]!;
        if (Math.floor(now - next.dialledAt) !== age) break;
        if (next.likelihood !== likelihood || next.list !== list) break;
      }
      outlook.add(table.by(list, likelihood, age), i - from);
    }
  }

  /** How many dials the forecast bears; each one moves it. */
  function dials(situation: Situation, outlook: Forecast, theta: number): number {
    let dial = 0;
    for (; dial < situation.linesFree; dial++) {
      const known = situation.foresight?.next(dial);
      const by = known ?? table.by(situation.nextList, situation.nextLikelihoods?.[dial] ?? 1, 0);
      const q = (known ? worstChance : chanceOfNobody)(by, outlook.nobodyFree());
      if (q > theta) break;
      outlook.add(by);
    }
    return dial;
  }

  function decide(situation: Situation): Decision {
    const { now, agents, ringing, linesFree } = situation;
    if (answers.fade(now)) table.clear();
    if (Math.abs(now - exposedAt) >= exposeEverySeconds) {
      for (const call of ringing) expose(call, now);
      exposedAt = now;
    }
    const expected = expectedAnswers(situation);
    const budgetNow = view(budget, { ceiling: options.ceiling, agents: agents.length }, expected);
    effective = budgetNow.effective;
    const none = (limit: Decision["limit"]): Decision => ({ dial: 0, cancel: [], limit, budget: budgetNow });
    if (agents.length === 0) return none("agents");
    const idle = agents.filter((agent) => agent.state === "idle").length - situation.waiting;
    const cold = answers.outcomes < coldOutcomes;
    if (cold || budgetNow.left < leastLeft(agents.length)) {
      const dial = Math.max(0, Math.min(idle - ringing.length, linesFree));
      return { ...none(cold ? "cold" : "budget"), dial };
    }
    const outlook = present(situation);
    const old = ringing.filter((call) => now - (call.rangAt ?? call.dialledAt) >= options.cancelAfterSeconds);
    const cancelled = lateCancels(old, (call) => answersBy(situation, call), outlook, budgetNow.theta);
    const dial = dials(situation, outlook, budgetNow.theta);
    return { ...none(dial >= linesFree ? "lines" : "chance"), dial, cancel: cancelled.map(({ id }) => id) };
  }

  return {
    decide,
    outlook: (situation) => ({
      frees: sums(releaseRows(situation)),
      answers: sums(situation.ringing.map((call) => answersBy(situation, call))),
    }),
    answered: (call, now) => answers.answered(call.list, close(call, now)),
    ended: (call, now) => answers.ended(call.list, close(call, now)),
    forget: (callId) => void counted.delete(callId),
    served: (abandoned) => count(budget, abandoned, effective),
    talked: (seconds) => talk.observe(seconds),
    wrapped: (seconds) => wrap.observe(seconds),
    budget,
    save: () => ({
      answers: answers.save(),
      talk: talk.save(),
      wrap: wrap.save(),
      budget: { ...budget },
    }),
  };
}
