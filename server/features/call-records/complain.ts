import type { ComplaintInput } from "../../../shared/complaints.ts";
import type { Tx } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { recordAudit } from "../audit/index.ts";
import { addCallEvent } from "../calls/index.ts";
import { addDoNotCall } from "../compliance/index.ts";
import { insertLeadEvent } from "../lists/index.ts";
import type { CallRecordDetail } from "./queries.ts";

/**
 * The person called complained: told in the call's and the lead's history, counted by reports, looked at by the gate,
 * and, as asked, the number is not dialled again.
 */
export async function complain(
  tx: Tx,
  call: CallRecordDetail,
  { note, doNotCall }: ComplaintInput,
  { actor, at }: { actor: Principal; at: Date },
): Promise<void> {
  if (doNotCall === "campaign" && call.campaign_id === null)
    throw invalid("complaint-without-campaign", "The call belongs to no campaign.");
  await tx
    .updateTable("calls")
    .set((eb) => ({ complained_at: eb.fn.coalesce("complained_at", eb.val(at)) }))
    .where("id", "=", call.id)
    .execute();
  await addCallEvent(tx, { callId: call.id, at, type: "complaint", data: { note, doNotCall } });
  if (call.lead_id !== null)
    await insertLeadEvent(tx, {
      leadId: call.lead_id,
      at,
      type: "complained",
      byUserId: actor.userId,
      data: { note, callId: call.id },
    });
  if (doNotCall !== "none")
    await addDoNotCall(tx, [
      {
        phone: call.phone,
        campaignId: doNotCall === "campaign" ? call.campaign_id : null,
        source: "complaint",
        reason: note.slice(0, 500),
        expiresAt: null,
        createdBy: actor.userId,
      },
    ]);
  const detail = { callId: call.id, doNotCall };
  await recordAudit(tx, { actor, at, action: "call.complaint", noun: "call", detail });
}
