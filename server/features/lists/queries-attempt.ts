import { systemRandom } from "../../kernel/random.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { answerCurve } from "./answer-curve.ts";
import { copyLead } from "./copy-leads.ts";
import { kindsOf } from "./lead-kinds.ts";
import { type Attempt, type NextStep, nextStep, type StepRules } from "./next-step.ts";

export interface FinishedAttempt extends Attempt {
  leadId: number;
  callId: string;
  dispositionId: number | null;
  /** Of the campaign; null: a call without one, after which the lead is done unless the agent chose otherwise. */
  rules: StepRules | null;
  /** What we showed in this call, so that a rule may show another number next time. */
  callerId?: string | null;
}

const withoutCampaign: StepRules = {
  retries: {},
  limits: { perLead: 100, perNumberPerDay: 20, minGapMs: 0 },
  hours: null,
  phoneOrder: [],
  curve: answerCurve([]),
};

/**
 * Writes what became of the lead's attempt. Part of the transaction that closes the call. undefined: the lead is
 * gone, or another call holds it by now; nothing is written.
 */
export async function finishLead(
  tx: Tx,
  attempt: FinishedAttempt,
): Promise<(NextStep & { phones: string[] }) | undefined> {
  const lead = await tx
    .selectFrom("lead_claims as c")
    .innerJoin("leads", "leads.id", "c.lead_id")
    .selectAll("leads")
    .where("c.lead_id", "=", attempt.leadId)
    .where("c.call_id", "=", attempt.callId)
    .forUpdate("c")
    .executeTakeFirst();
  if (!lead) return undefined;
  const phones = [lead.phone, ...lead.more_phones];
  const before = {
    phones,
    kinds: kindsOf(phones, lead.phone_kinds),
    givenUp: lead.invalid_phones,
    attempts: lead.attempts,
    tries: lead.tries,
    timeZone: lead.time_zone,
    memory: lead.phone_memory,
  };
  const made = { ...attempt, spread: attempt.spread ?? systemRandom.next() };
  const step = nextStep(before, made, attempt.rules ?? withoutCampaign);
  const shown = step.otherCallerId && attempt.callerId ? [attempt.callerId] : [];
  await tx
    .updateTable("leads")
    .set({
      status: step.status,
      status_reason: step.reason,
      ...(step.dueAt !== null && { due_at: new Date(step.dueAt) }),
      attempts: step.attempts,
      tries: JSON.stringify(step.tries),
      next_phone: step.nextPhone === lead.phone ? null : step.nextPhone,
      invalid_phones: step.givenUp,
      phone_memory: JSON.stringify(step.memory),
      avoid_caller_ids: step.otherCallerId ? [...new Set([...lead.avoid_caller_ids, ...shown])] : [],
      ...(attempt.dialled && { last_attempt_at: new Date(attempt.at) }),
      last_outcome: attempt.outcome,
      ...(attempt.dispositionId !== null && { disposition_id: attempt.dispositionId }),
    })
    .where("id", "=", attempt.leadId)
    .execute();
  if (step.exhausted?.to === "list") await copyLead(tx, attempt.leadId, step.exhausted.listId);
  await endClaim(tx, attempt);
  return { ...step, phones };
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

/** Neither gone nor excluded: it may be dialled again. */
export async function isLeadOpen(db: Db, leadId: number): Promise<boolean> {
  const row = await db.selectFrom("leads").select("status").where("id", "=", leadId).executeTakeFirst();
  return row !== undefined && row.status !== "excluded";
}

/** A lead whose callback was cancelled: dialled again at once by its campaign's rules, or done. */
export async function leaveCallback(tx: Tx, leadId: number, to: "ready" | "done"): Promise<void> {
  await tx
    .updateTable("leads")
    .set({ status: to, status_reason: to === "done" ? "callback-cancelled" : null, due_at: "-infinity" })
    .where("id", "=", leadId)
    .where("status", "=", "callback")
    .execute();
}
