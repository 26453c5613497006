import { sql } from "kysely";
import { type CallbackFilter, callbackLevels, type CallbackRow } from "../../../shared/callbacks.ts";
import type { Page } from "../../../shared/common.ts";
import type { Db, Tx } from "../../kernel/db.ts";

/** Whose callbacks a person sees; `all`: a supervisor's view, bounded by `userIds` of their units. */
export interface CallbackScope {
  userId: number;
  all: boolean;
}

interface Row {
  id: number;
  lead_id: number | null;
  list_id: number | null;
  customer_id: number | null;
  campaign_id: number | null;
  campaign: string | null;
  name: string;
  phone: string;
  user_id: number | null;
  agent: string | null;
  promised_by: string | null;
  promised_at: Date;
  due_at: Date;
  time_zone: string;
  note: string;
  state: CallbackRow["state"];
  level: number;
  tries: number;
  closed_at: Date | null;
  closed_by: string | null;
  close_reason: string | null;
}

function present(row: Row): CallbackRow {
  return {
    id: row.id,
    leadId: row.lead_id,
    listId: row.list_id,
    customerId: row.customer_id,
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign ?? "" },
    name: row.name,
    phone: row.phone,
    agent: row.user_id === null ? null : { id: row.user_id, name: row.agent ?? "" },
    promisedBy: row.promised_by,
    promisedAt: row.promised_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    timeZone: row.time_zone,
    note: row.note,
    state: row.state,
    level: callbackLevels[row.level]!,
    tries: row.tries,
    closedAt: row.closed_at?.toISOString() ?? null,
    closedBy: row.closed_by,
    closeReason: row.close_reason,
  };
}

const columns = sql`b.id, b.lead_id, l.list_id, b.customer_id, b.campaign_id, ca.name as campaign,
  coalesce(nullif(l.name, ''), c.name, '') as name, b.phone, b.user_id, u.name as agent, p.name as promised_by,
  b.promised_at, b.due_at, coalesce(b.time_zone, l.time_zone, c.time_zone, 'UTC') as time_zone, b.note, b.state,
  b.level, b.tries, b.closed_at, x.name as closed_by, b.close_reason`;
const joined = sql`callbacks b left join leads l on l.id = b.lead_id left join customers c on c.id = b.customer_id
  left join campaigns ca on ca.id = b.campaign_id left join users u on u.id = b.user_id
  left join users p on p.id = b.promised_by left join users x on x.id = b.closed_by`;

const within = ({ userId, all }: CallbackScope) =>
  all
    ? sql`true`
    : sql`(b.user_id = ${userId} or (b.user_id is null and b.campaign_id in
        (select campaign_id from campaign_agents where user_id = ${userId})))`;

/** Open ones: those of the supervisors first, then by their time. Closed ones: the newest first. */
export async function listCallbacks(
  db: Db,
  filter: CallbackFilter,
  scope: CallbackScope,
  now: Date,
): Promise<Page<CallbackRow>> {
  const { state, level, campaignId, agentId, leadId, page, pageSize } = filter;
  const conditions = [
    within(scope),
    state === "closed" ? sql`b.closed_at is not null` : sql`b.state in ('waiting', 'dialling')`,
    ...(state === "overdue" ? [sql`b.promised_at < ${now}`] : []),
    ...(level ? [sql`b.level = ${callbackLevels.indexOf(level)}`] : []),
    ...(campaignId === undefined ? [] : [sql`b.campaign_id = ${campaignId}`]),
    ...(agentId === undefined ? [] : [sql`b.user_id = ${agentId}`]),
    ...(leadId === undefined ? [] : [sql`b.lead_id = ${leadId}`]),
  ];
  const where = sql.join(conditions, sql` and `);
  const order =
    state === "closed" ? sql`b.closed_at desc, b.id desc` : sql`b.level = 2 desc, b.promised_at, b.id`;
  const { rows } = await sql<Row>`
    select ${columns} from ${joined} where ${where} order by ${order}
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  const count = await sql<{ n: number }>`
    select count(*) as n from callbacks b where ${where}`.execute(db);
  return { items: rows.map(present), total: count.rows[0]!.n };
}

/** One that this person may see. */
export async function findCallback(
  db: Db,
  id: number,
  scope: CallbackScope,
): Promise<CallbackRow | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from ${joined} where b.id = ${id} and ${within(scope)}`.execute(db);
  return rows[0] && present(rows[0]);
}

export interface Move {
  dueAt?: Date | undefined;
  userId?: number | null | undefined;
  note?: string | undefined;
}

/**
 * Changes an open callback; a new time or a new agent is a new promise, reminded and handed up anew. False: it is in
 * a call, or closed.
 */
export async function moveCallback(tx: Tx, id: number, move: Move): Promise<boolean> {
  const { dueAt, userId, note } = move;
  const isNew = dueAt !== undefined || userId !== undefined;
  const result = await tx
    .updateTable("callbacks")
    .set({
      ...(dueAt && { due_at: dueAt, promised_at: dueAt }),
      ...(userId !== undefined && { user_id: userId }),
      ...(note !== undefined && { note }),
      ...(isNew && { level: 0, reminded_at: null, snoozed_until: null, tries: 0 }),
    })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
