import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";

/** What a fresh copy of a lead has of it, for `insert into leads (list_id, …)` from `leads l`. */
export const copiedColumns: RawBuilder<unknown> = sql`customer_id, name, phone, more_phones, phone_kinds,
  number_kind, invalid_phones, phone_memory, time_zone, fields, priority, owner_user_id, owner_unit_id, origin_lead_id`;
export const copiedValues: RawBuilder<unknown> = sql`l.customer_id, l.name, l.phone, l.more_phones, l.phone_kinds,
  l.number_kind, l.invalid_phones, l.phone_memory, l.time_zone, l.fields, l.priority, l.owner_user_id, l.owner_unit_id, l.id`;

/**
 * Puts a copy of this lead on another list, fresh and with a reference to where it came from. False: that list is
 * gone or archived, or has the number already.
 */
export async function copyLead(tx: Tx, leadId: number, listId: number): Promise<boolean> {
  const result = await sql`
    insert into leads (list_id, ${copiedColumns})
    select t.id, ${copiedValues}
    from leads l, lists t
    where l.id = ${leadId} and t.id = ${listId} and t.archived_at is null and l.list_id <> t.id
    on conflict (phone, list_id) do nothing`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}
