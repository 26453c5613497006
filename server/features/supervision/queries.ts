import { sql } from "kysely";
import type { DeskMessage, MessageAudience, SentMessage, SupervisionAct } from "../../../shared/floor.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface NewMessage {
  at: Date;
  fromUserId: number;
  to: MessageAudience;
  text: string;
  act: SupervisionAct | null;
  detail: Record<string, unknown>;
  recipients: readonly number[];
}

/** What is older than this is no news to anybody. */
const freshFor = sql`interval '1 day'`;
const keptFor = sql`interval '90 days'`;

/** Returns the message's id; what is older than 90 days goes. */
export async function addMessage(tx: Tx, message: NewMessage): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with old as (delete from supervisor_messages where at < ${message.at}::timestamptz - ${keptFor}),
    added as (insert into supervisor_messages (at, from_user_id, audience, text, act, detail)
      values (${message.at}, ${message.fromUserId}, ${JSON.stringify(message.to)}, ${message.text}, ${message.act},
        ${JSON.stringify(message.detail)}) returning id),
    sent as (insert into supervisor_message_recipients (message_id, user_id)
      select id, unnest(${message.recipients}::integer[]) from added)
    select id from added`.execute(tx);
  return rows[0]!.id;
}

type UnreadRow = Omit<DeskMessage, "at"> & { at: Date };
const present = <T extends { at: Date }>(row: T) => ({ ...row, at: row.at.toISOString() });

/** What this person has not acknowledged, of the last day; one of them when `messageId` is given. */
export async function unreadMessages(
  db: Db,
  userId: number,
  now: Date,
  messageId: number | null = null,
): Promise<DeskMessage[]> {
  const { rows } = await sql<UnreadRow>`
    select m.id, m.at, u.name as "from", m.text, m.act, m.detail
    from supervisor_message_recipients r join supervisor_messages m on m.id = r.message_id
    join users u on u.id = m.from_user_id
    where r.user_id = ${userId} and r.acknowledged_at is null and m.at > ${now}::timestamptz - ${freshFor}
      and (${messageId}::bigint is null or m.id = ${messageId})
    order by m.id`.execute(db);
  return rows.map(present);
}

/** The last 50 that this person sent within a day, with who has acknowledged them; one when `messageId` is given. */
export async function sentMessages(
  db: Db,
  fromUserId: number,
  now: Date,
  messageId: number | null = null,
): Promise<SentMessage[]> {
  const { rows } = await sql<Omit<SentMessage, "at"> & { at: Date }>`
    select m.id, m.at, m.audience as "to", m.text, (select jsonb_agg(jsonb_build_object('userId', r.user_id,
        'name', u.name, 'acknowledgedAt', to_char(r.acknowledged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'reply', r.reply) order by u.name)
      from supervisor_message_recipients r join users u on u.id = r.user_id where r.message_id = m.id) as recipients
    from supervisor_messages m
    where m.from_user_id = ${fromUserId} and m.act is null and m.at > ${now}::timestamptz - ${freshFor}
      and (${messageId}::bigint is null or m.id = ${messageId})
    order by m.id desc limit 50`.execute(db);
  return rows.map((row) => present({ ...row, recipients: row.recipients ?? [] }));
}

/** Who sent it; undefined when it is not this person's to acknowledge, or they have. */
export async function acknowledge(
  tx: Tx,
  { messageId, userId, at, reply }: { messageId: number; userId: number; at: Date; reply: string },
): Promise<number | undefined> {
  const { rows } = await sql<{ from: number }>`
    with done as (update supervisor_message_recipients set acknowledged_at = ${at}, reply = ${reply}
      where message_id = ${messageId} and user_id = ${userId} and acknowledged_at is null returning message_id)
    select m.from_user_id as "from" from supervisor_messages m join done on done.message_id = m.id`.execute(
    tx,
  );
  return rows[0]?.from;
}

export async function readPreferences(db: Db, userId: number): Promise<unknown> {
  const row = await db
    .selectFrom("floor_preferences")
    .select("value")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.value ?? {};
}

export async function savePreferences(tx: Tx, userId: number, value: unknown, at: Date): Promise<void> {
  const row = { user_id: userId, value: JSON.stringify(value), updated_at: at };
  await tx
    .insertInto("floor_preferences")
    .values(row)
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
    .execute();
}
