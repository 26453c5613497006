/**
 * The compliance gate as a pure rule: facts in, decision out. What it looked at is stored with the answer, so
 * that any decision can be replayed (`mayDial(facts)` again) years later under the same `rulesVersion`.
 */
import type { AttemptLimits, WeekHours } from "../../../shared/campaigns.ts";
import type { CallOrigin } from "../../../shared/calls.ts";
import { isOpen, nextOpening, wallClock } from "../../../shared/hours.ts";

/** Changes with every change of the rules below. */
export const rulesVersion = "2026.1";

const dayMs = 24 * 3_600_000;

export interface DoNotCallFact {
  scope: "global" | "campaign";
  source: string;
  reason: string;
  /** ms since the epoch; null for ever. */
  expiresAt: number | null;
}

/** All times in ms since the epoch. JSON as it stands in `decisions.facts`. */
export interface DialFacts {
  at: number;
  origin: CallOrigin;
  phone: string;
  /** The called person's IANA zone. */
  timeZone: string;
  hours: WeekHours;
  limits: AttemptLimits;
  doNotCall: DoNotCallFact[];
  leadAttempts: number;
  /** Earlier attempts to this number, newest first, over the longer of a day and the minimum gap. */
  numberAttempts: number[];
  /** A call with this number is under way. */
  openCalls: number;
}

export type DialRule =
  | "do-not-call"
  | "hours"
  | "open-call"
  | "attempts-per-lead"
  | "attempts-per-number-per-day"
  | "min-gap";

export interface Reason {
  rule: DialRule;
  allowed: boolean;
  detail: Record<string, unknown>;
}

export interface Decision {
  allowed: boolean;
  /** Every rule, in order, refusals and permissions alike. */
  reasons: Reason[];
  rulesVersion: string;
  /** When a refused lead may be tried again; null: never by itself. */
  retryAt: number | null;
}

interface Verdict extends Reason {
  retryAt?: number | null;
}

function doNotCall(facts: DialFacts): Verdict {
  const entry = facts.doNotCall.find((e) => e.expiresAt === null || e.expiresAt > facts.at);
  if (!entry) return { rule: "do-not-call", allowed: true, detail: {} };
  return { rule: "do-not-call", allowed: false, detail: { ...entry }, retryAt: entry.expiresAt };
}

function hours(facts: DialFacts): Verdict {
  const { weekday, minute } = wallClock(facts.at, facts.timeZone);
  const local = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return {
    rule: "hours",
    allowed: isOpen(facts.hours, facts.at, facts.timeZone),
    detail: { timeZone: facts.timeZone, weekday, local, open: facts.hours[weekday] ?? [] },
    retryAt: nextOpening(facts.hours, facts.at, facts.timeZone),
  };
}

function openCall(facts: DialFacts): Verdict {
  return {
    rule: "open-call",
    allowed: facts.openCalls === 0,
    detail: { open: facts.openCalls },
    retryAt: facts.at + 15 * 60_000,
  };
}

function perLead(facts: DialFacts): Verdict {
  const limit = facts.limits.perLead;
  return {
    rule: "attempts-per-lead",
    allowed: facts.leadAttempts < limit,
    detail: { attempts: facts.leadAttempts, limit },
    retryAt: null,
  };
}

function perNumber(facts: DialFacts): Verdict {
  const limit = facts.limits.perNumberPerDay;
  const recent = facts.numberAttempts.filter((at) => at > facts.at - dayMs);
  return {
    rule: "attempts-per-number-per-day",
    allowed: recent.length < limit,
    detail: { attempts: recent.length, limit },
    // Free again when the oldest of the newest `limit` attempts is a day old.
    retryAt: (recent[limit - 1] ?? facts.at) + dayMs,
  };
}

function minGap(facts: DialFacts): Verdict {
  const last = facts.numberAttempts[0];
  const gapMs = facts.limits.minGapMs;
  return {
    rule: "min-gap",
    allowed: last === undefined || facts.at - last >= gapMs,
    detail: { gapMs, sinceLastMs: last === undefined ? null : facts.at - last },
    retryAt: (last ?? facts.at) + gapMs,
  };
}

/**
 * Somebody asked for this call, the person called or the customer who is put through: limits on how often we may
 * try do not apply, hours and do-not-call do.
 */
const asked = new Set<CallOrigin>(["callback", "transfer"]);

/**
 * May this number be dialled at `facts.at`? All rules are asked, so that a refusal names every reason.
 * A lead's next try is the latest of the refusing rules' times, moved into opening hours.
 */
export function mayDial(facts: DialFacts): Decision {
  const always = [doNotCall(facts), hours(facts), openCall(facts)];
  const limits = asked.has(facts.origin) ? [] : [perLead(facts), perNumber(facts), minGap(facts)];
  const verdicts = [...always, ...limits];
  const refusals = verdicts.filter((v) => !v.allowed);
  const times = refusals.map((v) => v.retryAt ?? null);
  const latest = times.includes(null) ? null : Math.max(...(times as number[]));
  return {
    allowed: refusals.length === 0,
    reasons: verdicts.map(({ rule, allowed, detail }) => ({ rule, allowed, detail })),
    rulesVersion,
    retryAt:
      refusals.length === 0 || latest === null ? null : nextOpening(facts.hours, latest, facts.timeZone),
  };
}
