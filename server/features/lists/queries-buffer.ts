/**
 * Leads that the dialler holds to choose among. For claims they are taken; for everybody else they are ready yet, and who
 * takes one for a call of their own (`claimLead`) takes it from the dialler.
 */
import { sql } from "kysely";
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { Tx } from "../../kernel/db.ts";
import { asClaimed, claimedColumns, type ClaimedLead, type ClaimedRow } from "./queries-claim.ts";

/** Leads just claimed in this transaction, which no call dials yet. */
export async function holdLeads(tx: Tx, callIds: readonly string[]): Promise<void> {
  await tx.updateTable("lead_claims").set({ buffered: true }).where("call_id", "in", callIds).execute();
}

/**
 * Of these held leads those that still are, as they stand now, each for its call; one that is no more for anybody (a
 * status, an owner, another list, a later time) goes back.
 */
export async function takeHeld(
  tx: Tx,
  callIds: readonly string[],
  { phoneOrder, now }: { phoneOrder: readonly PhoneKind[]; now: number },
): Promise<ClaimedLead[]> {
  if (callIds.length === 0) return [];
  const { rows } = await sql<ClaimedRow & { is_free: boolean }>`
    with mine as (
      update lead_claims set buffered = false where call_id = any(${callIds}::text[]) and buffered
      returning lead_id, call_id, list_id
    )
    select ${claimedColumns}, m.call_id, l.status = 'ready' and l.list_id = m.list_id
      and l.owner_user_id is null and l.owner_unit_id is null and l.due_at <= ${new Date(now)} as is_free
    from mine m join leads l on l.id = m.lead_id`.execute(tx);
  const others = rows.filter((row) => !row.is_free).map((row) => row.call_id);
  if (others.length > 0) await tx.deleteFrom("lead_claims").where("call_id", "in", others).execute();
  const taken = new Map(rows.map((row) => [row.call_id, row]));
  return callIds.flatMap((callId) => {
    const row = taken.get(callId);
    return row?.is_free ? [asClaimed(row, phoneOrder)] : [];
  });
}

/** Back to the queue, as they were; default: all that are held, which is for a start. */
export async function giveBackHeld(tx: Tx, callIds?: readonly string[]): Promise<void> {
  let held = tx.deleteFrom("lead_claims").where("buffered", "=", true);
  if (callIds) held = held.where("call_id", "in", callIds);
  await held.execute();
}
