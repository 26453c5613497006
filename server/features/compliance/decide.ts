import type { CallOrigin } from "../../../shared/calls.ts";
import type { AttemptLimits, WeekHours } from "../../../shared/campaigns.ts";
import type { RulePack, RuleSet } from "../../../shared/rule-packs.ts";
import type { Tx } from "../../kernel/db.ts";
import { placeOf } from "../../kernel/phone-number.ts";
import { defaultCompliance, saidBy, type StoredCompliance } from "./campaign-compliance.ts";
import type { DialFacts, LegalFacts } from "./facts.ts";
import { mayDial } from "./may-dial.ts";
import type { DecisionRow } from "./queries.ts";
import {
  type Ground,
  groundOf,
  lockNumbers,
  type NumberFacts,
  numberFacts,
  type PersonFacts,
} from "./queries-facts.ts";
import { type RegisterInForce, registerFacts } from "./registers/queries.ts";
import { builtInPacks, packsOf, rulesOf } from "./rules/rule-packs.ts";
import { aroundTheClock } from "../../../shared/week.ts";

/** A call that is about to be placed. */
export interface Candidate {
  callId: string;
  origin: CallOrigin;
  phone: string;
  timeZone: string;
  campaignId: number | null;
  leadId: number | null;
  customerId: number | null;
  leadAttempts: number;
  /** An agent is there for this call and no other. */
  agentGuaranteed: boolean;
  /** Of the campaign; null: a call outside of any, in the company's hours for those and under `manualLimits`. */
  rules: { hours: WeekHours; limits: AttemptLimits } | null;
  /** Outside of any campaign, the called person has asked for it at any hour. */
  atAnyHour?: boolean;
}

/** For calls outside of any campaign: no limit that a person at work would meet. */
const manualLimits: AttemptLimits = { perLead: 100, perNumberPerDay: 10, minGapMs: 0 };
/** A call that a person dials outside of any campaign serves a customer; to sell, they dial in a campaign. */
const withoutCampaign: StoredCompliance = { ...defaultCompliance, purpose: "service" };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A candidate with the rules it is under. */
interface Judged {
  candidate: Candidate;
  person: PersonFacts;
  said: StoredCompliance;
  legal: Pick<LegalFacts, "packs" | "country" | "timeZones">;
  rules: RuleSet;
}

/** How far back this call's history matters. */
function horizonMs({ candidate, rules }: Judged, lockHours: number): number {
  const gapMs = (candidate.rules?.limits ?? manualLimits).minGapMs;
  const hours = [
    ...rules.attempts.map((rule) => rule.windowHours),
    ...rules.locks.map((rule) => rule.hours),
    lockHours,
  ];
  return Math.max(dayMs, gapMs, ...hours.map((n) => n * hourMs));
}

/** What is known of the numbers, by number. */
interface Known {
  numbers: Map<string, NumberFacts>;
  registers: readonly RegisterInForce[];
  /** Of calls outside of any campaign. */
  manualHours: WeekHours;
}

function legalFacts(judged: Judged, { numbers, registers }: Known, at: number): LegalFacts {
  const { candidate, person, said, legal, rules } = judged;
  const windowMs = Math.max(dayMs, ...rules.attempts.map((rule) => rule.windowHours * hourMs));
  const past = person.phones.flatMap((phone) =>
    (numbers.get(phone)?.calls ?? []).map((call) => ({ ...call, sameNumber: phone === candidate.phone })),
  );
  const campaignId = candidate.campaignId;
  return {
    ...legal,
    kind: candidate.origin === "agentless" ? "recorded-message" : said.callKind,
    purpose: said.purpose,
    agentGuaranteed: candidate.agentGuaranteed,
    personNumbers: person.phones.length,
    perPersonPerDay: said.perPersonPerDay,
    attempts: past
      .flatMap(({ dialledAt, sameNumber, campaignId: of }) =>
        dialledAt === null || dialledAt <= at - windowMs
          ? []
          : [{ at: dialledAt, sameNumber, sameCampaign: of !== null && of === campaignId }],
      )
      .sort((a, b) => b.at - a.at),
    locks: past.flatMap(({ lock }) => {
      if (!lock || (lock.campaignId !== null && lock.campaignId !== campaignId)) return [];
      const { campaignId: _, ...fact } = lock;
      return [fact];
    }),
    consents: numbers.get(candidate.phone)?.consents ?? [],
    consentBasis: said.basis,
    registers: registerFacts(registers, numbers.get(candidate.phone)?.listed ?? [], at)
      .filter((register) => register.campaignId === null || register.campaignId === campaignId)
      .map((register) => register.fact),
  };
}

