import { withheldPhone } from "../../../shared/common.ts";
import type { FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { summaryProblems } from "../../../shared/service-summary.ts";
import type { Tx } from "../../kernel/db.ts";
import { closeCallback, keepPromises } from "../callbacks/index.ts";
import { ensureCustomer } from "../customers/index.ts";
import { finishLead, linkLeadToCustomer } from "../lists/index.ts";
import { type ActiveCall, isInternal } from "./active-call.ts";
import { carryOut } from "./carry-out.ts";
import { finishKeptPlace } from "./finish-kept-place.ts";
import { lockNumbers } from "./lock-numbers.ts";
import { noResult } from "./message-result.ts";
import { saveDraft, setCallCustomer, setSummary } from "./queries.ts";
import { stepFacts } from "./step-rules.ts";
import { leadEffect, ownRetry, type Verdict, verdictOf } from "./verdict.ts";

/** At the first word a lead becomes a person we know. */
export async function meetCustomer(tx: Tx, call: ActiveCall): Promise<void> {
  const { phone, name, leadId, timeZone, customerId } = call.plan;
  // Who withholds the number is nobody we could know again.
  if (customerId !== null || phone === withheldPhone || isInternal(call)) return;
  call.customerId = await ensureCustomer(tx, { name, phones: [phone], timeZone });
  await setCallCustomer(tx, call.id, call.customerId);
  if (leadId !== null) await linkLeadToCustomer(tx, leadId, call.customerId);
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
  await finishKeptPlace(tx, call, now);
  if (reached && plan.direction === "outbound") await keepPromises(tx, { ...plan, at: new Date(now) });
  await carryOut(
    tx,
    {
      id: call.id,
      campaignId: plan.campaign?.id ?? null,
      leadId: plan.leadId,
      customerId: call.customerId,
      phone: plan.phone,
      timeZone: plan.timeZone,
      userId: call.core.agentUserId,
      form: plan.campaign?.form ?? [],
    },
    { verdict, draft, now },
  );
  if (plan.leadId === null) return;
  const outcome = call.core.outcome ?? "failed";
  const own = ownRetry(verdict);
  const ended = { callId: call.id, leadId: plan.leadId, outcome, campaign: plan.campaign, own };
  const step = await finishLead(tx, {
    ...(await stepFacts(tx, ended)),
    leadId: plan.leadId,
    callId: call.id,
    at: now,
    outcome,
    effect: keepsCallback ? "callback" : leadEffect(verdict, draft, byKeys),
    own,
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
  by: { userId: number | null; now: number; form: readonly FormField[] },
): Promise<Verdict> {
  const verdict = await verdictOf(tx, draft.dispositionId, call.campaign_id);
  await setSummary(tx, call.id, { ...draft, dispositionId: verdict.dispositionId });
  const judged = {
    id: call.id,
    campaignId: call.campaign_id,
    leadId: call.lead_id,
    customerId: call.customer_id,
    phone: call.phone,
    timeZone: null,
    userId: by.userId,
    form: by.form,
  };
  await carryOut(tx, judged, { verdict, draft, now: by.now });
  return verdict;
}
