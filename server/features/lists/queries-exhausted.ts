import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";

/** How often a list's leads may be tried by whichever campaign has it. */
export interface ListLimit {
  listId: number;
  most: number;
}

/** So many leads in one transaction: a fraction of a second. */
const stepLeads = 2_000;

/**
 * Leads of the queue that nobody may try any more are done, as `attempt-limit`; those that a raised limit allows again are
 * ready, due as they were. A step of it; how many leads it moved.
 */
export async function applyLimits(tx: Tx, limits: readonly ListLimit[]): Promise<number> {
  if (limits.length === 0) return 0;
  const given = sql`unnest(${limits.map((one) => one.listId)}::integer[], ${limits.map((one) => one.most)}::integer[])
    as of (list_id, most)`;
  // Who changes a lead holds it before its place in the queue, so that is looked at and not held; and this waits for
  // nobody, so that no two who change many leads wait in a circle.
  const out = await sql`
    update leads l set status = 'done', status_reason = 'attempt-limit'
    where l.status = 'ready' and l.id in (
      select id from leads where id in (
        select q.lead_id from ${given} cross join lateral (
          select lead_id from lead_queue
          where list_id = of.list_id and attempts > 0 and attempts >= of.most limit ${stepLeads}) as q
        limit ${stepLeads})
      for update skip locked)`.execute(tx);
  const back = await sql`
    update leads l set status = 'ready', status_reason = null
    where l.status = 'done' and l.status_reason = 'attempt-limit' and l.id in (
      select id from leads where id in (
        select b.id from ${given} cross join lateral (
          select id from leads
          where list_id = of.list_id and status_reason = 'attempt-limit' and attempts < of.most
          limit ${stepLeads}) as b
        limit ${stepLeads})
      for update skip locked)`.execute(tx);
  return Number((out.numAffectedRows ?? 0n) + (back.numAffectedRows ?? 0n));
}
