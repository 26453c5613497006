/**
 * What becomes of a lead after an attempt. Pure: the disposition an agent chose speaks first, then what the outcome
 * says of the number, then the retry rule of the outcome, then the limits.
 *
 *   claimed --- disposition `callback` ----------------------------> callback
 *      |------- disposition `done`, `do-not-call` -----------------> done
 *      |------- `retry`, or a rule with tries left ----------------> ready, due when the rule wants: the disposition's
 *      |                                                             own, else the outcome's
 *      |------- the number is given up, another is known ----------> ready at once, with that number
 *      |------- it is suspended or barred, not so before ----------> ready at once, with another number
 *      |------- we gave it up while it rang ----------------------> ready soon; nothing counted
 *      |------- the carrier's fault ------------------------------> ready, ever later; no attempt counted
 *      |------- tries used up, and then a lock --------------------> ready, due when the lock ends
 *      '------- no rule, no tries left, attempts used up ----------> done; on another list if the rule says so
 */
import type { PhoneKind, RetryRule, RetryRules } from "../../../shared/after-call.ts";
import type { Outcome } from "../../../shared/calls.ts";
import type { AttemptLimits, DispositionEffect, WeekHours } from "../../../shared/campaigns.ts";
import { type LeadNumbers, numberAfter, type PhoneMemory, remember } from "./lead-numbers.ts";
import { type AnswerCurve, type PastAttempt, retryAt } from "./retry-time.ts";

export interface Attempt {
  /** Now, ms since the epoch. */
  at: number;
  outcome: Outcome;
  /** Of the disposition the agent chose; null: none. */
  effect: DispositionEffect | null;
  /** Of a disposition that says itself when to try again, and how often after being chosen. */
  own?: { dispositionId: number; rule: RetryRule } | null;
  /** It reached the switch: only such attempts count. */
  dialled: boolean;
  /** When the gate refused: from when it would allow (ms); null: never. */
  retryAt?: number | null;
  /** The number that was tried. */
  phone: string;
  /** Earlier attempts at this lead, for rules that look for a better time. */
  history?: readonly PastAttempt[];
  /** A random number, 0 to 1; see `RetryTiming.spread`. Default 0. */
  spread?: number;
}

/** How often each outcome came, and each disposition that has a rule of its own was chosen. */
export type Tries = Partial<Record<Outcome | `disposition-${number}`, number>>;

export interface LeadBefore extends LeadNumbers {
  attempts: number;
  tries: Tries;
  timeZone: string;
  memory: PhoneMemory;
}

export interface StepRules {
  retries: RetryRules;
  limits: AttemptLimits;
  /** null: around the clock. */
  hours: WeekHours | null;
  phoneOrder: readonly PhoneKind[];
  curve: AnswerCurve;
}

/** What else happens to a lead whose tries are used up. `until` in ms. */
export type Exhausted = { to: "list"; listId: number } | { to: "lock"; until: number };

export interface NextStep {
  status: "ready" | "callback" | "done";
  /** Why it is done: `disposition`, `do-not-call`, `attempts`, `tries`, or the outcome itself. */
  reason: string | null;
  /** For `ready`: from when on it may be dialled (ms). */
  dueAt: number | null;
  attempts: number;
  tries: Tries;
  /** The number to dial next. */
  nextPhone: string;
  givenUp: string[];
  memory: PhoneMemory;
  /** The next try is to show another number of ours. */
  otherCallerId: boolean;
  exhausted: Exhausted | null;
}

/** Nothing the person did: without a rule of its own such an attempt is made again. */
const ours = new Set<Outcome>(["cancelled", "agent-lost", "crashed", "failed", "abandoned"]);
/** Nobody was reached and nobody's phone rang: an outage of a day must not use a list up. */
const carriersFault = new Set<Outcome>(["congestion", "trunk-failed"]);
/** The delay doubles with each fault, so often at most: five minutes become five hours. */
const faultDoublings = 6;
/** So often only a number fails that no route leads to. */
const mostFaults = 30;
const givenUpDelayMs = 10 * 60_000;
/** This number never reaches the person. */
const deadNumber = new Set<Outcome>(["invalid-number", "fax"]);
/** This number does not reach the person for days: another one is tried first, each once. */
const elsewhere = new Set<Outcome>(["suspended", "call-barred", "blocked"]);
/** They tell of the number: it is given up when they have come more often in a row than the rule tries. */
const ofNumber = new Set<Outcome>([...elsewhere, "powered-off"]);
const oursDelayMs = 5 * 60_000;
const dayMs = 24 * 3_600_000;
/** For the disposition `retry` when the outcome has no rule. */
const asked: RetryRule = { delayMs: 60 * 60_000, tries: 1 };

