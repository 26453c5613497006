import { sql } from "kysely";
import type { CallDirection } from "../../../shared/calls.ts";
import type { DeskCampaign, DeskDraft, DeskLead } from "../../../shared/desk.ts";
import type { Db } from "../../kernel/db.ts";

export interface LeadCardRow {
  leadId: number | null;
  listName: string | null;
  columns: { key: string; label: string }[] | null;
  fields: Record<string, string>;
  name: string;
  phones: string[];
  timeZone: string;
  vip: number;
}

export async function leadCard(db: Db, leadId: number): Promise<LeadCardRow | undefined> {
  const { rows } = await sql<LeadCardRow>`
    select l.id as "leadId", li.name as "listName", li.columns, l.fields, l.name,
      array[l.phone] || l.more_phones as phones, l.time_zone as "timeZone", coalesce(c.vip, 0) as vip
    from leads l join lists li on li.id = l.list_id left join customers c on c.id = l.customer_id where l.id = ${leadId}`.execute(
    db,
  );
  return rows[0];
}

export async function customerCard(db: Db, customerId: number): Promise<LeadCardRow | undefined> {
  const { rows } = await sql<LeadCardRow>`
    select null as "leadId", null as "listName", null as columns, c.fields, c.name,
      coalesce((select array_agg(p.phone order by p.position) from customer_phones p
        where p.customer_id = c.id), '{}') as phones,
      coalesce(c.time_zone, 'UTC') as "timeZone", c.vip
    from customers c where c.id = ${customerId}`.execute(db);
  return rows[0];
}

/** Everybody who has this number, by different names; of one name the lead that was called last. */
export async function peopleWithNumber(db: Db, phone: string): Promise<DeskLead["candidates"]> {
  const { rows } = await sql<DeskLead["candidates"][number]>`
    select "leadId", "customerId", name, "listName" from (
      select distinct on (name) * from (
        select l.id as "leadId", l.customer_id as "customerId", l.name, li.name as "listName", l.last_attempt_at as at
        from leads l join lists li on li.id = l.list_id where l.phone = ${phone} and l.name <> ''
        union all
        select null, c.id, c.name, null, null from customer_phones p join customers c on c.id = p.customer_id
        where p.phone = ${phone} and c.name <> ''
      ) found order by name, "leadId" is null, at desc nulls last, "leadId" desc
    ) people order by at desc nulls last, name limit 10`.execute(db);
  return rows;
}

export interface HistoryRow {
  callId: string;
  at: Date;
  direction: CallDirection;
  campaignName: string | null;
  talkMs: number | null;
  outcome: string | null;
  disposition: string | null;
  agent: string | null;
  note: string;
}

/** The last calls with these numbers, newest first, without `exceptCallId`. */
export async function callHistory(
  db: Db,
  phones: readonly string[],
  exceptCallId: string,
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select c.id as "callId", c.planned_at as at, c.direction, ca.name as "campaignName",
      (extract(epoch from c.ended_at - c.connected_at) * 1000)::float8 as "talkMs",
      c.outcome, d.label as disposition, u.name as agent, c.note
    from calls c left join dispositions d on d.id = c.disposition_id left join users u on u.id = c.agent_user_id
      left join campaigns ca on ca.id = c.campaign_id
    where c.phone = any(${phones}::text[]) and c.id <> ${exceptCallId} and c.state = 'closed'
    order by c.planned_at desc limit 20`.execute(db);
  return rows;
}

export interface PromiseRow {
  id: number;
  dueAt: Date;
  agent: string | null;
  campaignName: string | null;
  note: string;
}

/** Open callbacks to these numbers, the next first. */
export async function openCallbacks(db: Db, phones: readonly string[]): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    select cb.id::int as id, cb.due_at as "dueAt", u.name as agent, ca.name as "campaignName", cb.note
    from callbacks cb left join users u on u.id = cb.user_id left join campaigns ca on ca.id = cb.campaign_id
    where cb.phone = any(${phones}::text[]) and cb.state in ('waiting', 'dialling')
    order by cb.due_at limit 10`.execute(db);
  return rows;
}

/** Campaigns that this agent may work in. */
export async function campaignsOfAgent(db: Db, userId: number): Promise<DeskCampaign[]> {
  const { rows } = await sql<DeskCampaign>`
    select c.id, c.name, c.mode, c.status = 'running' as running
    from campaign_agents a join campaigns c on c.id = a.campaign_id
    where a.user_id = ${userId} and c.deleted_at is null order by c.name`.execute(db);
  return rows;
}

/** The newest call of this agent whose summary was begun and never made final. */
export async function unfinishedSummary(
  db: Db,
  userId: number,
): Promise<{ callId: string; name: string; draft: DeskDraft } | undefined> {
  const { rows } = await sql<{ callId: string; name: string; draft: DeskDraft }>`
    select id as "callId", name, draft from calls
    where agent_user_id = ${userId} and draft is not null and state = 'closed'
    order by planned_at desc limit 1`.execute(db);
  return rows[0];
}

export interface UnfinishedRow {
  callId: string;
  direction: CallDirection;
  origin: string;
  campaignId: number | null;
  leadId: number | null;
  customerId: number | null;
  name: string;
  phone: string;
  plannedAt: Date;
  answeredAt: Date | null;
  connectedAt: Date | null;
  endedAt: Date | null;
  cause: string | null;
  draft: DeskDraft | null;
}

/** Talks of the last 30 days with a draft that was never made final, or without the disposition their campaign demands. */
export async function unfinishedSummaries(db: Db, userId: number): Promise<UnfinishedRow[]> {
  const { rows } = await sql<UnfinishedRow>`
    select c.id as "callId", c.direction, c.origin, c.campaign_id as "campaignId", c.lead_id as "leadId",
      c.customer_id as "customerId", c.name, c.phone, c.planned_at as "plannedAt", c.answered_at as "answeredAt",
      c.connected_at as "connectedAt", c.ended_at as "endedAt", c.cause, c.draft
    from calls c left join campaigns ca on ca.id = c.campaign_id
    where c.agent_user_id = ${userId} and c.state = 'closed' and c.connected_at is not null
      and c.planned_at > now() - interval '30 days'
      and (c.draft is not null or (ca.summary_required and c.disposition_id is null
        and exists (select from dispositions d where d.campaign_id = ca.id)))
    order by c.planned_at desc limit 50`.execute(db);
  return rows;
}

/** Whether this call, which is over, was this agent's. */
export async function wasCallOf(db: Db, callId: string, userId: number): Promise<boolean> {
  const { rows } = await sql`
    select from calls where id = ${callId} and agent_user_id = ${userId} and state = 'closed'`.execute(db);
  return rows.length > 0;
}

export async function runningCampaigns(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom("campaigns")
    .select(["id", "name"])
    .where("status", "=", "running")
    .where("deleted_at", "is", null)
    .orderBy("name")
    .execute();
}
