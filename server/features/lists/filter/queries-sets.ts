import { sql } from "kysely";
import type { LeadConditions } from "../../../../shared/lead-conditions.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import { compileConditions } from "./compile.ts";
import "../tables.ts";

export interface WantedSet {
  campaignId: number;
  filter: LeadConditions;
  listIds: readonly number[];
}

/** The campaign's set for this very filter; null: not made yet. */
export async function filterSetOf(
  db: Db,
  campaignId: number,
  filter: LeadConditions,
): Promise<number | null> {
  const row = await db
    .selectFrom("filter_sets")
    .select("id")
    .where("campaign_id", "=", campaignId)
    .where("lead_filter", "=", sql<never>`${JSON.stringify(filter)}::jsonb`)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Makes the sets that are wanted, and lets go those that are not, or not so any more. */
export async function arrangeSets(tx: Tx, wanted: readonly WantedSet[], at: Date): Promise<void> {
  const rows = JSON.stringify(
    wanted.map(({ campaignId, filter, listIds }) => ({
      campaign_id: campaignId,
      lead_filter: filter,
      listIds,
    })),
  );
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as w (campaign_id integer, lead_filter jsonb, "listIds" integer[])`;
  await sql`update filter_sets s set campaign_id = null
    where campaign_id is not null and not exists (
      select from ${given} where w.campaign_id = s.campaign_id and w.lead_filter = s.lead_filter)`.execute(
    tx,
  );
  await sql`insert into filter_sets (campaign_id, lead_filter, created_at)
    select campaign_id, lead_filter, ${at} from ${given} on conflict (campaign_id) do nothing`.execute(tx);
  await sql`delete from filter_set_lists l using filter_sets s
    where s.id = l.set_id and not exists (
      select from ${given} where w.campaign_id = s.campaign_id and l.list_id = any(w."listIds"))`.execute(tx);
  await sql`insert into filter_set_lists (set_id, list_id)
    select s.id, unnest(w."listIds") from ${given} join filter_sets s on s.campaign_id = w.campaign_id
    on conflict (list_id, set_id) do nothing`.execute(tx);
}

/** Leads of [from, to] that are in the queue and kept by the filter, into the set; how many are in it. */
async function addToSet(
  tx: Tx,
  set: { id: number; filter: LeadConditions; listId: number; from: number; to: number },
  now: number,
): Promise<number> {
  const result = await sql`
    insert into filter_queue (lead_id, set_id, list_id, time_zone, priority, due_at)
    select q.lead_id, ${set.id}, q.list_id, q.time_zone, q.priority, q.due_at
    from leads l join lead_queue q on q.lead_id = l.id
    where l.id between ${set.from} and ${set.to} and q.lead_id between ${set.from} and ${set.to}
      and q.list_id = ${set.listId} and q.owner_user_id is null and q.owner_unit_id is null
      and ${compileConditions(set.filter, "l", now)}
    order by 3, 4, 5, 6, 1
    on conflict (lead_id, set_id) do update set list_id = excluded.list_id, time_zone = excluded.time_zone,
      priority = excluded.priority, due_at = excluded.due_at`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** So many leads are looked at in one step: a fraction of a second. */
const stepLeads = 50_000;

/** The next step of the set that is furthest behind. False: all sets are made. */
export async function buildStep(tx: Tx, now: number): Promise<boolean> {
  const { rows } = await sql<{
    set_id: number;
    list_id: number;
    after_id: number;
    lead_filter: LeadConditions;
  }>`
    select l.set_id, l.list_id, l.after_id, s.lead_filter
    from filter_set_lists l join filter_sets s on s.id = l.set_id
    where l.done_at is null and s.campaign_id is not null
    order by l.looked, l.set_id, l.list_id limit 1 for update of l skip locked`.execute(tx);
  const [next] = rows;
  if (!next) return false;
  const { rows: bounds } = await sql<{ to: number | null; n: number }>`
    select max(id) as "to", count(*) as n from (
      select id from leads where list_id = ${next.list_id} and status = 'ready' and id > ${next.after_id}
      order by id limit ${stepLeads}) as step`.execute(tx);
  const { to, n } = bounds[0]!;
  const range = { from: next.after_id + 1, to: to ?? next.after_id };
  const kept =
    to === null
      ? 0
      : await addToSet(
          tx,
          { id: next.set_id, filter: next.lead_filter, listId: next.list_id, ...range },
          now,
        );
  await sql`update filter_set_lists set after_id = ${range.to}, looked = looked + ${n}, kept = kept + ${kept},
      done_at = case when ${n < stepLeads} then ${new Date(now)}::timestamptz end
    where set_id = ${next.set_id} and list_id = ${next.list_id}`.execute(tx);
  return true;
}

/** Looks again at leads that came or changed; how many notes were worked off. */
export async function workStep(tx: Tx, now: number): Promise<number> {
  const { rows } = await sql<{ list_id: number; from_id: number; to_id: number }>`
    delete from filter_work where id in (select id from filter_work order by id limit 500 for update skip locked)
    returning list_id, from_id, to_id`.execute(tx);
  if (rows.length === 0) return 0;
  const { rows: sets } = await sql<{ set_id: number; list_id: number; lead_filter: LeadConditions }>`
    select l.set_id, l.list_id, s.lead_filter from filter_set_lists l join filter_sets s on s.id = l.set_id
    where l.list_id = any(${[...new Set(rows.map((row) => row.list_id))]}::integer[])
      and s.campaign_id is not null`.execute(tx);
  for (const { list_id: listId, from_id: from, to_id } of rows) {
    const to = Math.min(to_id, from + stepLeads - 1);
    for (const set of sets.filter((one) => one.list_id === listId))
      await addToSet(tx, { id: set.set_id, filter: set.lead_filter, listId, from, to }, now);
    if (to < to_id)
      await tx
        .insertInto("filter_work")
        .values({ list_id: listId, from_id: to + 1, to_id })
        .execute();
  }
  return rows.length;
}

/** Takes away a part of a set that nobody wants any more. False: there is none. */
export async function sweepStep(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    select id from filter_sets where campaign_id is null limit 1 for update skip locked`.execute(tx);
  if (!rows[0]) return false;
  const { id } = rows[0];
  const gone = await sql`delete from filter_queue where ctid = any(array(
    select ctid from filter_queue where set_id = ${id} limit 20000))`.execute(tx);
  if ((gone.numAffectedRows ?? 0n) === 0n) await sql`delete from filter_sets where id = ${id}`.execute(tx);
  return true;
}

/** Looks through all leads again for these campaigns: time alone may have brought new ones. */
export async function lookAgain(tx: Tx, campaignIds: readonly number[], before: Date): Promise<void> {
  if (campaignIds.length === 0) return;
  await sql`update filter_set_lists l set after_id = 0, looked = 0, kept = 0, done_at = null from filter_sets s
    where s.id = l.set_id and s.campaign_id = any(${campaignIds}::integer[]) and l.done_at < ${before}`.execute(
    tx,
  );
}
