import { sql } from "kysely";
import type { SmsFilter, SmsRow } from "../../../shared/sms.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

const lifetimeMs = 24 * 3_600_000;

export interface NewSms {
  /** E.164. */
  phone: string;
  body: string;
  callId: string | null;
  at: Date;
}

/** It waits after this transaction for whatever delivers text messages. */
export async function insertSms(tx: Tx, { phone, body, callId, at }: NewSms): Promise<void> {
  const expires_at = new Date(at.getTime() + lifetimeMs);
  await tx
    .insertInto("sms_messages")
    .values({ phone, body, call_id: callId, created_at: at, expires_at, ended_at: null, last_error: null })
    .execute();
}

/** How many this number was to get since then. */
export async function smsCountOf(db: Db, phone: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom("sms_messages")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("phone", "=", phone)
    .where("created_at", ">=", since)
    .executeTakeFirstOrThrow();
  return count;
}

export async function listSms(
  db: Db,
  { state, page, pageSize }: SmsFilter,
): Promise<{ items: SmsRow[]; total: number; waiting: number }> {
  const all = db.selectFrom("sms_messages").$if(state !== undefined, (q) => q.where("state", "=", state!));
  const [rows, counts] = await Promise.all([
    all
      .selectAll()
      .orderBy("id", "desc")
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    sql<{ total: number; waiting: number }>`
      select count(*) filter (where ${state ?? null}::text is null or state = ${state ?? null})::integer as total,
        count(*) filter (where state = 'waiting')::integer as waiting from sms_messages`.execute(db),
  ]);
  const items = rows.map((row) => ({
    id: row.id,
    phone: row.phone,
    body: row.body,
    callId: row.call_id,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    tries: row.tries,
    lastError: row.last_error,
  }));
  return { items, ...counts.rows[0]! };
}

/** Undefined: it does not wait any more. */
export function cancelSms(tx: Tx, id: number, at: Date): Promise<{ phone: string } | undefined> {
  return tx
    .updateTable("sms_messages")
    .set({ state: "cancelled", ended_at: at })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .returning("phone")
    .executeTakeFirst();
}

/** What waited too long expires; what ended before `before` is forgotten. */
export async function expireSms(tx: Tx, at: Date, before: Date): Promise<void> {
  await tx
    .updateTable("sms_messages")
    .set({ state: "expired", ended_at: at, last_error: "no-channel" })
    .where("state", "=", "waiting")
    .where("expires_at", "<=", at)
    .execute();
  await tx.deleteFrom("sms_messages").where("ended_at", "<", before).execute();
}

/** How many wait, for the health page. */
export async function smsWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("sms_messages")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  return count;
}
