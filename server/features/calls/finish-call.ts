import type { DispositionEffect } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import type { Tx } from "../../kernel/db.ts";
import { findDisposition } from "../campaigns/index.ts";
import { addDoNotCall } from "../compliance/index.ts";
import { ensureCustomer } from "../customers/index.ts";
import { finishLead, linkLeadToCustomer } from "../lists/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { closeCallback, insertCallback, saveDraft, setCallCustomer, setSummary } from "./queries.ts";
import { summaryProblems } from "./summary.ts";

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
async function verdictOf(tx: Tx, draft: DeskDraft | null, campaignId: number | null): Promise<Verdict> {
  const id = draft?.dispositionId ?? null;
  const found = id === null ? undefined : await findDisposition(tx, id);
  if (!found || found.campaignId !== campaignId) return { dispositionId: null, effect: null };
  return { dispositionId: found.id, effect: found.effect };
}

/**
 * What becomes of the lead: never again goes before a promised time, and a callback without a time becomes a try
 * by the lead's own rules.
 */
export function leadEffect(verdict: Verdict | null, draft: DeskDraft | null): DispositionEffect | null {
  const effect = verdict?.effect ?? null;
  if (effect === "do-not-call") return effect;
  if (draft?.callbackAt) return "callback";
  return effect === "callback" ? "retry" : effect;
}

async function forbidCalls(tx: Tx, phone: string, note: string, userId: number | null): Promise<void> {
  const entry = { phone, campaignId: null, source: "agent", reason: note.slice(0, 500), expiresAt: null };
  await addDoNotCall(tx, [{ ...entry, createdBy: userId }]);
}

/**
 * In the transaction that closes a call: the summary, what the disposition does, and the lead's next step.
 */
export async function finishCall(tx: Tx, call: ActiveCall, now: number): Promise<void> {
  const { plan, draft } = call;
  const verdict = await verdictOf(tx, draft, plan.campaign?.id ?? null);
  const callbackAt = draft?.callbackAt ? new Date(draft.callbackAt) : null;
  if (draft) {
    await setSummary(tx, call.id, { ...draft, dispositionId: verdict.dispositionId });
    // A wrap-up that ran out over a complete summary leaves nothing to be finished later.
    if (summaryProblems(plan.campaign, draft, now).length === 0) await saveDraft(tx, call.id, null);
  }
  if (plan.callbackId !== undefined)
    await closeCallback(tx, plan.callbackId, call.core.outcome === "connected" ? "done" : "waiting", now);
  if (verdict.effect === "do-not-call")
    await forbidCalls(tx, plan.phone, draft?.note ?? "", call.core.agentUserId);
  else if (callbackAt)
    await insertCallback(tx, {
      leadId: plan.leadId,
      customerId: call.customerId,
      campaignId: plan.campaign?.id ?? null,
      callId: call.id,
      phone: plan.phone,
      userId: draft?.callbackMine ? call.core.agentUserId : null,
      dueAt: callbackAt,
      note: draft?.note ?? "",
    });
  if (plan.leadId === null) return;
  const keepsCallback = plan.callbackId !== undefined && call.core.outcome !== "connected";
  await finishLead(tx, {
    leadId: plan.leadId,
    callId: call.id,
    at: now,
    outcome: call.core.outcome ?? "failed",
    effect: keepsCallback ? "callback" : leadEffect(verdict, draft),
    dispositionId: verdict.dispositionId,
    dialled: true,
    phone: plan.phone,
    rules: plan.campaign && { retries: plan.campaign.retries, limits: plan.campaign.attempts },
  });
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
  userId: number | null,
): Promise<Verdict> {
  const verdict = await verdictOf(tx, draft, call.campaign_id);
  await setSummary(tx, call.id, { ...draft, dispositionId: verdict.dispositionId });
  if (verdict.effect === "do-not-call") await forbidCalls(tx, call.phone, draft.note, userId);
  else if (draft.callbackAt)
    await insertCallback(tx, {
      leadId: call.lead_id,
      customerId: call.customer_id,
      campaignId: call.campaign_id,
      callId: call.id,
      phone: call.phone,
      userId: draft.callbackMine ? userId : null,
      dueAt: new Date(draft.callbackAt),
      note: draft.note,
    });
  return verdict;
}
