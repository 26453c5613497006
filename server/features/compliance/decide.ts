import type { CallOrigin } from "../../../shared/calls.ts";
import type { AttemptLimits, WeekHours } from "../../../shared/campaigns.ts";
import type { Tx } from "../../kernel/db.ts";
import { type DialFacts, mayDial } from "./may-dial.ts";
import { type DecisionRow, lockNumbers, type NumberFacts, numberFacts } from "./queries.ts";

/** A call that is about to be placed. */
export interface Candidate {
  callId: string;
  origin: CallOrigin;
  phone: string;
  timeZone: string;
  campaignId: number | null;
  leadAttempts: number;
  /** Of the campaign; null: a call outside of any, under `companyRules`. */
  rules: { hours: WeekHours; limits: AttemptLimits } | null;
}

const daily: [string, string][] = [["08:00", "21:00"]];

/** For calls outside of any campaign: daytime of the called person, and no limit a person at work would meet. */
export const companyRules: { hours: WeekHours; limits: AttemptLimits } = {
  hours: {
    monday: daily,
    tuesday: daily,
    wednesday: daily,
    thursday: daily,
    friday: daily,
    saturday: daily,
    sunday: daily,
  },
  limits: { perLead: 100, perNumberPerDay: 10, minGapMs: 0 },
};

const dayMs = 24 * 3_600_000;

function factsOf(candidate: Candidate, known: NumberFacts, at: number): DialFacts {
  const { hours, limits } = candidate.rules ?? companyRules;
  return {
    at,
    origin: candidate.origin,
    phone: candidate.phone,
    timeZone: candidate.timeZone,
    hours,
    limits,
    doNotCall: known.doNotCall
      .filter((entry) => entry.campaignId === null || entry.campaignId === candidate.campaignId)
      .map(({ scope, source, reason, expiresAt }) => ({ scope, source, reason, expiresAt })),
    leadAttempts: candidate.leadAttempts,
    numberAttempts: [...known.attempts],
    openCalls: known.openCalls,
  };
}

/**
 * The gate's answer for each candidate, one number after the other, so that the second of two calls to one number
 * knows of the first. Holds the numbers until the transaction ends; store what it says with `insertDecisions`
 * once the calls stand in the database.
 */
export async function decideCalls(
  tx: Tx,
  candidates: readonly Candidate[],
  at: number,
): Promise<DecisionRow[]> {
  if (candidates.length === 0) return [];
  const phones = [...new Set(candidates.map((candidate) => candidate.phone))];
  const longestGapMs = Math.max(dayMs, ...candidates.map((c) => (c.rules ?? companyRules).limits.minGapMs));
  await lockNumbers(tx, phones);
  const known = await numberFacts(tx, phones, new Date(at - longestGapMs));
  return candidates.map((candidate) => {
    const number = known.get(candidate.phone)!;
    const facts = factsOf(candidate, number, at);
    const decision = mayDial(facts);
    if (decision.allowed) {
      number.attempts.unshift(at);
      number.openCalls++;
    }
    return { callId: candidate.callId, facts, decision };
  });
}
