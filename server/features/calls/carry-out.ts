import type { FormField } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { isEmptyAnswer } from "../../../shared/answer-rules.ts";
import type { Tx } from "../../kernel/db.ts";
import { insertCallback } from "../callbacks/index.ts";
import { dispositionPath } from "../campaigns/index.ts";
import { addDoNotCall } from "../compliance/index.ts";
import { findCustomer } from "../customers/index.ts";
import { copyLead, leadsById } from "../lists/index.ts";
import { ticketAsked } from "./queries.ts";
import { addCallEvent } from "./queries-steps.ts";
import type { Verdict } from "./verdict.ts";

export interface JudgedCall {
  id: string;
  campaignId: number | null;
  leadId: number | null;
  customerId: number | null;
  phone: string;
  /** null: unknown, or the lead's. */
  timeZone: string | null;
  /** Who chose; null: the person called, by keys. */
  userId: number | null;
  form: readonly FormField[];
}

const dayMs = 86_400_000;

/** The number that was called, or all of the lead and the customer, each once. */
async function numbersOf(tx: Tx, call: JudgedCall, which: "called" | "all"): Promise<string[]> {
  if (which === "called") return [call.phone];
  const [lead] = call.leadId === null ? [] : await leadsById(tx, [call.leadId]);
  const customer = call.customerId === null ? undefined : await findCustomer(tx, call.customerId);
  const known = [...(lead ? [lead.phone, ...lead.morePhones] : []), ...(customer?.phones ?? [])];
  return [...new Set([call.phone, ...known.map((one) => (typeof one === "string" ? one : one.phone))])];
}

async function forbidCalls(tx: Tx, call: JudgedCall, { does }: Verdict, note: string, now: number) {
  const { scope, numbers, days } = does.doNotCall ?? { scope: "everywhere", numbers: "called", days: null };
  const entry = {
    campaignId: scope === "campaign" ? call.campaignId : null,
    source: call.userId === null ? "keypad" : "agent",
    reason: note.slice(0, 500),
    expiresAt: days === null ? null : new Date(now + days * dayMs),
    createdBy: call.userId,
  };
  const phones = await numbersOf(tx, call, numbers);
  await addDoNotCall(
    tx,
    phones.map((phone) => ({ ...entry, phone })),
  );
}

/** The form's answers with their words, as another system can show them. */
const answered = (form: readonly FormField[], draft: DeskDraft | null) =>
  form
    .map(({ key, label }) => ({ key, label, value: draft?.form[key] }))
    .filter(({ value }) => !isEmptyAnswer(value));

/**
 * What a disposition does besides the lead's next step: do-not-call, a callback, a ticket that is asked for, another
 * list. In the transaction that closes the call, or that makes its summary final later: a ticket that was asked for by
 * the same disposition already is not asked for again, and a list has a number once.
 */
export async function carryOut(
  tx: Tx,
  call: JudgedCall,
  { verdict, draft, now }: { verdict: Verdict; draft: DeskDraft | null; now: number },
): Promise<void> {
  const { dispositionId, does } = verdict;
  const at = new Date(now);
  if (verdict.effect === "do-not-call") await forbidCalls(tx, call, verdict, draft?.note ?? "", now);
  else if (draft?.callbackAt)
    await insertCallback(tx, {
      leadId: call.leadId,
      customerId: call.customerId,
      campaignId: call.campaignId,
      callId: call.id,
      phone: call.phone,
      timeZone: call.timeZone,
      userId: draft.callbackMine ? call.userId : null,
      promisedBy: call.userId,
      dueAt: new Date(draft.callbackAt),
      note: draft.note,
      at,
    });
  if (dispositionId === null) return;
  if (does.ticket && !(await ticketAsked(tx, call.id, dispositionId))) {
    const disposition = await dispositionPath(tx, dispositionId);
    const data = { dispositionId, ...does.ticket, disposition, fields: answered(call.form, draft) };
    await addCallEvent(tx, { callId: call.id, at, type: "ticket-requested", data });
  }
  if (does.listId !== undefined && call.leadId !== null) {
    const added = await copyLead(tx, call.leadId, does.listId);
    const type = added ? "lead-listed" : "lead-not-listed";
    await addCallEvent(tx, { callId: call.id, at, type, data: { listId: does.listId } });
  }
}
