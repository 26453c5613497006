import type { AnswerHazards } from "./answer-hazards.ts";
import { ages } from "./incidence.ts";
import type { LeadFeatures, LeadOdds, OpenOdds } from "./lead-odds.ts";

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
  const seen = new Map<string, { odds: OpenOdds; age: number }>();

  function find(call: PacedCall) {
    let found = seen.get(call.id);
    if (!found) seen.set(call.id, (found = { odds: odds.open(call.lead), age: 0 }));
    return found;
  }

  function expose(call: PacedCall, now: number) {
    const found = find(call);
    const age = Math.min(ages, Math.floor(now - call.dialledAt));
    for (; found.age < age; found.age++)
      found.odds.rang(answers.rang(call.list, found.age, found.odds.likelihood));
    return found;
  }

  return {
    likelihood: (call) => (call.lead ? find(call).odds.likelihood : 1),
    expose: (call, now) => void expose(call, now),
    close(call, now, answered) {
      const { odds: own, age } = expose(call, now);
      seen.delete(call.id);
      own.rang(answers[answered ? "answered" : "ended"](call.list, age, own.likelihood));
      own.ended(answered);
    },
    forget(callId) {
      seen.get(callId)?.odds.ended(false);
      seen.delete(callId);
    },
  };
}
