import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";
import "./tables.ts";

const live = sql`('dialling', 'ringing', 'message', 'waiting', 'connecting', 'talking')`;

/** Which of `webhookEvents` a line of a call's history is; null: none. By states, so that each way there counts. */
const callEvent = sql`case
  when e.type = 'handed-on' then 'call.transferred'
  when e.type = 'ticket-requested' then 'ticket.requested'
  when e.type = 'summary' or (e.from_state = 'wrap-up' and e.to_state = 'closed') then 'summary.saved'
  when e.from_state in ${live} and e.to_state in ('wrap-up', 'closed') then 'call.ended'
  when e.to_state = 'talking' and e.from_state is distinct from 'talking' then 'call.connected'
  when e.from_state in ('dialling', 'ringing') and e.to_state in ('message', 'waiting', 'connecting')
    then 'call.answered'
  when e.to_state = 'ringing' and e.from_state is distinct from 'ringing' then 'call.ringing'
end`;

const person = sql`case when u.id is not null
  then jsonb_build_object('id', u.id, 'login', u.login, 'name', u.name) end`;

/** WebhookCall of shared/webhooks.ts, as the call stands now. */
const callData = sql`jsonb_build_object('call', jsonb_build_object(
  'id', c.id, 'direction', c.direction, 'origin', c.origin, 'state', coalesce(e.to_state, c.state), 'outcome', c.outcome,
  'phone', c.phone, 'callerId', c.caller_id, 'name', c.name,
  'campaign', case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end,
  'leadId', c.lead_id, 'customerId', c.customer_id, 'agent', ${person},
  'ringingAt', c.ringing_at, 'answeredAt', c.answered_at, 'connectedAt', c.connected_at, 'endedAt', c.ended_at,
  'disposition', case when d.id is not null then jsonb_build_object('id', d.id, 'name', d.label) end,
  'form', c.form, 'note', c.note, 'data', c.client_data, 'externalId', coalesce(
    nullif((select l.fields->>'external_id' from leads l where l.id = c.lead_id), ''),
    nullif((select cu.fields->>'external_id' from customers cu where cu.id = c.customer_id), ''),
    c.client_data->>'externalId'))) || case when e.type = 'ticket-requested'
    then jsonb_build_object('ticket', e.data - 'dispositionId') else '{}' end`;

const wanted = (type: ReturnType<typeof sql>) =>
  sql`exists (select from webhooks w where w.enabled and ${type} = any(w.events) and w.listening_since <= e.at)`;

const unseen = (source: "call" | "agent") =>
  sql`not exists (select from webhook_events x where x.source = ${source} and x.source_id = e.id)`;

const collectCalls = (from: number, most: number) => sql`
  insert into webhook_events (source, source_id, type, subject, at, data)
  select 'call', e.id, ${callEvent}, 'call:' || e.call_id, e.at, ${callData}
  from call_events e join calls c on c.id = e.call_id
    left join campaigns m on m.id = c.campaign_id left join users u on u.id = c.agent_user_id
    left join dispositions d on d.id = c.disposition_id
  where e.id > ${from} and ${wanted(callEvent)} and ${unseen("call")}
  order by e.id limit ${most}
  on conflict (source, source_id) do nothing`;

const collectAgents = (from: number, most: number) => sql`
  insert into webhook_events (source, source_id, type, subject, at, data)
  select 'agent', e.id, 'agent.changed', 'agent:' || e.user_id, e.at, jsonb_build_object('agent', jsonb_build_object(
    'id', u.id, 'login', u.login, 'name', u.name, 'state', e.state, 'pauseReason', p.code, 'callId', e.call_id,
    'cause', e.cause))
  from agent_events e join users u on u.id = e.user_id left join pause_reasons p on p.id = e.pause_reason_id
  where e.id > ${from} and ${wanted(sql`'agent.changed'`)} and ${unseen("agent")}
  order by e.id limit ${most}
  on conflict (source, source_id) do nothing`;

/** Time alone makes a callback due: each promised time is told of once. What else happens to rows, triggers tell. */
const collectDue = (now: Date, most: number) => sql`
  with due as (
    select id from callbacks c where state = 'waiting' and promised_at <= ${now}
      and due_told is distinct from promised_at
      and exists (select from webhooks w where w.enabled and 'callback.due' = any(w.events)
        and w.listening_since <= c.promised_at)
    order by promised_at limit ${most} for update skip locked),
  told as (update callbacks c set due_told = promised_at from due where c.id = due.id
    returning c.id, callback_news(c) as news)
  select tell_webhooks('callback.due', 'callback:' || id, news) from told`;

/**
 * Takes what happened since and is wanted into `webhook_events`, with a delivery for each webhook that wants it. What was
 * taken is known by its row, so that looking again takes nothing twice and a server that was killed misses nothing.
 * Returns how many were taken.
 */
export async function collect(tx: Tx, most: number, now: Date): Promise<number> {
  const marks = await tx.selectFrom("webhook_marks").selectAll().forUpdate().execute();
  const from = Object.fromEntries(marks.map((mark) => [mark.source, mark.looked_to]));
  const before = await lastEvent(tx);
  await collectCalls(from["call"] ?? 0, most).execute(tx);
  await collectAgents(from["agent"] ?? 0, most).execute(tx);
  await collectDue(now, most).execute(tx);
  const { rows } = await sql<{ event_id: number }>`
    insert into webhook_deliveries (webhook_id, event_id)
    select w.id, e.id from webhook_events e
      join webhooks w on w.enabled and e.type = any(w.events) and w.listening_since <= e.at
    where e.id > ${before} order by e.id
    on conflict do nothing returning event_id`.execute(tx);
  return new Set(rows.map((row) => row.event_id)).size;
}

async function lastEvent(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from webhook_events`.execute(
    tx,
  );
  return rows[0]!.id;
}

/** The newest row of each source: what a mark may become once no transaction can still bring an older one. */
export async function newestRows(tx: Tx): Promise<{ call: number; agent: number }> {
  const { rows } = await sql<{ call: number; agent: number }>`
    select (select coalesce(max(id), 0) from call_events) as call,
      (select coalesce(max(id), 0) from agent_events) as agent`.execute(tx);
  return rows[0]!;
}

/** Looking begins behind these rows from now on. */
export async function moveMarks(tx: Tx, to: { call: number; agent: number }): Promise<void> {
  await sql`update webhook_marks m set looked_to = greatest(m.looked_to, v.id)
    from (values ('call', ${to.call}::bigint), ('agent', ${to.agent}::bigint)) v (source, id)
    where m.source = v.source`.execute(tx);
}