function isGivenUp(outcome: Outcome, inRow: number, rule: RetryRule | undefined): boolean {
  if (deadNumber.has(outcome)) return true;
  return ofNumber.has(outcome) && !rule?.untilReached && inRow > (rule?.tries ?? 0);
}

export function nextStep(lead: LeadBefore, attempt: Attempt, rules: StepRules): NextStep {
  const { outcome, at, phone } = attempt;
  const own = attempt.effect === "retry" ? attempt.own : null;
  const rule = own?.rule ?? rules.retries[outcome];
  const counts = attempt.dialled && outcome !== "given-up" && !carriersFault.has(outcome);
  const attempts = lead.attempts + (counts ? 1 : 0);
  const counted = own ? (`disposition-${own.dispositionId}` as const) : outcome;
  const made = (lead.tries[counted] ?? 0) + 1;
  const known = lead.phones.includes(phone);
  const inMemory = remember(lead.memory[phone], outcome, at);
  const memory = known && counts ? { ...lead.memory, [phone]: inMemory } : lead.memory;
  const lost = known && isGivenUp(outcome, inMemory.inRow, rule);
  const givenUp = [...new Set([...lead.givenUp, ...(lost ? [phone] : [])])];
  const other = numberAfter(phone, { ...lead, givenUp }, rules.phoneOrder);
  const stays = rule?.number === "same" && known && !givenUp.includes(phone);
  const nextPhone = stays ? phone : (other ?? lead.phones[0]!);
  const kept = {
    attempts,
    tries: { ...lead.tries, [counted]: made },
    givenUp,
    memory,
    nextPhone,
    otherCallerId: rule?.otherCallerId ?? false,
    exhausted: null,
  };

  const done = (reason: string): NextStep => ({ ...kept, status: "done", reason, dueAt: null });
  const ready = (dueAt: number): NextStep =>
    attempts >= rules.limits.perLead && !rule?.untilReached
      ? usedUp("attempts")
      : { ...kept, status: "ready", reason: null, dueAt };
  /** No more tries: as the rule says, done, on another list, or at rest until the lock ends. */
  function usedUp(reason: string): NextStep {
    const listId = rule?.listId ?? null;
    if (rule?.usedUp === "list" && listId !== null)
      return { ...done(reason), exhausted: { to: "list", listId } };
    if (rule?.usedUp !== "lock") return done(reason);
    const until = at + (rule.lockDays ?? 1) * dayMs;
    const exhausted = { to: "lock", until } as const;
    if (attempts >= rules.limits.perLead || other === null) return { ...done(reason), exhausted };
    return {
      ...kept,
      status: "ready",
      reason: null,
      dueAt: until,
      tries: { ...lead.tries, [counted]: 0 },
      exhausted,
    };
  }
  const byRule = (chosen: RetryRule): NextStep =>
    ready(
      retryAt(chosen, {
        at,
        timeZone: lead.timeZone,
        hours: rules.hours,
        kind: lead.kinds[lead.phones.indexOf(nextPhone)] ?? "other",
        history: [...(attempt.history ?? []), { at, answered: outcome === "connected" }],
        curve: rules.curve,
        spread: attempt.spread ?? 0,
      }),
    );

  if (attempt.effect === "callback")
    return { ...kept, nextPhone: phone, status: "callback", reason: null, dueAt: null };
  if (attempt.effect === "do-not-call") return done("do-not-call");
  if (attempt.effect === "done") return done("disposition");
  if (own && made > own.rule.tries && !own.rule.untilReached) return usedUp("tries");
  if (attempt.effect === "retry") return byRule(rule ?? asked);
  if (outcome === "refused") {
    if (attempt.retryAt === null || attempt.retryAt === undefined) return done("refused");
    const same = known ? phone : nextPhone;
    return { ...kept, nextPhone: same, status: "ready", reason: null, dueAt: attempt.retryAt };
  }
  if (outcome === "given-up") {
    const dueAt = at + (rule?.delayMs ?? givenUpDelayMs);
    const same = known ? phone : nextPhone;
    return { ...kept, tries: lead.tries, nextPhone: same, status: "ready", reason: null, dueAt };
  }
  if (carriersFault.has(outcome)) {
    if (made >= mostFaults) return usedUp("tries");
    return ready(at + (rule?.delayMs ?? oursDelayMs) * 2 ** Math.min(made - 1, faultDoublings));
  }
  if (lost) return other === null ? usedUp(outcome) : ready(at);
  if (elsewhere.has(outcome) && other !== null && other !== phone && made < lead.phones.length)
    return ready(at);
  if (rule) return made > rule.tries && !rule.untilReached ? usedUp("tries") : byRule(rule);
  if (ours.has(outcome)) return ready(at + oursDelayMs);
  return done(outcome);
}
