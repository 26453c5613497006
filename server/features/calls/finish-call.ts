import type { DispositionEffect } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { summaryProblems } from "../../../shared/service-summary.ts";
import type { Tx } from "../../kernel/db.ts";
import { closeCallback, insertCallback, keepPromises } from "../callbacks/index.ts";
import { findDisposition } from "../campaigns/index.ts";
import { addDoNotCall } from "../compliance/index.ts";
import { ensureCustomer } from "../customers/index.ts";
import { finishLead, linkLeadToCustomer } from "../lists/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { lockNumbers } from "./lock-numbers.ts";
import { type MessageResult, noResult } from "./message-result.ts";
import { saveDraft, setCallCustomer, setSummary } from "./queries.ts";
import { stepFacts } from "./step-rules.ts";

/** At the first word a lead becomes a person we know. */
export async function meetCustomer(tx: Tx, call: ActiveCall): Promise<void> {
  const { phone, name, leadId, timeZone, customerId } = call.plan;
  // Who withholds the number is nobody we could know again.
  if (customerId !== null || phone === "anonymous") return;
  call.customerId = await ensureCustomer(tx, { name, phones: [phone], timeZone });
  await setCallCustomer(tx, call.id, call.customerId);
  if (leadId !== null) await linkLeadToCustomer(tx, leadId, call.customerId);
}

interface Verdict {
  dispositionId: number | null;
  effect: DispositionEffect | null;
}

/** A draft that was never made final still says what the agent meant; a disposition of another campaign does not. */
export async function verdictOf(tx: Tx, id: number | null, campaignId: number | null): Promise<Verdict> {
  const found = id === null ? undefined : await findDisposition(tx, id);
  if (!found || found.campaignId !== campaignId) return { dispositionId: null, effect: null };
  return { dispositionId: found.id, effect: found.effect };
}

/**
 * What becomes of the lead: never again goes before a promised time, and a callback without a time becomes a try
 * by the lead's own rules.
 */
export function leadEffect(
  verdict: Verdict | null,
  draft: DeskDraft | null,
  byKeys: MessageResult = noResult,
): DispositionEffect | null {
  const effect = verdict?.effect ?? null;
  if (effect === "do-not-call" || byKeys.optOut !== null) return "do-not-call";
  if (draft ? draft.callbackAt : byKeys.hasCallback) return "callback";
  return effect === "callback" ? "retry" : effect;
}

async function forbidCalls(tx: Tx, phone: string, note: string, userId: number | null): Promise<void> {
  const entry = {
    phone,
    campaignId: null,
    source: userId === null ? "keypad" : "agent",
    reason: note.slice(0, 500),
    expiresAt: null,
  };
  await addDoNotCall(tx, [{ ...entry, createdBy: userId }]);
}

/**
 * In the transaction that closes a call: the summary, what the disposition does, and the lead's next step.
 */
export async function finishCall(tx: Tx, call: ActiveCall, now: number): Promise<void> {
  const { plan, draft } = call;
  const byKeys = call.message?.result ?? noResult;
  const chosen = draft?.dispositionId ?? byKeys.dispositionId;
  const verdict = await verdictOf(tx, chosen, plan.campaign?.id ?? null);
  const { dispositionId } = verdict;
  const callbackAt = draft?.callbackAt ? new Date(draft.callbackAt) : null;
  if (draft) {
    await setSummary(tx, call.id, { ...draft, dispositionId });
    // A wrap-up that ran out over a complete summary leaves nothing to be finished later.
    if (summaryProblems(plan.campaign, draft, now).length === 0) await saveDraft(tx, call.id, null);
  }
  const reached = call.core.outcome === "connected";
  // Stands for another try, and keeps its lead.
  const keepsCallback =
    plan.callbackId !== undefined &&
    (await closeCallback(tx, plan.callbackId, { type: reached ? "reached" : "missed" }, now));
  if (reached && plan.direction === "outbound") await keepPromises(tx, { ...plan, at: new Date(now) });
  if (verdict.effect === "do-not-call")
    await forbidCalls(tx, plan.phone, draft?.note ?? "", call.core.agentUserId);
  else if (callbackAt)
    await insertCallback(tx, {
      leadId: plan.leadId,
      customerId: call.customerId,
      campaignId: plan.campaign?.id ?? null,
      callId: call.id,
      phone: plan.phone,
      timeZone: plan.timeZone,
      userId: draft?.callbackMine ? call.core.agentUserId : null,
      promisedBy: call.core.agentUserId,
      dueAt: callbackAt,
      note: draft?.note ?? "",
      at: new Date(now),
    });
  if (plan.leadId === null) return;
  const outcome = call.core.outcome ?? "failed";
  const ended = { callId: call.id, leadId: plan.leadId, outcome, campaign: plan.campaign };
  const step = await finishLead(tx, {
    ...(await stepFacts(tx, ended)),
    leadId: plan.leadId,
    callId: call.id,
    at: now,
    outcome,
    effect: keepsCallback ? "callback" : leadEffect(verdict, draft, byKeys),
    dispositionId,
    dialled: true,
    phone: plan.phone,
  });
  if (step?.exhausted?.to !== "lock") return;
  const { until } = step.exhausted;
  await lockNumbers(tx, { phones: step.phones, until, reason: outcome, userId: null });
}

/**
 * A summary outside the usual order, after the call was closed or left open by a crash: it is kept, and what it
 * promises holds. Returns its verdict; the lead is the caller's.
 */
export async function finishLate(
  tx: Tx,
  call: {
    id: string;
    campaign_id: number | null;
    lead_id: number | null;
    phone: string;
    customer_id: number | null;
  },
  draft: DeskDraft,
  by: { userId: number | null; now: number },
): Promise<Verdict> {
  const { userId, now } = by;
  const verdict = await verdictOf(tx, draft.dispositionId, call.campaign_id);
  await setSummary(tx, call.id, { ...draft, dispositionId: verdict.dispositionId });
  if (verdict.effect === "do-not-call") await forbidCalls(tx, call.phone, draft.note, userId);
  else if (draft.callbackAt)
    await insertCallback(tx, {
      leadId: call.lead_id,
      customerId: call.customer_id,
      campaignId: call.campaign_id,
      callId: call.id,
      phone: call.phone,
      timeZone: null,
      userId: draft.callbackMine ? userId : null,
      promisedBy: userId,
      dueAt: new Date(draft.callbackAt),
      note: draft.note,
      at: new Date(now),
    });
  return verdict;
}
