/**
 * Chance-budgeted hazard pacing: how many numbers to dial now, and which ringing ones to give up. Pure but for what it
 * has learned, deterministic, in seconds of any clock; the live dialler and the simulator run this very code.
 *
 * One more call may be dialled while q = Σ_u g(u) · P(F_u ≤ 0) stays below θ: the chance that its answer, if it comes,
 * finds nobody free (g: when the answer comes, F_u: agents free then).
 */
import { createAnswerHazards } from "./answer-hazards.ts";
import { answerTable } from "./answer-table.ts";
import {
  type BudgetState,
  type BudgetView,
  count,
  emptyBudget,
  leastLeft,
  strictest,
  view,
} from "./budget.ts";
import type { LawWindow } from "../abandon-law.ts";
import { type Burst, burst, unbounded, upperFactor } from "./burst.ts";
import { createExposure, type PacedCall } from "./exposure.ts";
import { type Forecast, forecast, newScratch } from "./forecast.ts";
import { chanceOfNobody, lateCancels } from "./late-cancel.ts";
import { createLeadOdds, type LeadFeatures, type SavedLeadOdds } from "./lead-odds.ts";
import { nextLead } from "./next-lead.ts";
import { createDurations } from "./release-hazards.ts";
import { horizons, type ReleaseTable, releaseTable } from "./release-table.ts";

export type { PacedCall } from "./exposure.ts";
export type { LeadFeatures } from "./lead-odds.ts";

export interface PacedAgent {
  state: "idle" | "talking" | "wrap-up";
  /** When the state began. */
  since: number;
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
  /** The list from which the next dials come. */
  nextList: number;
  /** Leads among which the policy chooses, in the order in which they are due; about 30. Beyond, nothing is known. */
  buffer?: readonly { list: number; lead?: LeadFeatures | undefined }[];
  /** Trunk and rate limits. */
  linesFree: number;
  /** Until the regulatory window ends. */
  secondsLeft: number;
  /** What the law allows besides, each over a window of its own. */
  law?: readonly LawWindow[];
  /** An oracle's: P(answered within each horizon) of a ringing call, and of the next lead but `ahead`. */
  foresight?: { of(call: PacedCall): Float64Array; next(ahead: number): Float64Array };
}

export interface Decision {
  dial: number;
  /** The places in the buffer of those to dial, in this order; for what `dial` is beyond, any lead. */
  chosen: number[];
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
  /** For each lead of the buffer, that it answers. */
  leads: number[];
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
  /** Missing in what was saved before there were any. */
  odds?: SavedLeadOdds;
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
  const priorAnswerRate = options.priorAnswerRate ?? 0.2;
  const answers = createAnswerHazards({ priorAnswerRate, memorySeconds: 3600 }, before?.answers);
  const talk = createDurations({ meanSeconds: 150, cv: 1 }, 300, before?.talk);
  const wrap = createDurations({ meanSeconds: 30, cv: 0.7 }, 300, before?.wrap);
  const budget = before ? { ...before.budget } : emptyBudget();
  const table = answerTable(answers, options.ringTimeoutSeconds);
  const scratch = newScratch();
  let releases: ReleaseTable | undefined;
  let releasesAt = -Infinity;
  let exposedAt = -Infinity;
  let effective = options.ceiling;
  const odds = createLeadOdds(before?.odds);
  const exposure = createExposure(answers, odds);

  const answersBy = ({ now, foresight }: Situation, call: PacedCall) =>
    foresight?.of(call) ?? table.by(call.list, exposure.likelihood(call), now - call.dialledAt);

  /** Live answers from now to the end of the window. */
  function expectedAnswers(situation: Situation): number {
    const cycle = talk.meanSeconds + wrap.meanSeconds;
    return (0.85 * situation.agents.length * Math.max(0, situation.secondsLeft)) / cycle;
  }

  /** A window that ends sooner has only the answers that come before. */
  const lawViews = ({ law = [], agents, secondsLeft }: Situation, expected: number) =>
    law.map(({ ceiling, answers, abandons, secondsLeft: left }) => {
      const part = secondsLeft > 0 ? Math.min(1, left / secondsLeft) : 1;
      return view({ answers, abandons, x: budget.x }, { ceiling, agents: agents.length }, expected * part);
    });

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

  function present(situation: Situation): { outlook: Forecast; expected: number } {
    const rows = releaseRows(situation);
    const idle = situation.agents.length - rows.length - situation.waiting;
    const outlook = forecast({ idle, releases: rows, cv: answers.multiplierCv }, scratch);
    return { outlook, expected: addRinging(outlook, situation) };
  }

  /** What the bound on a burst leaves; `expected`: answers of the lines that ring. An oracle's lines are known. */
  function bound(
    { foresight, nextList }: Situation,
    outlook: Forecast,
    expected: number,
    left: number,
  ): Burst {
    if (foresight) return unbounded;
    const share = table.by(nextList, 1, 0)[horizons - 1]!;
    const { remembered, recent } = answers;
    const factor = upperFactor({ remembered, recent, share, priorShare: priorAnswerRate });
    return burst({ free: outlook.mean(horizons - 1) + expected, answers: expected, left, factor });
  }

