import { type RawBuilder, sql, type SqlBool } from "kysely";
import { type CallFilter, type Counted, type MessageFigure, pacedOrigins } from "../../../shared/calls.ts";
import type { ScriptFigure } from "../../../shared/scripts.ts";
import { escapeLike } from "../../kernel/like.ts";
import { inboundConditions } from "./inbound-filter.ts";

const live = sql<SqlBool>`(calls.connected_at is not null or calls.abandoned
  or coalesce(calls.outcome in ('customer-left', 'agent-lost'), false))`;
const paced = sql<SqlBool>`calls.origin = any(${[...pacedOrigins]}::text[]) and calls.answered_at is not null`;
const lostByUs = sql<SqlBool>`calls.connected_at is null
  and (calls.abandoned or coalesce(calls.outcome = 'agent-lost', false))`;
/** A person who answers expects a voice within two seconds: 47 CFR 64.1200(a)(7), Ofcom. */
const inTimeMs = 2_000;

/**
 * What each figure of a report counts, over the table `calls`. The list of calls filters by the same
 * conditions, so a figure and the rows it opens cannot differ.
 */
export const counted: Record<Counted, RawBuilder<SqlBool>> = {
  attempts: sql<SqlBool>`true`,
  dialled: sql<SqlBool>`calls.dialled_at is not null`,
  answered: sql<SqlBool>`calls.answered_at is not null`,
  live: sql<SqlBool>`calls.answered_at is not null and ${live}`,
  connected: sql<SqlBool>`calls.connected_at is not null`,
  "in-time": sql<SqlBool>`calls.answered_at is not null and calls.connected_at is not null and coalesce(
    calls.answer_to_audio_ms, extract(epoch from calls.connected_at - calls.answered_at) * 1000) <= ${inTimeMs}`,
  "right-party": sql<SqlBool>`calls.disposition_id in (select id from dispositions where right_party or success)`,
  success: sql<SqlBool>`calls.disposition_id in (select id from dispositions where success)`,
  abandoned: sql<SqlBool>`calls.abandoned`,
  "paced-live": sql<SqlBool>`${paced} and ${live}`,
  "paced-abandoned": sql<SqlBool>`${paced} and ${lostByUs}`,
  complaints: sql<SqlBool>`calls.complained_at is not null`,
};

/** A call belongs to the day and hour at which it was planned, on the company's clock. */
export const localTime = (timeZone: string) => sql`(calls.planned_at at time zone ${timeZone}::text)`;

/** An id to match; 0 means "none". */
function matchId(column: string, id: number): RawBuilder<SqlBool> {
  const name = sql.ref(`calls.${column}`);
  return id === 0 ? sql`${name} is null` : sql`${name} = ${id}`;
}

function matchSearch(search: string): RawBuilder<SqlBool> {
  const digits = search.replaceAll(/[\s()+-]/g, "");
  const text = escapeLike(search);
  const name = sql<SqlBool>`calls.name ilike ${`%${text}%`}`;
  return /^\d{3,15}$/.test(digits) ? sql`(calls.phone like ${`%${digits}%`} or ${name})` : name;
}

/** Whose calls a person sees: `users/visibleUserIds`. Who does not see everybody sees the calls of those agents. */
export function callScope(userIds: "all" | readonly number[]): RawBuilder<SqlBool> {
  if (userIds === "all") return sql`true`;
  const ids = sql`any(${[...userIds]}::integer[])`;
  return sql`(calls.agent_user_id = ${ids} or calls.colleague_user_id = ${ids})`;
}

/** What each figure of recorded messages counts, over `call_events m`: the end of a message. */
export const messageFigure: Record<MessageFigure, RawBuilder<SqlBool>> = {
  calls: sql<SqlBool>`m.data->>'machine' is null`,
  heard: sql<SqlBool>`((m.data->>'heard')::boolean and m.data->>'machine' is null)`,
  cut: sql<SqlBool>`(not (m.data->>'heard')::boolean and m.data->>'end' = 'left' and m.data->>'machine' is null)`,
  machines: sql<SqlBool>`m.data->>'machine' is not null`,
  left: sql<SqlBool>`m.data->>'end' = 'voicemail'`,
  "opt-outs": sql<SqlBool>`m.data->>'scope' is not null`,
  callbacks: sql<SqlBool>`m.data->>'hasCallback' is not null`,
  transfers: sql<SqlBool>`m.data->>'transferred' is not null`,
  connected: sql<SqlBool>`m.data->>'end' = 'transferred'`,
};
/** The second of the message in which it ended. */
export const messageSecond = sql<number>`((m.data->>'heardMs')::integer / 1000)`;