function factsOf(judged: Judged, known: Known, at: number): DialFacts {
  const { candidate } = judged;
  const limits = candidate.rules?.limits ?? manualLimits;
  const hours = candidate.rules?.hours ?? (candidate.atAnyHour ? aroundTheClock : known.manualHours);
  const number = known.numbers.get(candidate.phone)!;
  const gapMs = Math.max(dayMs, limits.minGapMs);
  return {
    at,
    origin: candidate.origin,
    phone: candidate.phone,
    timeZone: candidate.timeZone,
    hours,
    limits,
    doNotCall: number.doNotCall
      .filter((entry) => entry.campaignId === null || entry.campaignId === candidate.campaignId)
      .map(({ scope, source, reason, expiresAt }) => ({ scope, source, reason, expiresAt })),
    leadAttempts: candidate.leadAttempts,
    numberAttempts: number.calls.flatMap(({ dialledAt }) =>
      dialledAt !== null && dialledAt > at - gapMs ? [dialledAt] : [],
    ),
    openCalls: number.calls.filter((call) => call.open).length,
    legal: legalFacts(judged, known, at),
  };
}

/** Who is called, under which rules. */
function judge(
  candidates: readonly Candidate[],
  { persons, rulePack, campaigns }: Ground,
  packs: readonly RulePack[],
  at: number,
): Judged[] {
  const compliance = saidBy(campaigns);
  return candidates.map((candidate, i) => {
    const { campaignId, phone, timeZone } = candidate;
    const person = persons[i]!;
    const said = campaignId === null ? withoutCampaign : (compliance.get(campaignId) ?? defaultCompliance);
    const { country, timeZones } = placeOf(phone);
    const place = { phone, country, places: person.places };
    const refs = packsOf(packs, said.rulePack ?? rulePack, place, at);
    const zones = [timeZone, ...(person.timeZone ? [person.timeZone] : []), ...timeZones];
    return {
      candidate,
      person,
      said,
      legal: { packs: refs, country, timeZones: [...new Set(zones)] },
      rules: rulesOf(packs, refs),
    };
  });
}

/**
 * The gate's answer for each candidate, one number after the other, so that the second of two calls to one person
 * knows of the first. Holds the person's numbers until the transaction ends; store what it says with
 * `insertDecisions` once the calls stand in the database. `dry`: what it would say of each alone, holding nothing.
 */
export async function decideCalls(
  tx: Tx,
  candidates: readonly Candidate[],
  at: number,
  { dry = false } = {},
): Promise<DecisionRow[]> {
  if (candidates.length === 0) return [];
  const ground = await groundOf(tx, candidates);
  const packs = [...builtInPacks, ...ground.ownPacks];
  const judged = judge(candidates, ground, packs, at);
  const phones = [...new Set(judged.flatMap(({ person }) => person.phones))];
  const since = new Date(at - Math.max(...judged.map((one) => horizonMs(one, ground.longestLockHours))));
  if (!dry) await lockNumbers(tx, phones);
  const { registers, manualHours } = ground;
  const numbers = await numberFacts(tx, phones, { since, registers });
  const known: Known = { numbers, registers, manualHours };
  return judged.map((one) => {
    const { callId, phone, campaignId } = one.candidate;
    const facts = factsOf(one, known, at);
    const decision = mayDial(facts, packs);
    if (decision.allowed && !dry)
      known.numbers.get(phone)!.calls.unshift({ dialledAt: at, open: true, campaignId, lock: null });
    return { callId, facts, decision };
  });
}
