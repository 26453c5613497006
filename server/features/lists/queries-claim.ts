import { type RawBuilder, sql } from "kysely";
import { type Db, prepared, type Tx } from "../../kernel/db.ts";
import { newId } from "../../kernel/ids.ts";
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { Outcome } from "../../../shared/calls.ts";
import { kindsOf } from "./lead-kinds.ts";
import { firstNumber } from "./lead-numbers.ts";
import { type Taken, takeOfUnits, takeOwned } from "./queries-assigned.ts";

export interface Claim {
  /** The lists in the order in which they are dialled. */
  listIds: readonly number[];
  /** How many leads of nobody in particular each list gives first; default: all, so one list after the other. */
  wanted?: readonly number[];
  /** How many each list gives at most; default: all. */
  caps?: readonly number[];
  count: number;
  /** ms since the epoch. */
  now: number;
  /** Zones that may be called now; `zonesByList` says which the lists have. */
  zones: readonly string[];
  /** Leads tried so often or more stay. */
  maxAttempts: number;
  /** Agents who are free for the leads assigned to them or to their units; these come first. Leads of others stay. */
  ownerUserIds?: readonly number[];
  /** Only what is assigned to these agents. */
  assignedOnly?: boolean;
  /** Which kind of number a lead's first try goes to. */
  phoneOrder?: readonly PhoneKind[];
  /** Only leads that it keeps. */
  filter?: {
    /** Of `filterSetOf`; null: not made yet, so that nothing is claimed but what is assigned. */
    setId: number | null;
    /** The same of a row of `leads l`. */
    where: RawBuilder<boolean>;
  };
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
  /** Of each number. */
  kinds: PhoneKind[];
  /** Of our numbers, what this lead is not to see again in this round of tries. */
  avoidCallerIds: string[];
  timeZone: string;
  /** 9 is dialled first. */
  priority: number;
  attempts: number;
  /** How its last attempt ended. */
  lastOutcome: Outcome | null;
  customerId: number | null;
  /** The agent to whom it goes and nobody else. */
  ownerUserId: number | null;
}

export interface ClaimedRow {
  id: number;
  list_id: number;
  call_id: string;
  name: string;
  phone: string;
  more_phones: string[];
  next_phone: string | null;
  phone_kinds: string[];
  invalid_phones: string[];
  avoid_caller_ids: string[];
  time_zone: string;
  priority: number;
  attempts: number;
  last_outcome: Outcome | null;
  customer_id: number | null;
  owner_user_id: number | null;
}

/** Of `leads l`, for `asClaimed`. */
export const claimedColumns = sql`l.id, l.list_id, l.name, l.phone, l.more_phones, l.next_phone, l.phone_kinds,
  l.invalid_phones, l.avoid_caller_ids, l.time_zone, l.priority, l.attempts, l.last_outcome, l.customer_id,
  l.owner_user_id`;

/** Once a lead was tried, `next_phone` says which number comes; before that, the order of kinds does. */
export function asClaimed(row: ClaimedRow, order: readonly PhoneKind[] = []): ClaimedLead {
  const phones = [row.phone, ...row.more_phones];
  const kinds = kindsOf(phones, row.phone_kinds);
  const isFresh = row.next_phone === null && phones.length > 1 && row.attempts === 0;
  const first = isFresh ? firstNumber({ phones, kinds, givenUp: row.invalid_phones }, order) : null;
  return {
    id: row.id,
    listId: row.list_id,
    callId: row.call_id,
    name: row.name,
    phone: row.next_phone ?? first ?? row.phone,
    phones,
    kinds,
    avoidCallerIds: row.avoid_caller_ids,
    timeZone: row.time_zone,
    priority: row.priority,
    attempts: row.attempts,
    lastOutcome: row.last_outcome,
    customerId: row.customer_id,
    ownerUserId: row.owner_user_id,
  };
}

/**
 * The leads of nobody in particular, by the function `claim_leads` of the database, whose plans are made once: it walks
 * the few ranges (list, priority, zone) of the queue that may hold something, each from its head, and ends with the
 * limit, so that few rows are read that are not taken.
 */
async function claimFromPool(tx: Tx, claim: Claim, callIds: readonly string[]): Promise<ClaimedRow[]> {
  const { filter } = claim;
  if (callIds.length === 0 || (filter && filter.setId === null)) return [];
  const all = claim.listIds.map(() => callIds.length);
  const { rows } = await sql<ClaimedRow>`${prepared}
    select ${claimedColumns}, c.call_id
    from claim_leads(${claim.listIds}::integer[], ${claim.wanted ?? all}::integer[], ${claim.caps ?? all}::integer[],
      ${claim.zones}::text[], ${new Date(claim.now)}, ${claim.maxAttempts}, ${callIds}::text[],
      ${filter?.setId ?? null}::integer) c join leads l on l.id = c.lead_id`.execute(tx);
  return filter ? onlyKept(tx, rows, filter.where) : rows;
}

