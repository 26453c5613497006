/** The rules of a call's packs, and the registers. Pure: facts in, verdicts out. */
import type { RuleSet } from "../../../shared/rule-packs.ts";
import type { ConsentFact, DialFacts, LegalFacts, RegisterFact, Verdict } from "./facts.ts";
import { inWindow, localTime } from "./own-rules.ts";
import { isOpenAt, type OpenRule } from "./rules/opening.ts";
import { holidayOn } from "./rules/holidays.ts";
import { wallClock } from "../../../shared/hours.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A call with its facts of law and the rules it is under. */
export interface Case {
  facts: DialFacts;
  legal: LegalFacts;
  rules: RuleSet;
}

/** The person's own consent to this kind of call for this purpose, in force at that moment. */
export function consentIn({ facts, legal }: Case, form: ConsentFact["form"]): ConsentFact | undefined {
  return legal.consents.find(
    (consent) =>
      consent.givenAt <= facts.at &&
      (consent.expiresAt === null || consent.expiresAt > facts.at) &&
      (consent.withdrawnAt === null || consent.withdrawnAt > facts.at) &&
      (consent.kinds.length === 0 || consent.kinds.includes(legal.kind)) &&
      (consent.purposes.length === 0 || consent.purposes.includes(legal.purpose)) &&
      (form === "express" || consent.form === "written"),
  );
}

/** A withdrawal after the last consent speaks against what the company says of everybody. */
function hasWithdrawn({ facts, legal }: Case): boolean {
  return legal.consents.some((consent) => consent.withdrawnAt !== null && consent.withdrawnAt <= facts.at);
}

const hasBasis = (call: Case) => call.legal.consentBasis !== null && !hasWithdrawn(call);

/** The hours of the packs that bind this call, in every zone. */
export function legalHours(call: Case): (OpenRule & { source: string })[] {
  const { legal, rules } = call;
  const binding = rules.hours.filter(
    (rule) =>
      rule.purposes.includes(legal.purpose) &&
      !(rule.unlessConsent && consentIn(call, "express") !== undefined),
  );
  return binding.flatMap(({ week, closedOn, source }) =>
    legal.timeZones.map((timeZone) => ({ week, closedOn, timeZone, source })),
  );
}

export function legalHoursVerdict(call: Case): Verdict[] {
  const { facts } = call;
  const bound = legalHours(call);
  const rule = bound.find((open) => !isOpenAt(open, facts.at)) ?? bound[0];
  if (!rule) return [];
  const shown = localTime(facts.at, rule.timeZone);
  const holiday = rule.closedOn && holidayOn(rule.closedOn, wallClock(facts.at, rule.timeZone).date);
  return [
    {
      rule: "legal-hours",
      allowed: isOpenAt(rule, facts.at),
      detail: { ...shown, open: rule.week[shown.weekday] ?? [], holiday, law: rule.source },
      // Moved into opening hours with everything else.
      retryAt: facts.at,
    },
  ];
}

export function legalAttempts({ facts, legal, rules }: Case): Verdict[] {
  return rules.attempts
    .filter((rule) => rule.purposes.includes(legal.purpose))
    .map((rule) => {
      const counted = legal.attempts.filter(
        (attempt) =>
          (rule.of === "person" || attempt.sameNumber) && (!rule.sameCampaign || attempt.sameCampaign),
      );
      const { max: limit, windowHours, source: law, of } = rule;
      const times = counted.map((attempt) => attempt.at);
      const { attempts, allowed, retryAt } = inWindow(times, facts.at, limit, windowHours * hourMs);
      return {
        rule: "legal-attempts" as const,
        allowed,
        detail: { attempts, limit, windowHours, of, law },
        retryAt,
      };
    });
}