  /** Calls of one list, likelihood and second of age have one row: they go in together. Gives the expected answers. */
  function addRinging(outlook: Forecast, situation: Situation): number {
    const { now, ringing, foresight } = situation;
    const before = outlook.mean(horizons - 1);
    if (foresight) for (const call of ringing) outlook.add(foresight.of(call));
    if (foresight) return before - outlook.mean(horizons - 1);
    for (let i = 0; i < ringing.length;) {
      const { list, dialledAt } = ringing[i]!;
      const likelihood = exposure.likelihood(ringing[i]!);
      const age = Math.floor(now - dialledAt);
      const from = i++;
      for (; i < ringing.length; i++) {
        const next = ringing[i]!;
        if (Math.floor(now - next.dialledAt) !== age) break;
        if (next.list !== list || exposure.likelihood(next) !== likelihood) break;
      }
      outlook.add(table.by(list, likelihood, age), i - from);
    }
    return before - outlook.mean(horizons - 1);
  }

  /** Which dials the forecast bears; each one moves it. */
  function dials(
    situation: Situation,
    outlook: Forecast,
    theta: number,
    most: Burst,
  ): Pick<Decision, "dial" | "chosen"> {
    const buffer = (situation.buffer ?? []).map(({ list, lead }, place) => {
      const likelihood = odds.likelihood(lead);
      return { place, likelihood, by: table.by(list, likelihood, 0) };
    });
    const chosen: number[] = [];
    let nobody = outlook.nobodyFree();
    let dial = 0;
    for (; dial < situation.linesFree; dial++) {
      const known = situation.foresight?.next(dial);
      let by = known ?? buffer[0]?.by ?? table.by(situation.nextList, 1, 0);
      const q = (known ? worstChance : chanceOfNobody)(by, nobody);
      if (q > theta) break;
      if (buffer.length > 0 && !known) {
        const next = nextLead(buffer, q, theta, outlook);
        if (!most.take(next.by)) break;
        buffer.splice(buffer.indexOf(next), 1);
        chosen.push(next.place);
        by = next.by;
      } else if (!most.take(by)) break;
      if (by[horizons - 1] === 0) continue;
      outlook.add(by);
      nobody = outlook.nobodyFree();
    }
    return { dial, chosen };
  }

  function decide(situation: Situation): Decision {
    const { now, agents, ringing, linesFree } = situation;
    if (answers.fade(now)) table.clear();
    if (Math.abs(now - exposedAt) >= exposeEverySeconds) {
      for (const call of ringing) exposure.expose(call, now);
      exposedAt = now;
    }
    const expected = expectedAnswers(situation);
    const budgetNow = strictest(
      view(budget, { ceiling: options.ceiling, agents: agents.length }, expected),
      ...lawViews(situation, expected),
    );
    effective = budgetNow.effective;
    const none = (limit: Decision["limit"]): Decision => ({
      dial: 0,
      chosen: [],
      cancel: [],
      limit,
      budget: budgetNow,
    });
    if (agents.length === 0) return none("agents");
    const idle = agents.filter((agent) => agent.state === "idle").length - situation.waiting;
    const cold = answers.outcomes < coldOutcomes;
    const spent = budgetNow.left < leastLeft(agents.length);
    const oneToOne = Math.max(0, Math.min(idle - ringing.length, linesFree));
    if (cold) return { ...none("cold"), dial: oneToOne };
    const { outlook, expected: coming } = present(situation);
    const old = ringing.filter((call) => now - (call.rangAt ?? call.dialledAt) >= options.cancelAfterSeconds);
    const given = lateCancels(old, (call) => answersBy(situation, call), outlook, budgetNow.theta);
    const cancel = given.map(({ id }) => id);
    // What was dialled when there was budget still rings: late cancels keep it from overdrawing.
    if (spent) return { ...none("budget"), dial: oneToOne, cancel };
    const most = bound(situation, outlook, coming, budgetNow.left);
    const { dial, chosen } = dials(situation, outlook, budgetNow.theta, most);
    const limit = dial >= linesFree ? "lines" : "chance";
    return { ...none(limit), dial, chosen, cancel };
  }

  return {
    decide,
    outlook: (situation) => ({
      frees: sums(releaseRows(situation)),
      answers: sums(situation.ringing.map((call) => answersBy(situation, call))),
      leads: (situation.buffer ?? []).map(({ list, lead }) =>
        Math.min(1, table.by(list, odds.likelihood(lead), 0)[horizons - 1]!),
      ),
    }),
    answered: (call, now) => exposure.close(call, now, true),
    ended: (call, now) => exposure.close(call, now, false),
    forget: (callId) => exposure.forget(callId),
    served: (abandoned) => count(budget, abandoned, effective),
    talked: (seconds) => talk.observe(seconds),
    wrapped: (seconds) => wrap.observe(seconds),
    budget,
    save: () => ({
      answers: answers.save(),
      talk: talk.save(),
      wrap: wrap.save(),
      odds: odds.save(),
      budget: { ...budget },
    }),
  };
}
