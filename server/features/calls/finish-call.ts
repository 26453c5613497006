import type { DispositionEffect } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import type { Tx } from "../../kernel/db.ts";
import { findDisposition } from "../campaigns/index.ts";
import { addDoNotCall } from "../compliance/index.ts";
import { ensureCustomer } from "../customers/index.ts";
import { finishLead, linkLeadToCustomer, type NextStep } from "../lists/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { lockNumbers } from "./lock-numbers.ts";
import { type MessageResult, noResult } from "./message-result.ts";
import { closeCallback, insertCallback, saveDraft, setCallCustomer, setSummary } from "./queries.ts";
import { stepFacts } from "./step-rules.ts";
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
  /** The disposition keeps the numbers from being dialled for so long. */
  lockDays: number | null;
}

/** A draft that was never made final still says what the agent meant; a disposition of another campaign does not. */
export async function verdictOf(tx: Tx, id: number | null, campaignId: number | null): Promise<Verdict> {
  const found = id === null ? undefined : await findDisposition(tx, id);
  if (!found || found.campaignId !== campaignId) return { dispositionId: null, effect: null, lockDays: null };
  return { dispositionId: found.id, effect: found.effect, lockDays: found.lockDays };
}

/**
 * What becomes of the lead: never again goes before a promised time, and a callback without a time becomes a try
 * by the lead's own rules.
 */
export function leadEffect(
  verdict: Pick<Verdict, "dispositionId" | "effect"> | null,
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
  if (plan.leadId === null)
    return lockAfter(tx, { phones: [plan.phone], step: undefined, verdict, now, call });
  const keepsCallback = plan.callbackId !== undefined && call.core.outcome !== "connected";
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
  await lockAfter(tx, { phones: step?.phones ?? [plan.phone], step, verdict, now, call });
}

const dayMs = 24 * 3_600_000;

/** The longer of the locks that the disposition and the used-up rule ask for. */
async function lockAfter(
  tx: Tx,
  {
    phones,
    step,
    verdict,
    now,
    call,
  }: {
    phones: string[];
    step: NextStep | undefined;
    verdict: Verdict;
    now: number;
    call: ActiveCall;
  },
): Promise<void> {
  const byRule = step?.exhausted?.to === "lock" ? step.exhausted.until : 0;
  const byDisposition = verdict.lockDays === null ? 0 : now + verdict.lockDays * dayMs;
  const until = Math.max(byRule, byDisposition);
  if (until <= now) return;
  const reason = byDisposition >= byRule ? "disposition" : (call.core.outcome ?? "tries");
  await lockNumbers(tx, { phones, until, reason, userId: call.core.agentUserId });
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
      userId: draft.callbackMine ? userId : null,
      dueAt: new Date(draft.callbackAt),
      note: draft.note,
    });
  return verdict;
}
