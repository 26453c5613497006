import { sql } from "kysely";
import type { Page } from "../../../shared/common.ts";
import {
  type DirectNumber,
  type Forwarding,
  forwarding,
  type ForwardingInput,
  type StoredMessage,
} from "../../../shared/forwarding.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** Who never set anything is called and not forwarded. */
export async function forwardingOf(db: Db, userId: number): Promise<Forwarding> {
  const row = await db.selectFrom("forwarding").selectAll().where("user_id", "=", userId).executeTakeFirst();
  if (!row) return forwarding.parse({ directNumber: null });
  return {
    directNumber: row.direct_number,
    doNotDisturb: row.do_not_disturb,
    always: row.always,
    outOfHours: row.out_of_hours,
    busy: row.busy,
    noAnswer: row.no_answer,
    noAnswerSeconds: row.no_answer_seconds,
    hours: row.hours,
  };
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

export async function saveForwarding(
  tx: Tx,
  userId: number,
  input: ForwardingInput,
  at: Date,
): Promise<void> {
  const row = {
    user_id: userId,
    do_not_disturb: input.doNotDisturb,
    always: json(input.always),
    out_of_hours: json(input.outOfHours),
    busy: json(input.busy),
    no_answer: json(input.noAnswer),
    no_answer_seconds: input.noAnswerSeconds,
    hours: json(input.hours),
    updated_at: at,
  };
  await tx
    .insertInto("forwarding")
    .values(row)
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
    .execute();
}

export async function saveDirectNumber(
  tx: Tx,
  userId: number,
  directNumber: string | null,
  at: Date,
): Promise<void> {
  const row = { user_id: userId, direct_number: directNumber, updated_at: at };
  await tx
    .insertInto("forwarding")
    .values(row)
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
    .execute();
}

/** Everybody with a direct number, by name. */
export function directNumbers(db: Db): Promise<DirectNumber[]> {
  return db
    .selectFrom("forwarding")
    .innerJoin("users", "users.id", "forwarding.user_id")
    .select(["users.id as userId", "users.name", "direct_number as directNumber"])
    .where("direct_number", "is not", null)
    .$narrowType<{ directNumber: string }>()
    .orderBy("users.name")
    .execute();
}

/** Whose direct number this is. */
export async function userOfDirectNumber(db: Db, phone: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("forwarding")
    .innerJoin("users", "users.id", "forwarding.user_id")
    .select("user_id")
    .where("direct_number", "=", phone)
    .where("users.active", "=", true)
    .executeTakeFirst();
  return row?.user_id;
}

export interface NewMessage {
  /** Its recording's. */
  id: string;
  userId: number;
  callId: string;
  phone: string;
  name: string;
  at: Date;
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  const { id, userId, callId, phone, name, at } = message;
  await tx
    .insertInto("stored_messages")
    .values({ id, user_id: userId, call_id: callId, phone, name, left_at: at })
    .execute();
}

/** Somebody who hangs up at the tone has said nothing. */
const shortestMs = 1000;

const ofUser = (db: Db, userId: number) =>
  db
    .selectFrom("stored_messages as m")
    .innerJoin("recordings as r", "r.id", "m.id")
    .where("m.user_id", "=", userId)
    .where("m.deleted_at", "is", null)
    .where("r.state", "in", ["done", "recovered"])
    .where("r.duration_ms", ">=", shortestMs);

export async function messagesOf(
  db: Db,
  userId: number,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<StoredMessage>> {
  const rows = await ofUser(db, userId)
    .select(["m.id", "m.call_id", "m.phone", "m.name", "m.left_at", "m.heard_at", "r.duration_ms"])
    .select(sql<number>`(count(*) over ())::int`.as("total"))
    .orderBy("m.left_at", "desc")
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    callId: row.call_id,
    phone: row.phone,
    name: row.name,
    leftAt: row.left_at.toISOString(),
    durationMs: row.duration_ms,
    heardAt: row.heard_at?.toISOString() ?? null,
  }));
  return { items, total: rows[0]?.total ?? 0 };
}

export async function unheardOf(db: Db, userId: number): Promise<number> {
  const { count } = await ofUser(db, userId)
    .select(sql<number>`count(*)::int`.as("count"))
    .where("m.heard_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** False when this person has no such message. */
export async function changeMessage(
  tx: Tx,
  { id, userId }: { id: string; userId: number },
  change: { heard_at: Date | null } | { deleted_at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("stored_messages")
    .set(change)
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
