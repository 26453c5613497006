import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";

export async function insertSkip(
  tx: Tx,
  skip: { leadId: number; userId: number; reason: string; at: Date },
): Promise<void> {
  await tx
    .insertInto("lead_events")
    .values({
      lead_id: skip.leadId,
      at: skip.at,
      type: "skipped",
      by_user_id: skip.userId,
      data: JSON.stringify({ reason: skip.reason }),
    })
    .execute();
}

export interface DueCallback {
  id: number;
  leadId: number | null;
  customerId: number | null;
  campaignId: number | null;
  phone: string;
  userId: number | null;
  name: string | null;
  timeZone: string | null;
}

/** Takes one callback that is due, of this agent or of anybody in these campaigns. */
export async function claimCallback(
  tx: Tx,
  claim: { userId: number; campaignIds: readonly number[]; now: Date },
): Promise<DueCallback | undefined> {
  const { rows } = await sql<DueCallback>`
    with due as (
      select id from callbacks
      where state = 'waiting' and due_at <= ${claim.now}
        and (user_id = ${claim.userId}
          or (user_id is null and campaign_id = any(${claim.campaignIds}::integer[])))
        and (campaign_id is null or campaign_id = any(${claim.campaignIds}::integer[]))
      order by due_at, id limit 1 for update skip locked
    ), taken as (
      update callbacks b set state = 'dialling' from due where b.id = due.id returning b.*
    )
    select t.id, t.lead_id as "leadId", t.customer_id as "customerId", t.campaign_id as "campaignId", t.phone,
      t.user_id as "userId", coalesce(c.name, l.name) as name, coalesce(c.time_zone, l.time_zone) as "timeZone"
    from taken t left join leads l on l.id = t.lead_id left join customers c on c.id = t.customer_id`.execute(
    tx,
  );
  return rows[0];
}

/** Gives a callback back that could not be dialled after all. */
export async function returnCallback(tx: Tx, id: number, dueAt?: Date): Promise<void> {
  await tx
    .updateTable("callbacks")
    .set({ state: "waiting", ...(dueAt && { due_at: dueAt }) })
    .where("id", "=", id)
    .where("state", "=", "dialling")
    .execute();
}