const withMessage = (condition: RawBuilder<unknown>) =>
  sql<SqlBool>`exists (select from call_events m where m.call_id = calls.id and m.type = 'message-ended' and ${condition})`;

/** What each figure of a script counts, over `script_walks w`. */
export const scriptFigure: Record<ScriptFigure, RawBuilder<SqlBool>> = {
  started: sql<SqlBool>`true`,
  ended: sql<SqlBool>`w.complete is not null`,
  complete: sql<SqlBool>`w.complete`,
};

/** An answer `a` says this: the value itself, one of several, or of a row of a matrix. */
const answers = (answer: string, row: string | undefined) => sql<SqlBool>`case jsonb_typeof(a.value)
  when 'array' then a.value ? ${answer}
  when 'object' then a.value->>${row ?? ""}::text = ${answer}
  else a.value #>> '{}' = ${answer} end`;

function matchScript(filter: Partial<CallFilter>): RawBuilder<SqlBool>[] {
  const { scriptId, scriptVersionId, question, answer } = filter;
  if (scriptId === undefined) return [];
  const walk = [
    sql`w.call_id = calls.id and w.script_id = ${scriptId}`,
    scriptFigure[filter.scriptFigure ?? "started"],
  ];
  if (scriptVersionId !== undefined) walk.push(sql`w.version_id = ${scriptVersionId}`);
  if (question !== undefined)
    walk.push(sql`exists (select from script_answers a where a.call_id = w.call_id and a.on_path
      and a.question = ${question} and ${answer === undefined ? sql`true` : answers(answer, filter.answerRow)})`);
  return [sql<SqlBool>`exists (select from script_walks w where ${sql.join(walk, sql` and `)})`];
}

/** The filter of the list of calls and of every report as conditions over `calls`, to be joined by `and`. */
export function callConditions(filter: Partial<CallFilter>, timeZone: string): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  const add = <T>(value: T | undefined, condition: (value: T) => RawBuilder<SqlBool>) => {
    if (value !== undefined) conditions.push(condition(value));
  };
  add(filter.from, (from) => sql`calls.planned_at >= ${from}::timestamptz`);
  add(filter.to, (to) => sql`calls.planned_at < ${to}::timestamptz`);
  add(filter.campaignId, (id) => matchId("campaign_id", id));
  add(filter.listId, (id) => matchId("list_id", id));
  add(filter.leadId, (id) => matchId("lead_id", id));
  add(filter.customerId, (id) => matchId("customer_id", id));
  add(filter.agentId, (id) =>
    filter.direction === "internal"
      ? sql`(calls.agent_user_id = ${id} or calls.colleague_user_id = ${id})`
      : matchId("agent_user_id", id),
  );
  add(filter.trunkId, (id) => matchId("trunk_id", id));
  add(filter.callerId, (number) => sql`calls.caller_id = ${number}`);
  add(filter.dispositionId, (id) => matchId("disposition_id", id));
  add(filter.outcome, (outcome) => sql`calls.outcome = ${outcome}`);
  conditions.push(
    filter.direction === undefined
      ? sql`calls.direction <> 'internal'`
      : sql`calls.direction = ${filter.direction}`,
  );
  add(filter.counted, (name) => counted[name]);
  add(filter.message, (figure) => withMessage(messageFigure[figure]));
  add(filter.messageKeys, (keys) =>
    withMessage(
      keys === "none"
        ? sql`${messageFigure.calls} and m.data->>'keys' is null`
        : sql`m.data->>'keys' = ${keys}`,
    ),
  );
  add(filter.messageSecond, (second) =>
    withMessage(sql`${messageFigure.cut} and ${messageSecond} = ${second}`),
  );
  conditions.push(...matchScript(filter), ...inboundConditions(filter));
  add(filter.hour, (hour) => sql`extract(hour from ${localTime(timeZone)}) = ${hour}`);
  add(filter.weekday, (day) => sql`extract(isodow from ${localTime(timeZone)}) = ${day}`);
  add(filter.slot, (slot) => sql`calls.local_slot = ${slot}`);
  add(filter.phoneKind, (kind) => sql`coalesce(calls.phone_kind, 'other') = ${kind}`);
  add(filter.search?.trim() || undefined, matchSearch);
  return conditions;
}
