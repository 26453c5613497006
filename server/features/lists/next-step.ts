/**
 * What becomes of a lead after an attempt. Pure: the disposition an agent chose speaks first, then the retry rule
 * of the outcome, then the limits.
 *
 *   claimed --- disposition `callback` ----------------------------> callback
 *      |------- disposition `done`, `do-not-call` -----------------> done
 *      |------- `retry`, or a rule with tries left ----------------> ready, due after the rule's delay
 *      |------- the number is invalid or a fax, another is known --> ready at once, with that number
 *      |------- it is suspended or barred, not so before ----------> ready at once, with another number
 *      |------- we gave it up while it rang ----------------------> ready soon; nothing counted
 *      |------- the carrier's fault ------------------------------> ready, ever later; no attempt counted
 *      '------- no rule, no tries left, attempts used up ----------> done
 */
import type { Outcome } from "../../../shared/calls.ts";
import type { AttemptLimits, DispositionEffect, RetryRules } from "../../../shared/campaigns.ts";

export interface Attempt {
  /** Now, ms since the epoch. */
  at: number;
  outcome: Outcome;
  /** Of the disposition the agent chose; null: none. */
  effect: DispositionEffect | null;
  /** It reached the switch: only such attempts count. */
  dialled: boolean;
  /** When the gate refused: from when it would allow (ms); null: never. */
  retryAt?: number | null;
  /** The number that was tried. */
  phone: string;
}

export interface LeadBefore {
  /** The lead's numbers in order. */
  phones: readonly string[];
  invalidPhones: readonly string[];
  attempts: number;
  tries: Partial<Record<Outcome, number>>;
}

export interface NextStep {
  status: "ready" | "callback" | "done";
  /** Why it is done: `disposition`, `do-not-call`, `attempts`, `tries`, or the outcome itself. */
  reason: string | null;
  /** For `ready`: from when on it may be dialled (ms). */
  dueAt: number | null;
  attempts: number;
  tries: Partial<Record<Outcome, number>>;
  /** The number to dial next. */
  nextPhone: string;
  invalidPhones: string[];
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
const oursDelayMs = 5 * 60_000;
/** For the disposition `retry` when the outcome has no rule. */
const askedDelayMs = 60 * 60_000;

/** The number after `phone`, round and round, that is not known to be invalid; null when all are. */
function numberAfter(phone: string, phones: readonly string[], invalid: readonly string[]): string | null {
  const from = phones.indexOf(phone) + 1;
  const round = [...phones.slice(from), ...phones.slice(0, from)];
  return round.find((candidate) => !invalid.includes(candidate)) ?? null;
}

export function nextStep(
  lead: LeadBefore,
  attempt: Attempt,
  retries: RetryRules,
  limits: AttemptLimits,
): NextStep {
  const { outcome, at } = attempt;
  const counts = attempt.dialled && outcome !== "given-up" && !carriersFault.has(outcome);
  const attempts = lead.attempts + (counts ? 1 : 0);
  const made = (lead.tries[outcome] ?? 0) + 1;
  const tries = { ...lead.tries, [outcome]: made };
  const isDead = deadNumber.has(outcome);
  const isInvalid = isDead && !lead.invalidPhones.includes(attempt.phone);
  const invalidPhones = [...lead.invalidPhones, ...(isInvalid ? [attempt.phone] : [])];
  const other = numberAfter(attempt.phone, lead.phones, invalidPhones);
  const kept = { attempts, tries, invalidPhones, nextPhone: other ?? lead.phones[0]! };

  const done = (reason: string): NextStep => ({ ...kept, status: "done", reason, dueAt: null });
  const ready = (delayMs: number): NextStep =>
    attempts >= limits.perLead
      ? done("attempts")
      : { ...kept, status: "ready", reason: null, dueAt: at + delayMs };

  if (attempt.effect === "callback")
    return { ...kept, nextPhone: attempt.phone, status: "callback", reason: null, dueAt: null };
  if (attempt.effect === "do-not-call") return done("do-not-call");
  if (attempt.effect === "done") return done("disposition");
  const rule = retries[outcome];
  if (attempt.effect === "retry") return ready(rule?.delayMs ?? askedDelayMs);
  if (outcome === "refused") {
    if (attempt.retryAt === null || attempt.retryAt === undefined) return done("refused");
    return { ...kept, nextPhone: attempt.phone, status: "ready", reason: null, dueAt: attempt.retryAt };
  }
  if (outcome === "given-up") {
    const dueAt = at + (rule?.delayMs ?? givenUpDelayMs);
    return { ...kept, tries: lead.tries, nextPhone: attempt.phone, status: "ready", reason: null, dueAt };
  }
  if (carriersFault.has(outcome)) {
    if (made >= mostFaults) return done("tries");
    return ready((rule?.delayMs ?? oursDelayMs) * 2 ** Math.min(made - 1, faultDoublings));
  }
  if (isDead) return other === null ? done(outcome) : ready(0);
  if (elsewhere.has(outcome) && other !== null && other !== attempt.phone && made < lead.phones.length)
    return ready(0);
  if (rule) return made > rule.tries ? done("tries") : ready(rule.delayMs);
  if (ours.has(outcome)) return ready(oursDelayMs);
  return done(outcome);
}
