import { sql } from "kysely";
import type { CallDirection, CallFilter } from "../../../shared/calls.ts";
import type { CallQuality } from "../../../shared/quality.ts";
import type { Db } from "../../kernel/db.ts";
import { callConditions, callScope } from "../calls/index.ts";

export interface CallRecord {
  id: string;
  direction: CallDirection;
  origin: string;
  state: string;
  outcome: string | null;
  cause: string | null;
  campaign_id: number | null;
  campaign_name: string | null;
  list_id: number | null;
  list_name: string | null;
  lead_id: number | null;
  customer_id: number | null;
  customer_name: string | null;
  name: string;
  phone: string;
  agent_user_id: number | null;
  agent_name: string | null;
  /** Of an internal call: who was called. */
  colleague_user_id: number | null;
  trunk_id: number | null;
  trunk_name: string | null;
  planned_at: Date;
  answered_at: Date | null;
  connected_at: Date | null;
  ended_at: Date | null;
  disposition: string | null;
  mos: number | null;
  has_recording: boolean;
}

const columns = sql`calls.id, calls.direction, calls.origin, calls.state, calls.outcome, calls.cause,
  calls.campaign_id, campaigns.name as campaign_name, calls.list_id, lists.name as list_name, calls.lead_id,
  calls.customer_id, customers.name as customer_name, calls.name, calls.phone, calls.agent_user_id,
  calls.colleague_user_id,
  users.name as agent_name, calls.trunk_id, trunks.name as trunk_name, calls.planned_at, calls.answered_at,
  calls.connected_at, calls.ended_at, calls.mos, dispositions.label as disposition,
  exists (select from recordings r where r.call_id = calls.id and r.state in ('recording', 'done', 'recovered'))
    as has_recording`;
const joins = sql`
  left join campaigns on campaigns.id = calls.campaign_id left join lists on lists.id = calls.list_id
  left join customers on customers.id = calls.customer_id left join users on users.id = calls.agent_user_id
  left join trunks on trunks.id = calls.trunk_id left join dispositions on dispositions.id = calls.disposition_id`;

/** `userIds`: whose calls may be seen; a call of nobody is seen by who sees all. */
function conditionsOf(filter: CallFilter, timeZone: string, userIds: "all" | number[]) {
  return sql.join([callScope(userIds), ...callConditions(filter, timeZone)], sql` and `);
}

/** The newest first. */
export async function findCalls(
  db: Db,
  filter: CallFilter,
  timeZone: string,
  userIds: "all" | number[],
): Promise<{ rows: CallRecord[]; total: number }> {
  const where = conditionsOf(filter, timeZone, userIds);
  // The page is cut before the joins: they touch its rows only.
  const page = sql<CallRecord>`
    with calls as materialized (
      select * from calls where ${where} order by planned_at desc, id desc
      limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}
    )
    select ${columns} from calls ${joins} order by calls.planned_at desc, calls.id desc`;
  const [{ rows }, count] = await Promise.all([
    page.execute(db),
    sql<{ total: number }>`select count(*) as total from calls where ${where}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export interface CallRecordDetail extends CallRecord {
  caller_id: string | null;
  sip_status: number | null;
  sip_reason: string | null;
  ended_by: string | null;
  dialled_at: Date | null;
  ringing_at: Date | null;
  wrap_ended_at: Date | null;
  answer_to_audio_ms: number | null;
  note: string;
  form: Record<string, unknown> | null;
  disposition_id: number | null;
  quality: CallQuality | null;
  complained_at: Date | null;
}

export async function findCall(db: Db, id: string): Promise<CallRecordDetail | undefined> {
  const { rows } = await sql<CallRecordDetail>`
    select ${columns}, calls.caller_id, calls.sip_status, calls.sip_reason, calls.ended_by, calls.dialled_at,
      calls.ringing_at, calls.wrap_ended_at, calls.answer_to_audio_ms, calls.note, calls.form, calls.disposition_id,
      calls.quality, calls.complained_at
    from calls ${joins} where calls.id = ${id}`.execute(db);
  return rows[0];
}

export function eventsOfCall(db: Db, callId: string) {
  return db.selectFrom("call_events").selectAll().where("call_id", "=", callId).orderBy("id").execute();
}

export function decisionOfCall(db: Db, callId: string) {
  return db
    .selectFrom("decisions")
    .selectAll()
    .where("call_id", "=", callId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export function ladderOfCall(db: Db, callId: string) {
  return db
    .selectFrom("sip_messages")
    .selectAll()
    .where("call_id", "=", callId)
    .orderBy("at")
    .orderBy("id")
    .execute();
}
