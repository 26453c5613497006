import { sql } from "kysely";
import type { DeskDraft } from "../../../shared/desk.ts";
import type { Outcome } from "../../../shared/calls.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { slotOf } from "../../../shared/after-call.ts";
import { weekdays } from "../../../shared/campaigns.ts";
import { wallClock } from "../../../shared/hours.ts";
import { kindOfNumber } from "../../kernel/phone-number.ts";
import type { PastAttempt } from "../lists/index.ts";
import type { CallPlan } from "./active-call.ts";
import "./tables.ts";

export interface PlannedRow {
  plan: CallPlan;
  callerId: string | null;
  allowed: boolean;
  at: Date;
}

/** For counting when people answer: the hour of their week, and the kind of number. */
function whenAndWhat({ phone, phoneKind, timeZone }: CallPlan, at: Date) {
  const { weekday, minute } = wallClock(at.getTime(), timeZone);
  return {
    local_slot: slotOf(weekdays.indexOf(weekday), Math.floor(minute / 60)),
    phone_kind: phoneKind ?? kindOfNumber(phone),
  };
}

/** The lead's earlier attempts that reached the network, oldest first. */
export async function attemptsOfLead(db: Db, leadId: number, exceptCallId: string): Promise<PastAttempt[]> {
  const rows = await db
    .selectFrom("calls")
    .select(["dialled_at", "answered_at"])
    .where("lead_id", "=", leadId)
    .where("id", "<>", exceptCallId)
    .where("dialled_at", "is not", null)
    .orderBy("planned_at", "desc")
    .limit(100)
    .execute();
  return rows
    .map((row) => ({ at: row.dialled_at!.getTime(), answered: row.answered_at !== null }))
    .toReversed();
}

/** The number of ours that a call showed. */
export async function shownCallerId(db: Db, callId: string): Promise<string | null> {
  const row = await db.selectFrom("calls").select("caller_id").where("id", "=", callId).executeTakeFirst();
  return row?.caller_id ?? null;
}

/** Calls as the door leaves them: dialling, or closed by the gate's refusal. */
export async function insertCalls(tx: Tx, rows: readonly PlannedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("calls")
    .values(
      rows.map(({ plan, callerId, allowed, at }) => ({
        id: plan.callId,
        direction: plan.direction,
        origin: plan.origin,
        state: allowed
          ? plan.direction === "inbound"
            ? ("ringing" as const)
            : ("dialling" as const)
          : ("closed" as const),
        outcome: allowed ? null : ("refused" as const),
        cause: null,
        sip_status: null,
        sip_reason: null,
        ended_by: allowed ? null : "system",
        campaign_id: plan.campaign?.id ?? null,
        list_id: plan.listId,
        lead_id: plan.leadId,
        customer_id: plan.customerId,
        agent_user_id: plan.direction === "inbound" ? null : plan.agentUserId,
        colleague_user_id: plan.colleagueId ?? null,
        trunk_id: null,
        name: plan.name,
        phone: plan.phone,
        caller_id: callerId,
        planned_at: at,
        dialled_at: allowed && plan.direction !== "inbound" ? at : null,
        ringing_at: plan.direction === "inbound" ? at : null,
        answered_at: null,
        connected_at: null,
        ended_at: allowed ? null : at,
        wrap_ended_at: null,
        answer_to_audio_ms: null,
        disposition_id: null,
        callback_id: plan.callbackId ?? null,
        client_data: plan.data ? JSON.stringify(plan.data) : null,
        ...(plan.direction === "outbound" && whenAndWhat(plan, at)),
      })),
    )
    .execute();
}

export async function setCallCustomer(tx: Tx, callId: string, customerId: number): Promise<void> {
  await tx.updateTable("calls").set({ customer_id: customerId }).where("id", "=", callId).execute();
}

export async function setSummary(
  tx: Tx,
  callId: string,
  summary: Pick<DeskDraft, "dispositionId" | "form" | "note">,
): Promise<void> {
  await tx
    .updateTable("calls")
    .set({
      disposition_id: summary.dispositionId,
      form: JSON.stringify(summary.form),
      note: summary.note,
    })
    .where("id", "=", callId)
    .execute();
}

export async function saveDraft(tx: Tx, callId: string, draft: DeskDraft | null): Promise<void> {
  await tx
    .updateTable("calls")
    .set({ draft: draft && JSON.stringify(draft) })
    .where("id", "=", callId)
    .execute();
}

export interface OpenCall {
  id: string;
  state: string;
  lead_id: number | null;
  campaign_id: number | null;
  agent_user_id: number | null;
  phone: string;
  connected_at: Date | null;
  answered_at: Date | null;
  dialled_at: Date | null;
  ended_at: Date | null;
  callback_id: number | null;
  customer_id: number | null;
  draft: DeskDraft | null;
}

