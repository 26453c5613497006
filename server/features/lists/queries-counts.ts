import { sql } from "kysely";
import { advisoryLocks } from "../../kernel/advisory-locks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { LeadCounts } from "../../../shared/lists.ts";

const none = (): LeadCounts => ({ total: 0, ready: 0, claimed: 0, callback: 0, done: 0, excluded: 0 });

/** Leads by status of each of these lists; exact (a claimed lead is `ready` in `lead_counts`), and as quick for ten million leads as for ten. */
export async function countLeads(db: Db, listIds: readonly number[]): Promise<Map<number, LeadCounts>> {
  const counts = new Map(listIds.map((id) => [id, none()]));
  if (listIds.length === 0) return counts;
  const rows = await db
    .selectFrom("lead_counts")
    .select(["list_id", "status", (eb) => eb.fn.sum<number>("leads").as("leads")])
    .where("list_id", "in", listIds)
    .groupBy(["list_id", "status"])
    .execute();
  for (const row of rows) {
    const count = counts.get(row.list_id)!;
    count[row.status] += row.leads;
    count.total += row.leads;
  }
  const claims = await db
    .selectFrom("lead_claims")
    .select(["list_id", (eb) => eb.fn.countAll<number>().as("leads")])
    .where("list_id", "in", listIds)
    .where("buffered", "=", false)
    .groupBy("list_id")
    .execute();
  for (const claimed of claims) {
    const count = counts.get(claimed.list_id)!;
    count.claimed = claimed.leads;
    count.ready -= claimed.leads;
  }
  return counts;
}

/** When the next lead that waits falls due; null: none waits. */
export async function nextDue(db: Db, listIds: readonly number[], now: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(due.at) as at from unnest(${listIds}::integer[]) as of (list_id) cross join lateral (
      select due_at as at from lead_queue
      where list_id = of.list_id and due_at > '-infinity' and due_at > ${now} order by due_at limit 1) as due`.execute(
    db,
  );
  return rows[0]?.at ?? null;
}

/** Ready leads by zone, those of named agents apart. */
export async function countReadyByZone(
  db: Db,
  listIds: readonly number[],
): Promise<{ timeZone: string; ready: number; owned: number }[]> {
  if (listIds.length === 0) return [];
  const { rows } = await sql<{ time_zone: string; ready: number; owned: number }>`
    select time_zone, coalesce(sum(n) filter (where not owned), 0) as ready,
      coalesce(sum(n) filter (where owned), 0) as owned
    from (
      select time_zone, owned, leads as n from lead_counts
      where list_id = any(${listIds}::integer[]) and status = 'ready'
      union all
      select time_zone, owned, -1 from lead_claims where list_id = any(${listIds}::integer[]) and not buffered
    ) as changes
    group by 1 having sum(n) > 0 order by 1`.execute(db);
  return rows.map((row) => ({ timeZone: row.time_zone, ready: row.ready, owned: row.owned }));
}

/** Sums the differences up. Every few seconds while leads change; two at once: the second does nothing. */
export async function foldLeadCounts(tx: Tx): Promise<void> {
  await sql`
    with alone as materialized (select pg_try_advisory_xact_lock(${advisoryLocks.leadCounts}::bigint) as mine),
    gone as (delete from lead_counts where (select mine from alone) returning *)
    insert into lead_counts
      select list_id, time_zone, priority, status, owned, sum(leads)
      from gone group by 1, 2, 3, 4, 5 having sum(leads) <> 0`.execute(tx);
}

/** Finds again where each range of the queue begins. False: leads are coming in, nothing was done. */
export async function findQueueHeads(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select find_queue_heads() as found`.execute(tx);
  return rows[0]!.found;
}

/** The same for the sets of filters. */
export async function findFilterHeads(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select find_filter_heads() as found`.execute(tx);
  return rows[0]!.found;
}
