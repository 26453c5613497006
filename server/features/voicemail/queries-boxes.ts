import { sql } from "kysely";
import type { BoxRow, BoxSettings, SharedBox } from "../../../shared/voicemail.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** Somebody who hangs up at the tone has said nothing. */
export const shortestMs = 1000;

/** A message that stands: said, whole, and not deleted. `m` and `r` are its rows. */
export const stands = sql<boolean>`m.deleted_at is null and r.state in ('done', 'recovered')
  and r.duration_ms >= ${sql.lit(shortestMs)}`;

interface BoxRecord {
  id: number;
  user_id: number | null;
  name: string;
  greeting_ms: number | null;
  longest_seconds: number;
  most_messages: number;
  keep_days: number;
  email: string;
  email_sound: boolean;
  call_out: BoxSettings["callOut"];
  calling_out: BoxRow["callingOut"];
  number: string | null;
  has_pin: boolean;
  keepers: { id: number; name: string }[];
  messages: number;
  unheard: number;
}

const present = (row: BoxRecord): BoxRow => ({
  id: row.id,
  userId: row.user_id,
  name: row.name,
  keepers: row.keepers,
  greetingMs: row.greeting_ms,
  longestSeconds: row.longest_seconds,
  mostMessages: row.most_messages,
  keepDays: row.keep_days,
  email: row.email,
  emailSound: row.email_sound,
  callOut: row.call_out,
  callingOut: row.calling_out && {
    ...row.calling_out,
    dueAt: new Date(row.calling_out.dueAt).toISOString(),
  },
  number: row.number,
  hasPin: row.has_pin,
  messages: row.messages,
  unheard: row.unheard,
});

/** Boxes that `which` keeps, own ones first. `b` is the box. */
async function readBoxes(db: Db, which: ReturnType<typeof sql<boolean>>): Promise<BoxRow[]> {
  const { rows } = await sql<BoxRecord>`
    select b.*, coalesce(b.name, u.name) as name, coalesce(b.number, u.extension) as number,
      b.pin_hash is not null as has_pin,
      coalesce((select json_agg(json_build_object('id', k.user_id, 'name', p.name) order by p.name)
        from voicemail_keepers k join users p on p.id = k.user_id where k.box_id = b.id), '[]') as keepers,
      c.messages, c.unheard,
      (select json_build_object('state', o.state, 'tries', o.tries, 'dueAt', o.due_at, 'lastResult', o.last_result)
        from voicemail_call_outs o where o.box_id = b.id) as calling_out
    from voicemail_boxes b left join users u on u.id = b.user_id
    cross join lateral (
      select count(*)::int as messages, (count(*) filter (where m.heard_at is null))::int as unheard
      from voicemail_messages m join recordings r on r.id = m.id where m.box_id = b.id and ${stands}) c
    where ${which} order by b.user_id is null, coalesce(b.name, u.name)`.execute(db);
  return rows.map(present);
}

export const findBox = async (db: Db, id: number): Promise<BoxRow | undefined> =>
  (await readBoxes(db, sql<boolean>`b.id = ${id}`))[0];

/** One's own, and those one looks after; `all`: every shared one. */
export const boxesOf = (db: Db, userId: number, all: boolean): Promise<BoxRow[]> =>
  readBoxes(
    db,
    sql<boolean>`b.user_id = ${userId} or (b.user_id is null and (${all} or exists (
      select from voicemail_keepers k where k.box_id = b.id and k.user_id = ${userId})))`,
  );

/** The own box of a person, made when it is first needed. */
export async function ownBox(tx: Tx, userId: number): Promise<number> {
  await tx
    .insertInto("voicemail_boxes")
    .values({ user_id: userId, name: null })
    .onConflict((oc) => oc.column("user_id").doNothing())
    .execute();
  const { id } = await tx
    .selectFrom("voicemail_boxes")
    .select("id")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return id;
}

const columns = ({ longestSeconds, mostMessages, keepDays, email, emailSound, callOut }: BoxSettings) => ({
  longest_seconds: longestSeconds,
  most_messages: mostMessages,
  keep_days: keepDays,
  email,
  email_sound: emailSound,
  call_out: callOut && JSON.stringify(callOut),
});

async function setKeepers(tx: Tx, boxId: number, keeperIds: readonly number[]): Promise<void> {
  await tx.deleteFrom("voicemail_keepers").where("box_id", "=", boxId).execute();
  const ids = [...new Set(keeperIds)];
  if (ids.length === 0) return;
  await tx
    .insertInto("voicemail_keepers")
    .values(ids.map((userId) => ({ box_id: boxId, user_id: userId })))
    .execute();
}

export async function insertBox(tx: Tx, { name, keeperIds, number, ...settings }: SharedBox & BoxSettings) {
  const { id } = await tx
    .insertInto("voicemail_boxes")
    .values({ user_id: null, name, number, ...columns(settings) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await setKeepers(tx, id, keeperIds);
  return id;
}

export async function updateBox(
  tx: Tx,
  id: number,
  settings: BoxSettings,
  shared?: SharedBox,
): Promise<void> {
  await tx
    .updateTable("voicemail_boxes")
    .set({ ...columns(settings), ...(shared && { name: shared.name, number: shared.number }) })
    .where("id", "=", id)
    .execute();
  if (shared) await setKeepers(tx, id, shared.keeperIds);
}

export async function setGreeting(tx: Tx, id: number, greetingMs: number | null): Promise<void> {
  await tx.updateTable("voicemail_boxes").set({ greeting_ms: greetingMs }).where("id", "=", id).execute();
}

export async function deleteBox(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("voicemail_boxes").where("id", "=", id).execute();
}

/** Is another box called this? */
export async function boxNameTaken(db: Db, name: string, exceptId = 0): Promise<boolean> {
  const row = await db
    .selectFrom("voicemail_boxes")
    .select("id")
    .where("name", "=", name)
    .where("id", "<>", exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these people there are. */
export async function activeUsers(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("users")
    .select("id")
    .where("id", "in", ids)
    .where("active", "=", true)
    .execute();
  return rows.map(({ id }) => id);
}
