import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import { newId } from "../../kernel/ids.ts";

export interface Claim {
  /** The lists in the order in which they are dialled. */
  listIds: readonly number[];
  count: number;
  /** ms since the epoch. */
  now: number;
  /** Zones that may be called now; `listZones` says which the lists have. */
  zones: readonly string[];
  /** Leads tried so often or more stay. */
  maxAttempts: number;
  /** Agents who are free for the leads assigned to them; these come first. Leads of others stay. */
  ownerUserIds?: readonly number[];
}

export interface ClaimedLead {
  id: number;
  listId: number;
  /** Of the call that is to be planned in the same transaction. */
  callId: string;
  name: string;
  /** The number to dial now. */
  phone: string;
  phones: string[];
  timeZone: string;
  attempts: number;
  customerId: number | null;
  ownerUserId: number | null;
}

interface ClaimedRow {
  id: number;
  list_id: number;
  claimed_call_id: string;
  name: string;
  phone: string;
  more_phones: string[];
  next_phone: string | null;
  time_zone: string;
  attempts: number;
  customer_id: number | null;
  owner_user_id: number | null;
  n: number;
}

const claimedColumns = sql`l.id, l.list_id, l.claimed_call_id, l.name, l.phone, l.more_phones, l.next_phone,
  l.time_zone, l.attempts, l.customer_id, l.owner_user_id`;

function present(row: ClaimedRow): ClaimedLead {
  return {
    id: row.id,
    listId: row.list_id,
    callId: row.claimed_call_id,
    name: row.name,
    phone: row.next_phone ?? row.phone,
    phones: [row.phone, ...row.more_phones],
    timeZone: row.time_zone,
    attempts: row.attempts,
    customerId: row.customer_id,
    ownerUserId: row.owner_user_id,
  };
}

const inOrder = (a: ClaimedRow, b: ClaimedRow) => a.n - b.n;

/**
 * The leads of nobody in particular. `slots` are the few (list, priority, zone) that have ready leads, in dialling
 * order; each is one range of `leads_claim`, retries (by due time) before leads never tried, and the walk ends with
 * the limit, so no lead is read that is not taken, but for those that others hold this moment.
 *
 * Measured on two cores, batches of 50: the walk alone 0.7 ms, the claim with its commit 3.8 ms at the median
 * (1,000,000 leads, one claimer) and 7.2 ms, p99 24 ms (10,000,000 leads, four claimers without a pause). The walk
 * reads about 190 buffers at any size; the rest is the update of 50 rows and the plan (`npm run bench -- claim`).
 */
async function claimFromPool(tx: Tx, claim: Claim, callIds: readonly string[]): Promise<ClaimedRow[]> {
  const now = new Date(claim.now);
  const range = (due: ReturnType<typeof sql>) => sql`
    select c.id from leads c
    where c.list_id = s.list_id and c.time_zone = s.time_zone and c.priority = s.priority
      and c.status = 'ready' and c.owner_user_id is null and ${due} and c.attempts < ${claim.maxAttempts}
    order by c.due_at, c.id limit ${callIds.length} for update skip locked`;
  const { rows } = await sql<ClaimedRow>`
    with slots as materialized (
      select n.list_id, n.time_zone, n.priority, r.retry
      from lead_counts n cross join (values (true), (false)) as r (retry)
      where n.list_id = any(${claim.listIds}::integer[]) and n.status = 'ready' and not n.owned
        and n.time_zone = any(${claim.zones}::text[])
      group by 1, 2, 3, 4 having sum(n.leads) > 0
      order by array_position(${claim.listIds}::integer[], n.list_id), n.priority desc, r.retry desc, n.time_zone
    ), picked as materialized (
      select p.id, row_number() over () as n from (
        select c.id from slots s cross join lateral (
          select * from (${range(sql`s.retry and c.due_at > '-infinity' and c.due_at <= ${now}`)}) as retries
          union all
          select * from (${range(sql`not s.retry and c.due_at = '-infinity'`)}) as fresh
        ) as c limit ${callIds.length}
      ) as p
    )
    update leads l set status = 'claimed', claimed_call_id = (${callIds}::text[])[picked.n]
    from picked where l.id = picked.id
    returning ${claimedColumns}, picked.n`.execute(tx);
  return rows;
}

async function claimOwned(tx: Tx, claim: Claim, callIds: readonly string[]): Promise<ClaimedRow[]> {
  const { rows } = await sql<ClaimedRow>`
    with picked as materialized (
      select p.id, row_number() over () as n from (
        select c.id from leads c
        where c.owner_user_id = any(${claim.ownerUserIds}::integer[]) and c.status = 'ready'
          and c.due_at <= ${new Date(claim.now)} and c.list_id = any(${claim.listIds}::integer[])
          and c.time_zone = any(${claim.zones}::text[]) and c.attempts < ${claim.maxAttempts}
        order by c.priority desc, c.due_at, c.id limit ${callIds.length} for update skip locked
      ) as p
    )
    update leads l set status = 'claimed', claimed_call_id = (${callIds}::text[])[picked.n]
    from picked where l.id = picked.id
    returning ${claimedColumns}, picked.n`.execute(tx);
  return rows;
}

/**
 * Takes the next `count` leads or fewer; each becomes `claimed` by a call of its own, whose row the caller writes
 * in the same transaction. Order: leads of the given agents, then by list, lead priority (9 first), retries that
 * are due, leads never tried. Whoever claims at the same time gets other leads and waits for nobody.
 */
export async function claimLeads(tx: Tx, claim: Claim): Promise<ClaimedLead[]> {
  if (claim.count <= 0 || claim.listIds.length === 0 || claim.zones.length === 0) return [];
  const callIds = Array.from({ length: claim.count }, () => newId(claim.now));
  const owned = claim.ownerUserIds?.length ? await claimOwned(tx, claim, callIds) : [];
  const rest = callIds.slice(owned.length);
  const pool = rest.length > 0 ? await claimFromPool(tx, claim, rest) : [];
  return [...owned.sort(inOrder), ...pool.sort(inOrder)].map(present);
}

/**
 * Takes this very lead for a call: a manual dial or a callback, so a lead that waits, is done or is called back
 * will do. undefined: it is gone, in another call, or excluded.
 */
export async function claimLead(tx: Tx, leadId: number, callId: string): Promise<ClaimedLead | undefined> {
  const { rows } = await sql<ClaimedRow>`
    update leads l set status = 'claimed', claimed_call_id = ${callId}
    where l.id = (
      select id from leads where id = ${leadId} and status in ('ready', 'callback', 'done')
      for update skip locked)
    returning ${claimedColumns}, 1 as n`.execute(tx);
  return rows[0] && present(rows[0]);
}

/** Every zone in which these lists have ready leads; the caller asks the campaign's hours which of them are open. */
export async function listZones(db: Db, listIds: readonly number[]): Promise<string[]> {
  if (listIds.length === 0) return [];
  const rows = await db
    .selectFrom("lead_counts")
    .select("time_zone")
    .where("list_id", "in", listIds)
    .where("status", "=", "ready")
    .groupBy("time_zone")
    .having(sql`sum(leads)`, ">", 0)
    .execute();
  return rows.map((row) => row.time_zone);
}

/** Leads held by a call, for the reconciler. */
export async function claimedLeads(db: Db): Promise<{ id: number; callId: string | null }[]> {
  const rows = await db
    .selectFrom("leads")
    .select(["id", "claimed_call_id"])
    .where("status", "=", "claimed")
    .execute();
  return rows.map((row) => ({ id: row.id, callId: row.claimed_call_id }));
}