/** The set may be a moment older than the lead: the filter itself has the last word. */
async function onlyKept(
  tx: Tx,
  leads: readonly ClaimedRow[],
  where: RawBuilder<boolean>,
): Promise<ClaimedRow[]> {
  const { rows } = await sql<{ id: number }>`
    select l.id from leads l where l.id = any(${leads.map((lead) => lead.id)}::bigint[]) and ${where}`.execute(
    tx,
  );
  const kept = new Set(rows.map((row) => row.id));
  const others = leads.filter((lead) => !kept.has(lead.id)).map((lead) => lead.call_id);
  if (others.length > 0) await tx.deleteFrom("lead_claims").where("call_id", "in", others).execute();
  return leads.filter((lead) => kept.has(lead.id));
}

/** The records of leads that were taken for an agent, who is their owner for this call. */
async function recordsOf(tx: Tx, taken: readonly Taken[]): Promise<ClaimedRow[]> {
  if (taken.length === 0) return [];
  const { rows } = await sql<ClaimedRow>`
    select ${claimedColumns} from leads l where l.id = any(${taken.map((one) => one.leadId)}::bigint[])`.execute(
    tx,
  );
  return taken.flatMap((one) => {
    const row = rows.find((candidate) => candidate.id === one.leadId);
    return row ? [{ ...row, call_id: one.callId, owner_user_id: one.userId }] : [];
  });
}

/**
 * Takes the next `count` leads or fewer; each becomes `claimed` by a call of its own, whose row the caller writes
 * in the same transaction. Order: leads of the given agents, of their units, then by list, lead priority (9 first), retries that
 * are due, leads never tried. Whoever claims at the same time gets other leads and waits for nobody.
 */
export async function claimLeads(tx: Tx, claim: Claim): Promise<ClaimedLead[]> {
  if (claim.count <= 0 || claim.listIds.length === 0 || claim.zones.length === 0) return [];
  const callIds = Array.from({ length: claim.count }, () => newId(claim.now));
  const agents = claim.ownerUserIds ?? [];
  const owned = agents.length > 0 ? await takeOwned(tx, claim, callIds) : [];
  const idle = agents.filter((id) => !owned.some((one) => one.userId === id));
  const ofUnits = await takeOfUnits(tx, claim, idle, callIds.slice(owned.length));
  const assigned = await recordsOf(tx, [...owned, ...ofUnits]);
  const rest = claim.assignedOnly ? [] : callIds.slice(owned.length + ofUnits.length);
  const pool = await claimFromPool(tx, claim, rest);
  const inOrder = new Map(
    [...assigned, ...pool].map((row) => [row.call_id, asClaimed(row, claim.phoneOrder)]),
  );
  return callIds.flatMap((callId) => inOrder.get(callId) ?? []);
}

/**
 * Takes this very lead for a call: a manual dial or a callback, so a lead that waits, is done or is called back
 * will do. undefined: it is gone, in another call, or excluded.
 */
export async function claimLead(tx: Tx, leadId: number, callId: string): Promise<ClaimedLead | undefined> {
  // Waits for whoever is about to take it from the queue.
  await tx.deleteFrom("lead_queue").where("lead_id", "=", leadId).execute();
  const { rows } = await sql<ClaimedRow>`
    with held as (
      insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
      select id, ${callId}, list_id, owner_user_id is not null, time_zone from leads
      where id = ${leadId} and status in ('ready', 'callback', 'done')
      on conflict (lead_id) do update set call_id = excluded.call_id, buffered = false where lead_claims.buffered
      returning lead_id, call_id
    )
    select ${claimedColumns}, h.call_id from held h join leads l on l.id = h.lead_id`.execute(tx);
  if (!rows[0]) return undefined;
  await tx
    .updateTable("leads")
    .set({ status: "ready" })
    .where("id", "=", leadId)
    .where("status", "<>", "ready")
    .execute();
  return asClaimed(rows[0]);
}

/** By list every zone in which it has ready leads; the caller asks the campaign's hours which of them are open. */
export async function zonesByList(db: Db, listIds: readonly number[]): Promise<Map<number, string[]>> {
  const zones = new Map(listIds.map((id) => [id, [] as string[]]));
  if (listIds.length === 0) return zones;
  const rows = await db
    .selectFrom("lead_counts")
    .select(["list_id", "time_zone"])
    .where("list_id", "in", [...zones.keys()])
    .where("status", "=", "ready")
    .groupBy(["list_id", "time_zone"])
    .having(sql`sum(leads)`, ">", 0)
    .execute();
  for (const row of rows) zones.get(row.list_id)!.push(row.time_zone);
  return zones;
}

/** Which of these calls hold a lead. */
export async function heldClaims(db: Db, callIds: readonly string[]): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const rows = await db.selectFrom("lead_claims").select("call_id").where("call_id", "in", callIds).execute();
  return new Set(rows.map((row) => row.call_id));
}

/** Leads held by a call, for the reconciler. */
export async function claimedLeads(db: Db): Promise<{ id: number; callId: string }[]> {
  const rows = await db.selectFrom("lead_claims").select(["lead_id", "call_id"]).execute();
  return rows.map((row) => ({ id: row.lead_id, callId: row.call_id }));
}