/** Numbers that rest. `asked`: somebody asked for the call, so only a complaint holds it. */
export function lockOut({ facts, legal, rules }: Case, asked: boolean): Verdict {
  const own = legal.locks.flatMap((lock) => {
    const held = lock.until !== null && lock.until > facts.at && (!asked || lock.after === "complaint");
    return held ? [{ ...lock, end: lock.until!, law: null }] : [];
  });
  const lawful = legal.locks.flatMap((lock) =>
    rules.locks
      .filter((rule) => rule.after === lock.after && rule.purposes.includes(legal.purpose))
      .filter((rule) => !(rule.unlessAgent && legal.agentGuaranteed))
      .filter(() => !asked || lock.after === "complaint")
      .map((rule) => ({ ...lock, end: lock.at + rule.hours * hourMs, law: rule.source }))
      .filter(({ end }) => end > facts.at),
  );
  const [last] = [...own, ...lawful].sort((a, b) => b.end - a.end);
  if (!last) return { rule: "lock-out", allowed: true, detail: {} };
  const { after, at, end, law, disposition } = last;
  const detail = { after, lockedAt: at, lockedUntil: end, disposition, law };
  return { rule: "lock-out", allowed: false, detail, retryAt: end };
}

export function consent(call: Case): Verdict[] {
  const { legal, rules } = call;
  const asked = rules.consent.filter(
    (rule) => rule.kinds.includes(legal.kind) && rule.purposes.includes(legal.purpose),
  );
  if (asked.length === 0) return [];
  const form = asked.some((rule) => rule.form === "written") ? "written" : "express";
  const given = consentIn(call, form);
  const law = asked.map((rule) => rule.source);
  const detail: Record<string, unknown> = {
    form,
    callKind: legal.kind,
    purpose: legal.purpose,
    law,
  };
  if (given)
    Object.assign(detail, { consentId: given.id, consentSource: given.source, givenAt: given.givenAt });
  else if (hasBasis(call)) Object.assign(detail, { basis: legal.consentBasis!.text });
  return [{ rule: "consent", allowed: given !== undefined || hasBasis(call), detail, retryAt: null }];
}

const binds = (register: RegisterFact, at: number) =>
  register.expiresAt === null || register.expiresAt > at ? register.listed : null;

/** The company's own registers hold for every call; a copy of a public one where a pack asks for it. */
export function ownRegisters({ facts, legal }: Case): Verdict[] {
  const own = legal.registers.filter((register) => register.key === null);
  if (own.length === 0) return [];
  const refusing = own.find((register) => {
    const listed = binds(register, facts.at);
    return listed === true || (listed === null && register.whenUnknown === "refuse");
  });
  const detail = refusing
    ? { register: refusing.name, listed: binds(refusing, facts.at) ?? "unknown", asOfAt: refusing.asOf }
    : { register: own.map((register) => register.name) };
  const isListed = refusing && binds(refusing, facts.at) === true;
  // A service that does not answer is asked again in a minute; who is listed, not before the register ends.
  const retryAt = isListed ? refusing.expiresAt : facts.at + 60_000;
  return [{ rule: "register", allowed: refusing === undefined, detail, retryAt }];
}

export function publicRegisters(call: Case): Verdict[] {
  const { facts, legal, rules } = call;
  return rules.registers
    .filter((rule) => rule.purposes.includes(legal.purpose))
    .map(({ key, maxAgeDays, source: law }) => {
      const fresh = legal.registers.find(
        (register) =>
          register.key === key &&
          register.asOf !== null &&
          register.asOf > facts.at - maxAgeDays * dayMs &&
          binds(register, facts.at) !== null,
      );
      const lifted = consentIn(call, "express") !== undefined || hasBasis(call);
      const allowed = lifted || fresh?.listed === false;
      const listed = fresh ? fresh.listed : "not-checked";
      const detail = { key, listed, asOfAt: fresh?.asOf ?? null, lifted, maxAgeDays, law };
      return { rule: "public-register" as const, allowed, detail, retryAt: fresh ? null : facts.at + hourMs };
    });
}
