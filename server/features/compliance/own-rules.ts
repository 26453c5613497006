/** The company's rules: its lists, the campaign's hours and limits. Pure: facts in, verdict out. */
import { wallClock } from "../../../shared/hours.ts";
import type { DialFacts, Verdict } from "./facts.ts";
import { allOpenFrom, isOpenAt } from "./rules/opening.ts";

const dayMs = 24 * 3_600_000;

const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The zones that count; of an old decision, the lead's. */
export const zonesOf = (facts: DialFacts): string[] => facts.legal?.timeZones ?? [facts.timeZone];

export const campaignHours = (facts: DialFacts) =>
  zonesOf(facts).map((timeZone) => ({ week: facts.hours, closedOn: null, timeZone }));

/** The local time there, for a reason's detail. */
export function localTime(at: number, timeZone: string) {
  const { weekday, minute } = wallClock(at, timeZone);
  return { timeZone, weekday, local: clockText(minute) };
}

export function doNotCall(facts: DialFacts): Verdict {
  const entry = facts.doNotCall.find((e) => e.expiresAt === null || e.expiresAt > facts.at);
  if (!entry) return { rule: "do-not-call", allowed: true, detail: {} };
  return { rule: "do-not-call", allowed: false, detail: { ...entry }, retryAt: entry.expiresAt };
}

export function hours(facts: DialFacts): Verdict {
  const rules = campaignHours(facts);
  const shut = rules.find((rule) => !isOpenAt(rule, facts.at));
  const shown = localTime(facts.at, (shut ?? rules[0])?.timeZone ?? facts.timeZone);
  return {
    rule: "hours",
    allowed: shut === undefined,
    detail: { ...shown, open: facts.hours[shown.weekday] ?? [] },
    retryAt: allOpenFrom(rules, facts.at),
  };
}

export function openCall(facts: DialFacts): Verdict {
  return {
    rule: "open-call",
    allowed: facts.openCalls === 0,
    detail: { open: facts.openCalls },
    retryAt: facts.at + 15 * 60_000,
  };
}

export function perLead(facts: DialFacts): Verdict {
  const limit = facts.limits.perLead;
  return {
    rule: "attempts-per-lead",
    allowed: facts.leadAttempts < limit,
    detail: { attempts: facts.leadAttempts, limit },
    retryAt: null,
  };
}

/** Fewer than `limit` in the window? Free again when the oldest of the newest `limit` attempts leaves it. */
export function inWindow(times: readonly number[], at: number, limit: number, windowMs: number) {
  const recent = times.filter((time) => time > at - windowMs);
  return {
    attempts: recent.length,
    allowed: recent.length < limit,
    retryAt: (recent[limit - 1] ?? at) + windowMs,
  };
}

export function perNumber(facts: DialFacts): Verdict {
  const limit = facts.limits.perNumberPerDay;
  const { attempts, allowed, retryAt } = inWindow(facts.numberAttempts, facts.at, limit, dayMs);
  return { rule: "attempts-per-number-per-day", allowed, detail: { attempts, limit }, retryAt };
}

export function perPerson(facts: DialFacts): Verdict[] {
  const limit = facts.legal?.perPersonPerDay ?? null;
  if (!facts.legal || limit === null) return [];
  const times = facts.legal.attempts.map((attempt) => attempt.at);
  const { attempts, allowed, retryAt } = inWindow(times, facts.at, limit, dayMs);
  const detail = { attempts, limit, personNumbers: facts.legal.personNumbers };
  return [{ rule: "attempts-per-person-per-day", allowed, detail, retryAt }];
}

export function minGap(facts: DialFacts): Verdict {
  const last = facts.numberAttempts[0];
  const gapMs = facts.limits.minGapMs;
  return {
    rule: "min-gap",
    allowed: last === undefined || facts.at - last >= gapMs,
    detail: { gapMs, sinceLastMs: last === undefined ? null : facts.at - last },
    retryAt: (last ?? facts.at) + gapMs,
  };
}
