/**
 * Chance-budgeted hazard pacing: how many numbers to dial now, and which ringing ones to give up. Pure but for what it
 * has learned, deterministic, in seconds of any clock; the live dialler and the simulator run this very code.
 *
 * One more call may be dialled while q = Σ_u g(u) · P(F_u ≤ 0) stays below θ: the chance that its answer, if it comes,
 * finds nobody free (g: when the answer comes, F_u: agents free then).
 */
import { type AnswerHazards, ages, createAnswerHazards } from "./answer-hazards.ts";
import { type BudgetState, type BudgetView, count, emptyBudget, leastLeft, view } from "./budget.ts";
import { type Forecast, forecast } from "./forecast.ts";
import { createDurations, type Durations } from "./release-hazards.ts";
import { horizons, type ReleaseTable, releaseTable, stepSeconds } from "./release-table.ts";

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

export interface Policy {
  decide(situation: Situation): Decision;
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
const cancelTimes = 5;

interface Learned {
  answers: AnswerHazards;
  talk: Durations;
  wrap: Durations;
}

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

/** The chance that this call's answer, if it comes, finds nobody. */
function chance(by: Float64Array, nobody: Float64Array): number {
  let sum = 0;
  let before = 0;
  for (let u = 0; u < horizons; u++) {
    sum += (by[u]! - before) * nobody[u]!;
    before = by[u]!;
  }
  return before > 1e-9 ? sum / before : 0;
}

/** An oracle's call: the worst chance from its answer on, for it keeps an agent from those that are answered later. */
function worstChance(by: Float64Array, nobody: Float64Array): number {
  let worst = 0;
  for (let u = 0; u < horizons; u++) if (by[u]! > 0) worst = Math.max(worst, nobody[u]!);
  return worst;
}

export function createPolicy(options: PolicyOptions, before?: SavedPolicy): Policy {
  const learned: Learned = {
    answers: createAnswerHazards(
      { priorAnswerRate: options.priorAnswerRate ?? 0.2, memorySeconds: 3600 },
      before?.answers,
    ),
    talk: createDurations({ meanSeconds: 150, cv: 1 }, 300, before?.talk),
    wrap: createDurations({ meanSeconds: 30, cv: 0.7 }, 300, before?.wrap),
  };
  const budget = before ? { ...before.budget } : emptyBudget();
  let table: ReleaseTable | undefined;
  let tableAt = -Infinity;
  let effective = options.ceiling;
  /** Seconds of each call's ringing that were counted. */
  const counted = new Map<string, number>();
  const answerTables = new Map<number, Float64Array[]>();

  /** G[age][u] = P(answered within u | still ringing at this age), for one list and likelihood. */
  function tableOf(list: number, likelihood: number): Float64Array[] {
    // In steps of 2 %, so that a table serves many decisions.
    const level = Math.round(Math.log(learned.answers.multiplier().mean * likelihood) / 0.02);
    const key = list * 4096 + level + 2048;
    let found = answerTables.get(key);
    if (found) return found;
    const { answer, end } = learned.answers.hazards(list);
    const m = Math.exp(level * 0.02);
    const last = Math.min(ages, Math.ceil(options.ringTimeoutSeconds) + 3);
    found = [];
    for (let age = 0; age < ages; age++) {
      const row = new Float64Array(horizons);
      let survival = 1;
      let answered = 0;
      for (let second = 1; second <= horizons * stepSeconds; second++) {
        const at = age + second - 1;
        if (at < last) {
          const h = Math.min(0.95, m * answer[at]!);
          answered += survival * h;
          survival *= Math.max(0, 1 - h - end[at]!);
        }
        if (second % stepSeconds === 0) row[second / stepSeconds - 1] = answered;
      }
      found.push(row);
    }
    answerTables.set(key, found);
    return found;
  }

  const answersBy = (call: PacedCall, now: number) =>
    tableOf(call.list, call.likelihood)[Math.min(ages - 1, Math.max(0, Math.floor(now - call.dialledAt)))]!;

  function expose(situation: Situation): void {
    for (const call of situation.ringing) {
      const age = Math.min(ages, Math.floor(situation.now - call.dialledAt));
      let from = counted.get(call.id) ?? 0;
      for (; from < age; from++) learned.answers.rang(call.list, from);
      counted.set(call.id, from);
    }
  }

  /** Live answers from now to the end of the window. */
  function expectedAnswers(situation: Situation): number {
    const cycle = learned.talk.meanSeconds + learned.wrap.meanSeconds;
    return (0.85 * situation.agents.length * Math.max(0, situation.secondsLeft)) / cycle;
  }

  function present({ now, agents, waiting, ringing, foresight }: Situation): Forecast {
    if (!table || now - tableAt >= tableEverySeconds || now < tableAt) {
      table = releaseTable(learned.talk, learned.wrap, options.patienceSeconds);
      tableAt = now;
    }
    const releases: Float64Array[] = [];
    let idle = -waiting;
    for (const agent of agents) {
      if (agent.state === "idle") idle++;
      else
        releases.push(
          agent.state === "talking" ? table.talking(now - agent.since) : table.wrapping(now - agent.since),
        );
    }
    const outlook = forecast({ idle, releases, cv: learned.answers.multiplier().cv });
    for (const call of ringing) outlook.add(foresight?.of(call) ?? answersBy(call, now));
    return outlook;
  }

  function lateCancels(situation: Situation, outlook: Forecast, theta: number): string[] {
    const cancel: string[] = [];
    let nobody = outlook.nobodyFree();
    // The order of the dials is the order of age.
    for (const call of situation.ringing) {
      if (situation.now - call.dialledAt < options.cancelAfterSeconds) break;
      const by = situation.foresight?.of(call) ?? answersBy(call, situation.now);
      // With itself in the forecast it finds nobody more often than without.
      if (chance(by, nobody) <= cancelTimes * theta) continue;
      outlook.remove(by);
      const without = outlook.nobodyFree();
      if (chance(by, without) > cancelTimes * theta) {
        cancel.push(call.id);
        nobody = without;
      } else outlook.add(by);
    }
    return cancel;
  }

  function decide(situation: Situation): Decision {
    const { now, agents, ringing } = situation;
    if (learned.answers.fade(now)) answerTables.clear();
    expose(situation);
    const budgetNow = view(
      budget,
      { ceiling: options.ceiling, agents: agents.length },
      expectedAnswers(situation),
    );
    effective = budgetNow.effective;
    const none = (limit: Decision["limit"]): Decision => ({ dial: 0, cancel: [], limit, budget: budgetNow });
    if (agents.length === 0) return none("agents");
    const idle = agents.filter((agent) => agent.state === "idle").length - situation.waiting;
    const cold = learned.answers.outcomes < coldOutcomes;
    if (cold || budgetNow.left < leastLeft(agents.length)) {
      const dial = Math.max(0, Math.min(idle - ringing.length, situation.linesFree));
      return { ...none(cold ? "cold" : "budget"), dial };
    }
    const outlook = present(situation);
    const cancel =
      options.cancelAfterSeconds < Infinity ? lateCancels(situation, outlook, budgetNow.theta) : [];
    let dial = 0;
    while (dial < situation.linesFree) {
      const likelihood = situation.nextLikelihoods?.[dial] ?? 1;
      const known = situation.foresight?.next(dial);
      const by = known ?? tableOf(situation.nextList, likelihood)[0]!;
      const q = (known ? worstChance : chance)(by, outlook.nobodyFree());
      if (q > budgetNow.theta) break;
      outlook.add(by);
      dial++;
    }
    return { ...none(dial >= situation.linesFree ? "lines" : "chance"), dial, cancel };
  }

  function close(call: PacedCall, now: number): number {
    const age = Math.min(ages, Math.floor(now - call.dialledAt));
    for (let from = counted.get(call.id) ?? 0; from < age; from++) learned.answers.rang(call.list, from);
    counted.delete(call.id);
    return age;
  }

  return {
    decide,
    answered: (call, now) => learned.answers.answered(call.list, close(call, now)),
    ended: (call, now) => learned.answers.ended(call.list, close(call, now)),
    forget: (callId) => void counted.delete(callId),
    served: (abandoned) => count(budget, abandoned, effective),
    talked: (seconds) => learned.talk.observe(seconds),
    wrapped: (seconds) => learned.wrap.observe(seconds),
    budget,
    save: () => ({
      answers: learned.answers.save(),
      talk: learned.talk.save(),
      wrap: learned.wrap.save(),
      budget: { ...budget },
    }),
  };
}
