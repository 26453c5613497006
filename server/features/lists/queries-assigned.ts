import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";
import type { Claim } from "./queries-claim.ts";
import "./tables.ts";

/** A lead that was taken out of the queue for an agent. */
export interface Taken {
  leadId: number;
  callId: string;
  userId: number;
}

const kept = (claim: Claim): RawBuilder<unknown> =>
  claim.filter
    ? sql`and exists (select from leads l where l.id = q.lead_id and ${claim.filter.where})`
    : sql``;

/** Leads assigned to the free agents themselves. */
export async function takeOwned(tx: Tx, claim: Claim, callIds: readonly string[]): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    with places as materialized (
      select w.place, row_number() over () as n from (
        select q.ctid as place from lead_queue q
        where q.owner_user_id = any(${claim.ownerUserIds}::integer[])
          and q.due_at <= ${new Date(claim.now)} and q.list_id = any(${claim.listIds}::integer[])
          and q.time_zone = any(${claim.zones}::text[]) and q.attempts < ${claim.maxAttempts} ${kept(claim)}
        order by q.priority desc, q.due_at, q.lead_id limit ${callIds.length} for update skip locked
      ) as w
    ), taken as (
      delete from lead_queue q using places p where q.ctid = p.place
      returning q.lead_id, q.list_id, q.time_zone, q.owner_user_id, (${callIds}::text[])[p.n] as call_id
    ), held as (
      insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
      select lead_id, call_id, list_id, true, time_zone from taken
    )
    select lead_id as "leadId", call_id as "callId", owner_user_id as "userId" from taken`.execute(tx);
  return rows;
}

interface OfUnit {
  leadId: number;
  /** Free agents of the unit or of one below it. */
  userIds: number[];
}

/** The next leads of the units in which these agents are, locked; by priority, then retries that are due. */
async function leadsOfUnits(tx: Tx, claim: Claim, userIds: readonly number[]): Promise<OfUnit[]> {
  const { rows } = await sql<OfUnit>`
    with recursive up as (
      select id as user_id, org_unit_id as unit_id from users
      where id = any(${userIds}::integer[]) and org_unit_id is not null
        and exists (select from lead_queue where owner_user_id is null and owner_unit_id is not null)
      union select up.user_id, o.parent_id from up join org_units o on o.id = up.unit_id where o.parent_id is not null
    ), units as (
      select unit_id, array_agg(user_id) as user_ids from up group by 1
    ), slots as materialized (
      select list_id, time_zone, priority from lead_counts
      where list_id = any(${claim.listIds}::integer[]) and status = 'ready' and owned
        and time_zone = any(${claim.zones}::text[])
      group by 1, 2, 3 having sum(leads) > 0
    )
    select c.lead_id as "leadId", u.user_ids as "userIds"
    from units u cross join slots s cross join lateral (
      select q.lead_id, q.due_at from lead_queue q
      where q.owner_user_id is null and q.owner_unit_id = u.unit_id and q.list_id = s.list_id
        and q.time_zone = s.time_zone and q.priority = s.priority and q.due_at <= ${new Date(claim.now)}
        and q.attempts < ${claim.maxAttempts} ${kept(claim)}
      order by q.due_at, q.lead_id limit ${userIds.length} for update skip locked
    ) as c
    order by array_position(${claim.listIds}::integer[], s.list_id), s.priority desc,
      c.due_at = '-infinity', c.due_at, c.lead_id`.execute(tx);
  return rows;
}

/** Leads assigned to units, each for one free agent of that unit or of one below it; an agent gets one. */
export async function takeOfUnits(
  tx: Tx,
  claim: Claim,
  userIds: readonly number[],
  callIds: readonly string[],
): Promise<Taken[]> {
  if (userIds.length === 0 || callIds.length === 0) return [];
  const free = new Set(userIds);
  const chosen: Taken[] = [];
  for (const { leadId, userIds: able } of await leadsOfUnits(tx, claim, userIds)) {
    const userId = userIds.find((id) => free.has(id) && able.includes(id));
    if (userId === undefined) continue;
    chosen.push({ leadId, userId, callId: callIds[chosen.length]! });
    free.delete(userId);
    if (chosen.length === callIds.length) break;
  }
  if (chosen.length === 0) return [];
  await sql`
    with taken as (
      delete from lead_queue q
      using unnest(${chosen.map((one) => one.leadId)}::bigint[], ${chosen.map((one) => one.callId)}::text[])
        as given (lead_id, call_id)
      where q.lead_id = given.lead_id returning q.lead_id, q.list_id, q.time_zone, given.call_id
    )
    insert into lead_claims (lead_id, call_id, list_id, owned, time_zone)
    select lead_id, call_id, list_id, true, time_zone from taken`.execute(tx);
  return chosen;
}
