import type { Tx } from "../../kernel/db.ts";
import type { AttemptLimits, RetryRules } from "../../../shared/campaigns.ts";
import { type Attempt, type NextStep, nextStep } from "./next-step.ts";

export interface FinishedAttempt extends Attempt {
  leadId: number;
  callId: string;
  dispositionId: number | null;
  /** Of the campaign; null: a call without one, after which the lead is done unless the agent chose otherwise. */
  rules: { retries: RetryRules; limits: AttemptLimits } | null;
}

const withoutCampaign = {
  retries: {} as RetryRules,
  limits: { perLead: 100, perNumberPerDay: 20, minGapMs: 0 } satisfies AttemptLimits,
};

/**
 * Writes what became of the lead's attempt. Part of the transaction that closes the call. undefined: the lead is
 * gone, or another call holds it by now; nothing is written.
 */
export async function finishLead(tx: Tx, attempt: FinishedAttempt): Promise<NextStep | undefined> {
  const lead = await tx
    .selectFrom("lead_claims as c")
    .innerJoin("leads", "leads.id", "c.lead_id")
    .select(["phone", "more_phones", "invalid_phones", "attempts", "tries"])
    .where("c.lead_id", "=", attempt.leadId)
    .where("c.call_id", "=", attempt.callId)
    .forUpdate("c")
    .executeTakeFirst();
  if (!lead) return undefined;
  const rules = attempt.rules ?? withoutCampaign;
  const before = {
    phones: [lead.phone, ...lead.more_phones],
    invalidPhones: lead.invalid_phones,
    attempts: lead.attempts,
    tries: lead.tries,
  };
  const step = nextStep(before, attempt, rules.retries, rules.limits);
  await tx
    .updateTable("leads")
    .set({
      status: step.status,
      status_reason: step.reason,
      ...(step.dueAt !== null && { due_at: new Date(step.dueAt) }),
      attempts: step.attempts,
      tries: JSON.stringify(step.tries),
      next_phone: step.nextPhone === lead.phone ? null : step.nextPhone,
      invalid_phones: step.invalidPhones,
      ...(attempt.dialled && { last_attempt_at: new Date(attempt.at) }),
      last_outcome: attempt.outcome,
      ...(attempt.dispositionId !== null && { disposition_id: attempt.dispositionId }),
    })
    .where("id", "=", attempt.leadId)
    .execute();
  await endClaim(tx, attempt);
  return step;
}

/** Back to the queue if the lead is ready. False: this call does not hold it any more. */
async function endClaim(tx: Tx, held: { leadId: number; callId: string }): Promise<boolean> {
  const result = await tx
    .deleteFrom("lead_claims")
    .where("lead_id", "=", held.leadId)
    .where("call_id", "=", held.callId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export interface Release {
  leadId: number;
  callId: string;
  /** `callback` when its callback still stands. Default `ready`. */
  to?: "ready" | "callback";
  /** Not before (ms); absent: as it was. */
  dueAt?: number;
}

/** Gives a claimed lead back without an attempt: a skipped preview, a stop before the dial. False: not ours any more. */
export async function releaseLead(tx: Tx, release: Release): Promise<boolean> {
  const { leadId, to, dueAt } = release;
  if (!(await endClaim(tx, release))) return false;
  if (to === "callback" || dueAt !== undefined)
    await tx
      .updateTable("leads")
      .set({ status: to ?? "ready", ...(dueAt !== undefined && { due_at: new Date(dueAt) }) })
      .where("id", "=", leadId)
      .execute();
  return true;
}

/** Ties a lead to the customer it turned out to be. */
export async function linkLeadToCustomer(tx: Tx, leadId: number, customerId: number): Promise<void> {
  await tx.updateTable("leads").set({ customer_id: customerId }).where("id", "=", leadId).execute();
}
