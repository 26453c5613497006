import { sql } from "kysely";
import type { DiaryChange } from "../../../shared/diary.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface NewEntry {
  userId: number;
  kind: "call" | "appointment";
  title: string;
  note: string;
  startsAt: Date;
  endsAt: Date;
  phone: string | null;
  customerId: number | null;
  campaignId: number | null;
  timeZone: string | null;
  remindBeforeMs: number;
}

export async function insertEntry(tx: Tx, entry: NewEntry): Promise<number> {
  const row = await tx
    .insertInto("diary_entries")
    .values({
      user_id: entry.userId,
      kind: entry.kind,
      title: entry.title,
      note: entry.note,
      starts_at: entry.startsAt,
      ends_at: entry.endsAt,
      phone: entry.phone,
      customer_id: entry.customerId,
      campaign_id: entry.campaignId,
      time_zone: entry.timeZone,
      remind_before_ms: entry.remindBeforeMs,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A waiting entry changes; another time or owner is reminded of anew. False: it is closed. */
export async function updateEntry(
  tx: Tx,
  id: number,
  change: DiaryChange & { userId?: number; snoozedUntil?: Date },
): Promise<boolean> {
  const { startsAt, endsAt, title, note, remindBeforeMs, userId, snoozedUntil } = change;
  const isNew = startsAt !== undefined || userId !== undefined;
  const result = await tx
    .updateTable("diary_entries")
    .set({
      ...(startsAt && { starts_at: new Date(startsAt) }),
      ...(endsAt && { ends_at: new Date(endsAt) }),
      ...(title !== undefined && { title }),
      ...(note !== undefined && { note }),
      ...(remindBeforeMs !== undefined && { remind_before_ms: remindBeforeMs }),
      ...(userId !== undefined && { user_id: userId }),
      ...(isNew && { reminded_at: null, snoozed_until: null }),
      ...(snoozedUntil && { reminded_at: null, snoozed_until: snoozedUntil }),
    })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False: it was closed meanwhile. */
export async function closeEntry(
  tx: Tx,
  id: number,
  close: { state: "done" | "cancelled"; reason: string; at: Date; callId?: string },
): Promise<boolean> {
  const result = await tx
    .updateTable("diary_entries")
    .set({
      state: close.state,
      close_reason: close.reason,
      closed_at: close.at,
      ...(close.callId !== undefined && { call_id: close.callId }),
    })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** A call that was not placed, by the gate's word or for another reason. */
export async function failEntry(tx: Tx, id: number, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable("diary_entries")
    .set({ state: "cancelled", close_reason: reason, closed_at: at })
    .where("id", "=", id)
    .where("state", "<>", "cancelled")
    .execute();
}

export interface WatchedEntry {
  id: number;
  userId: number;
  kind: "call" | "appointment";
  title: string;
  startsAt: Date;
  timeZone: string | null;
  phone: string | null;
  customerId: number | null;
  campaignId: number | null;
  remindBeforeMs: number;
  reminded: boolean;
  snoozedUntil: Date | null;
}

/** Entries of these people that wait and whose time is near, is there, or is over for at most a day. */
export async function entriesToWatch(db: Db, userIds: readonly number[], now: Date): Promise<WatchedEntry[]> {
  const { rows } = await sql<WatchedEntry>`
    select id, user_id as "userId", kind, title, starts_at as "startsAt", time_zone as "timeZone", phone,
      customer_id as "customerId", campaign_id as "campaignId", remind_before_ms as "remindBeforeMs",
      reminded_at is not null as reminded, snoozed_until as "snoozedUntil"
    from diary_entries
    where state = 'waiting' and user_id = any(${userIds}::integer[])
      and starts_at between ${now}::timestamptz - interval '1 day' and ${now}::timestamptz + interval '1 day'
    order by starts_at limit 500`.execute(db);
  return rows;
}

export async function markEntryReminded(tx: Tx, id: number, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("diary_entries")
    .set({ reminded_at: at })
    .where("id", "=", id)
    .where("reminded_at", "is", null)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