/** Calls that stand open in the database. */
export function openCalls(db: Db): Promise<OpenCall[]> {
  return db
    .selectFrom("calls")
    .select([
      "id",
      "state",
      "lead_id",
      "campaign_id",
      "agent_user_id",
      "phone",
      "connected_at",
      "answered_at",
      "dialled_at",
      "ended_at",
      "callback_id",
      "customer_id",
      "draft",
    ])
    .where("state", "<>", "closed")
    .execute();
}

/** Closes what a crash or a fault left open, and says so in its events. */
/** Says that the server runs. */
export async function markAlive(tx: Tx, at: Date): Promise<void> {
  await tx
    .insertInto("last_alive")
    .values({ at })
    .onConflict((oc) => oc.column("one").doUpdateSet({ at }))
    .execute();
}

/** When the server, or this call, was last seen alive; undefined: never. */
export async function lastSign(db: Db, callId: string | null): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select greatest((select at from last_alive),
      (select max(at) from call_events where call_id = ${callId})) as at`.execute(db);
  return rows[0]?.at ?? undefined;
}

export async function closeOpenCall(
  tx: Tx,
  call: OpenCall,
  end: { outcome: Outcome; cause: string; endedAt: Date; at: Date },
): Promise<void> {
  await sql`
    with closed as (
      update calls set state = 'closed', outcome = coalesce(outcome, ${end.outcome}),
        cause = coalesce(cause, ${end.cause}), ended_by = coalesce(ended_by, 'system'),
        ended_at = coalesce(ended_at, ${end.endedAt}),
        wrap_ended_at = case when connected_at is null then wrap_ended_at else coalesce(wrap_ended_at, ${end.endedAt}) end
      where id = ${call.id} and state <> 'closed' returning id
    )
    insert into call_events (call_id, at, type, from_state, to_state, data)
    select id, ${end.at}, 'reconciled', ${call.state}, 'closed', ${JSON.stringify({ cause: end.cause })}::jsonb
    from closed`.execute(tx);
}

export async function insertSipMessages(
  tx: Tx,
  rows: {
    call_id: string;
    leg: string;
    at: Date;
    direction: string;
    local: string;
    remote: string;
    message: string;
  }[],
): Promise<void> {
  await sql`
    insert into sip_messages (call_id, leg, at, direction, local, remote, message)
    select m.call_id, m.leg, m.at, m.direction, m.local, m.remote, m.message
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m (call_id text, leg text, at timestamptz, direction text, local text, remote text, message text)
    join calls c on c.id = m.call_id`.execute(tx);
}

/**
 * Who this caller is: the customer with this number, the newest lead with it, and who talked with them last, showing the
 * number they now call (`called`, E.164) before another; nobody, when the number is withheld (null). A stranger belongs to the running campaign whose pool has that number.
 */
export async function whoCalls(db: Db, phone: string | null, called: string) {
  const { rows } = await sql<{
    customer_id: number | null;
    customer_name: string | null;
    lead_id: number | null;
    lead_name: string | null;
    list_id: number | null;
    time_zone: string | null;
    agent_user_id: number | null;
    campaign_id: number | null;
    vip: number | null;
  }>`
    select p.customer_id, c.name as customer_name, c.vip, l.id as lead_id, l.name as lead_name, l.list_id, l.time_zone,
      last.agent_user_id, coalesce(last.campaign_id, shows.id) as campaign_id
    from (values (${phone}::text)) as n (phone)
    left join customer_phones p on p.phone = n.phone
    left join customers c on c.id = p.customer_id
    left join lateral (select id, name, list_id, time_zone from leads where phone = n.phone
      order by last_attempt_at desc nulls last, id desc limit 1) as l on true
    left join lateral (select agent_user_id, campaign_id from calls
      where phone = n.phone and direction = 'outbound' and dialled_at is not null
      order by (caller_id is not distinct from ${called}) desc, planned_at desc limit 1) as last on true
    left join lateral (select g.id from caller_ids i join campaigns g on g.caller_id_pool_id = i.pool_id
      where i.number = ${called} and g.status = 'running' and g.deleted_at is null
      order by g.priority desc, g.id limit 1) as shows on true`.execute(db);
  return rows[0]!;
}

/** The summary of a closed call of this agent that was never made final. */
export function unfinishedCall(db: Db, callId: string, userId: number) {
  return db
    .selectFrom("calls")
    .select(["id", "campaign_id", "lead_id", "phone", "customer_id", "draft"])
    .where("id", "=", callId)
    .where("agent_user_id", "=", userId)
    .where("state", "=", "closed")
    .where("connected_at", "is not", null)
    .executeTakeFirst();
}

/** Whether this disposition has asked for a ticket about the call already. */
export async function ticketAsked(db: Db, callId: string, dispositionId: number): Promise<boolean> {
  const row = await db
    .selectFrom("call_events")
    .select("id")
    .where("call_id", "=", callId)
    .where("type", "=", "ticket-requested")
    .where(sql`data ->> 'dispositionId'`, "=", String(dispositionId))
    .executeTakeFirst();
  return row !== undefined;
}
