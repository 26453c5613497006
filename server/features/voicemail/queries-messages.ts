import { type SqlBool, sql } from "kysely";
import type { Page } from "../../../shared/common.ts";
import type { MessageQuery, MessageRow } from "../../../shared/voicemail.ts";
import { escapeLike } from "../../kernel/like.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { stands } from "./queries-boxes.ts";
import "./tables.ts";

export interface NewMessage {
  /** Its recording's. */
  id: string;
  boxId: number;
  callId: string;
  phone: string;
  name: string;
  at: Date;
}

export async function insertMessage(
  tx: Tx,
  { id, boxId, callId, phone, name, at }: NewMessage,
): Promise<void> {
  await tx
    .insertInto("voicemail_messages")
    .values({ id, box_id: boxId, call_id: callId, phone, name, left_at: at })
    .execute();
}

/** Messages of boxes that this person looks after, and those given to them. `m` is the message, `b` its box. */
const concerns = (userId: number) => sql<SqlBool>`(b.user_id = ${userId} or m.assigned_to = ${userId}
  or exists (select from voicemail_keepers k where k.box_id = b.id and k.user_id = ${userId}))`;

const standing = (db: Db) =>
  db
    .selectFrom("voicemail_messages as m")
    .innerJoin("recordings as r", "r.id", "m.id")
    .innerJoin("voicemail_boxes as b", "b.id", "m.box_id")
    .where(stands);

function rowsOf(db: Db, userId: number) {
  return standing(db)
    .leftJoin("users as u", "u.id", "b.user_id")
    .leftJoin("users as a", "a.id", "m.assigned_to")
    .where(concerns(userId))
    .select(["m.id", "m.box_id", "m.call_id", "m.phone", "m.name", "m.left_at", "m.heard_at", "m.transcript"])
    .select(["m.transcript_state", "m.transcript_error"])
    .select(["r.duration_ms", "b.user_id", "m.assigned_to", "a.name as assignee"])
    .select(sql<string>`coalesce(b.name, u.name)`.as("box_name"))
    .orderBy("m.left_at", "desc")
    .orderBy("m.id", "desc");
}
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>["execute"]>>[number];

const present = (row: Row): MessageRow => ({
  id: row.id,
  boxId: row.box_id,
  boxName: row.box_name,
  own: row.user_id !== null,
  callId: row.call_id,
  phone: row.phone,
  name: row.name,
  leftAt: row.left_at.toISOString(),
  durationMs: row.duration_ms ?? 0,
  heardAt: row.heard_at?.toISOString() ?? null,
  assignedTo: row.assigned_to === null ? null : { id: row.assigned_to, name: row.assignee ?? "" },
  transcript: row.transcript,
  transcriptState: row.transcript_state,
  transcriptError: row.transcript_error,
});

export async function messagesFor(
  db: Db,
  userId: number,
  { boxId, state, search = "", page, pageSize }: MessageQuery,
  seesPhones: boolean,
): Promise<Page<MessageRow>> {
  const pattern = `%${escapeLike(search)}%`;
  const rows = await rowsOf(db, userId)
    .select(sql<number>`(count(*) over ())::int`.as("total"))
    .$if(boxId !== undefined, (query) => query.where("m.box_id", "=", boxId!))
    .$if(state === "unheard", (query) => query.where("m.heard_at", "is", null))
    .$if(search !== "", (query) =>
      query.where((eb) =>
        eb.or([
          eb("m.transcript", "ilike", pattern),
          eb("m.name", "ilike", pattern),
          // A number that is masked is not found by its digits.
          ...(seesPhones ? [eb("m.phone", "like", pattern)] : []),
        ]),
      ),
    )
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { items: rows.map(present), total: rows[0]?.total ?? 0 };
}

/** Undefined when this person has no such message. */
export async function messageFor(db: Db, userId: number, id: string): Promise<MessageRow | undefined> {
  const row = await rowsOf(db, userId).where("m.id", "=", id).executeTakeFirst();
  return row && present(row);
}

/** What waits for this person: messages that nobody has listened to, and the others. */
export interface Waiting {
  unheard: number;
  heard: number;
}

export const waitingFor = (db: Db, userId: number): Promise<Waiting> =>
  standing(db)
    .select(sql<number>`(count(*) filter (where m.heard_at is null))::int`.as("unheard"))
    .select(sql<number>`(count(*) filter (where m.heard_at is not null))::int`.as("heard"))
    .where(concerns(userId))
    .executeTakeFirstOrThrow();

/** Who looks after a box that has messages, or was given one. */
export async function peopleWithMessages(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct person as id from voicemail_messages m join voicemail_boxes b on b.id = m.box_id
    left join voicemail_keepers k on k.box_id = b.id
    cross join lateral unnest(array[b.user_id, k.user_id, m.assigned_to]) person
    where m.deleted_at is null and person is not null`.execute(db);
  return rows.map(({ id }) => id);
}

export async function updateMessage(
  tx: Tx,
  id: string,
  change: { heard_at?: Date | null; deleted_at?: Date; assigned_to?: number | null; box_id?: number },
): Promise<void> {
  await tx.updateTable("voicemail_messages").set(change).where("id", "=", id).execute();
}

/** Who is told of this message: keepers of its box, its own person, and whom it was given to. */
export async function peopleOf(db: Db, messageId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.user_id as id from voicemail_messages m join voicemail_keepers k using (box_id) where m.id = ${messageId}
    union select b.user_id from voicemail_messages m join voicemail_boxes b on b.id = m.box_id
      where m.id = ${messageId} and b.user_id is not null
    union select assigned_to from voicemail_messages where id = ${messageId} and assigned_to is not null`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Messages that were kept as long as their boxes say go; returns who looks after them. */
export async function expireMessages(tx: Tx, at: Date): Promise<number[]> {
  const { rows } = await sql<{ user_ids: number[] | null }>`
    with gone as (
      update voicemail_messages m set deleted_at = ${at} from voicemail_boxes b
      where b.id = m.box_id and b.keep_days > 0 and m.deleted_at is null
        and m.left_at < ${at}::timestamptz - make_interval(days => b.keep_days)
      returning m.box_id, m.assigned_to)
    select array_agg(distinct person) as user_ids from gone
    left join voicemail_boxes b on b.id = gone.box_id left join voicemail_keepers k on k.box_id = gone.box_id
    cross join lateral unnest(array[b.user_id, k.user_id, gone.assigned_to]) person
    where person is not null`.execute(tx);
  return rows[0]?.user_ids ?? [];
}
