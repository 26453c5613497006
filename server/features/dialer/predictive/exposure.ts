import type { AnswerHazards } from "./answer-hazards.ts";
import { ages } from "./incidence.ts";
import type { LeadFeatures, LeadOdds } from "./lead-odds.ts";

export interface PacedCall {
  id: string;
  list: number;
  /** When it was dialled, in seconds. */
  dialledAt: number;
  /** Since when it has rung, for the late cancel; default `dialledAt`. */
  rangAt?: number;
  /** What was known of its lead then; see `LeadOdds`. */
  lead?: LeadFeatures | undefined;
}

/** Counts what each call's ringing says of its list and of its lead. */
export interface Exposure {
  /** The lead's answer probability over its list's, as it was thought when the call was first seen. */
  likelihood(call: PacedCall): number;
  /** Counts the seconds that it rang until now. */
  expose(call: PacedCall, now: number): void;
  close(call: PacedCall, now: number, answered: boolean): void;
  /** It was given up, or ended by a fault: it rang so long, and nothing came. */
  forget(callId: string): void;
}

export function createExposure(answers: AnswerHazards, odds: LeadOdds): Exposure {
  const seen = new Map<
    string,
    { lead: LeadFeatures | undefined; age: number; likelihood: number; expected: number }
  >();

  function find(call: PacedCall) {
    let found = seen.get(call.id);
    if (!found)
      seen.set(
        call.id,
        (found = { lead: call.lead, age: 0, likelihood: odds.likelihood(call.lead), expected: 0 }),
      );
    return found;
  }

  function expose(call: PacedCall, now: number) {
    const found = find(call);
    const age = Math.min(ages, Math.floor(now - call.dialledAt));
    for (; found.age < age; found.age++)
      found.expected += answers.rang(call.list, found.age, found.likelihood);
    return found;
  }

  return {
    likelihood: (call) => (call.lead ? find(call).likelihood : 1),
    expose: (call, now) => void expose(call, now),
    close(call, now, answered) {
      const found = expose(call, now);
      seen.delete(call.id);
      const last = answers[answered ? "answered" : "ended"](call.list, found.age, found.likelihood);
      odds.observe(call.lead, found.expected + last, answered);
    },
    forget(callId) {
      const found = seen.get(callId);
      if (found) odds.observe(found.lead, found.expected, false);
      seen.delete(callId);
    },
  };
}
