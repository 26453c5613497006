import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { DiaryItem } from "../../../shared/diary.ts";
import type { Db } from "../../kernel/db.ts";
import "./tables.ts";

/** A callback has no end of its own. */
const callbackMinutes = 15;

/** `userIds`: whose entries are seen, `"all"` for everybody's; `teamOf`: whose campaigns' open callbacks as well. */
export interface DiaryScope {
  userId: number;
  userIds: "all" | readonly number[];
  teamOf: number | null;
}

interface Row {
  kind: DiaryItem["kind"];
  id: number;
  starts_at: Date;
  ends_at: Date;
  title: string;
  note: string;
  phone: string | null;
  customer_id: number | null;
  lead_id: number | null;
  campaign_id: number | null;
  campaign: string | null;
  user_id: number | null;
  agent: string | null;
  time_zone: string | null;
  state: DiaryItem["state"];
  close_reason: string | null;
  snoozed_until: Date | null;
  handed_over: string | null;
}

function present(row: Row, { userId }: DiaryScope, now: Date): DiaryItem {
  const isPrivate = row.kind === "appointment" && row.user_id !== userId;
  return {
    kind: row.kind,
    id: row.id,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    title: isPrivate ? "" : row.title,
    note: isPrivate ? "" : row.note,
    phone: row.phone,
    customerId: row.customer_id,
    leadId: row.lead_id,
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign ?? "" },
    agent: row.user_id === null ? null : { id: row.user_id, name: row.agent ?? "" },
    timeZone: row.time_zone,
    overdue: row.state === "waiting" && row.kind !== "appointment" && row.starts_at < now,
    state: row.state,
    closeReason: row.close_reason,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    handedOver: isPrivate ? null : row.handed_over,
  };
}

const lastWord = (column: "callback_id" | "entry_id", id: RawBuilder<unknown>) => sql`
  (select h.why from diary_history h where h.${sql.ref(column)} = ${id} and h.act = 'handed' order by h.id desc limit 1)`;

const items = sql`(
  select 'callback' as kind, b.id, b.promised_at as starts_at,
    b.promised_at + make_interval(mins => ${callbackMinutes}) as ends_at,
    coalesce(nullif(l.name, ''), c.name, '') as title, b.note, b.phone, b.customer_id, b.lead_id, b.campaign_id,
    b.user_id, coalesce(b.time_zone, l.time_zone, c.time_zone) as time_zone, b.state, b.close_reason, b.snoozed_until,
    ${lastWord("callback_id", sql`b.id`)} as handed_over
  from callbacks b left join leads l on l.id = b.lead_id left join customers c on c.id = b.customer_id
  union all
  select e.kind, e.id, e.starts_at, e.ends_at, e.title, e.note, e.phone, e.customer_id, null, e.campaign_id, e.user_id,
    coalesce(e.time_zone, c.time_zone), e.state, e.close_reason, e.snoozed_until,
    ${lastWord("entry_id", sql`e.id`)}
  from diary_entries e left join customers c on c.id = e.customer_id
) i left join users u on u.id = i.user_id left join campaigns ca on ca.id = i.campaign_id`;

function within({ userIds, teamOf }: DiaryScope): RawBuilder<SqlBool> {
  if (userIds === "all") return sql`true`;
  const team =
    teamOf === null
      ? sql`false`
      : sql`i.user_id is null and i.campaign_id in (select campaign_id from campaign_agents where user_id = ${teamOf})`;
  return sql`(i.user_id = any(${userIds}::integer[]) or (${team}))`;
}

async function find(db: Db, where: RawBuilder<SqlBool>, scope: DiaryScope, now: Date, limit: number) {
  const { rows } = await sql<Row>`
    select i.*, u.name as agent, ca.name as campaign from ${items}
    where ${within(scope)} and ${where} order by i.starts_at, i.kind, i.id limit ${limit}`.execute(db);
  return rows.map((row) => present(row, scope, now));
}

/** What touches the time between, done or not, and what is open from before it, when `late`. */
export function diaryBetween(
  db: Db,
  range: { from: Date; to: Date; late: boolean },
  scope: DiaryScope,
  now: Date,
): Promise<DiaryItem[]> {
  const { from, to, late } = range;
  const open = sql<SqlBool>`i.state in ('waiting', 'dialling')`;
  const between = sql<SqlBool>`(i.starts_at < ${to} and i.ends_at > ${from} and i.state <> 'cancelled')`;
  const where = late
    ? sql<SqlBool>`(${between} or (${open} and i.kind <> 'appointment' and i.starts_at < ${from} and i.ends_at < ${now}))`
    : between;
  return find(db, where, scope, now, 2_000);
}

/** The first that waits, overdue ones before. */
export async function nextInDiary(db: Db, scope: DiaryScope, now: Date): Promise<DiaryItem | null> {
  const [item] = await find(
    db,
    sql`i.state = 'waiting' and (i.kind <> 'appointment' or i.ends_at > ${now})`,
    scope,
    now,
    1,
  );
  return item ?? null;
}

export async function diaryItemOf(
  db: Db,
  noun: "callback" | "entry",
  id: number,
  scope: DiaryScope,
  now: Date,
): Promise<DiaryItem | undefined> {
  const kind = noun === "callback" ? sql`i.kind = 'callback'` : sql`i.kind <> 'callback'`;
  const [item] = await find(db, sql`i.id = ${id} and ${kind}`, scope, now, 1);
  return item;
}
