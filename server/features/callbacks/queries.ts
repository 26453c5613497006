import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface NewCallback {
  leadId: number | null;
  customerId: number | null;
  campaignId: number | null;
  callId: string | null;
  phone: string;
  /** The person's zone. */
  timeZone: string | null;
  userId: number | null;
  promisedBy: number | null;
  dueAt: Date;
  note: string;
  /** Now. */
  at: Date;
}

/** Closes the open callbacks of this lead, or of this number without one. */
async function closeOthers(
  tx: Tx,
  whose: { leadId: number | null; phone: string; exceptId: number; exceptCallId?: string },
  close: { state: "done" | "cancelled"; reason: string; at: Date },
): Promise<number[]> {
  const query = tx
    .updateTable("callbacks")
    .set({ state: close.state, close_reason: close.reason, closed_at: close.at })
    .where("state", "=", "waiting")
    .where("id", "<>", whose.exceptId)
    .where(sql<boolean>`call_id is distinct from ${whose.exceptCallId ?? ""}`);
  const rows = await (
    whose.leadId === null
      ? query.where("lead_id", "is", null).where("phone", "=", whose.phone)
      : query.where("lead_id", "=", whose.leadId)
  )
    .returning("user_id")
    .execute();
  return rows.flatMap((row) => row.user_id ?? []);
}

/** A promise. An older one to the same person gives way: nobody is called twice. */
export async function insertCallback(tx: Tx, callback: NewCallback): Promise<number> {
  const row = await tx
    .insertInto("callbacks")
    .values({
      lead_id: callback.leadId,
      customer_id: callback.customerId,
      campaign_id: callback.campaignId,
      call_id: callback.callId,
      phone: callback.phone,
      time_zone: callback.timeZone,
      user_id: callback.userId,
      promised_by: callback.promisedBy,
      due_at: callback.dueAt,
      promised_at: callback.dueAt,
      note: callback.note,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const replaced = { state: "cancelled", reason: "replaced", at: callback.at } as const;
  await closeOthers(tx, { ...callback, exceptId: row.id }, replaced);
  return row.id;
}

/** The person was talked to: what was promised before this call is done. */
export async function keepPromises(
  tx: Tx,
  reached: { leadId: number | null; phone: string; callId: string; at: Date },
): Promise<void> {
  const whose = { ...reached, exceptId: 0, exceptCallId: reached.callId };
  await closeOthers(tx, whose, { state: "done", reason: "reached", at: reached.at });
}

const againMs = 15 * 60_000;
const mostTries = 6;

export type CallbackEnd =
  | { type: "reached" }
  /** Nobody answered: another try in a quarter of an hour, six in all. */
  | { type: "missed" }
  /** The gate said no; `retryAt` (ms): when it would not; null: never. */
  | { type: "refused"; retryAt: number | null };

/** After its call. Answers whether it still stands. */
export async function closeCallback(tx: Tx, id: number, end: CallbackEnd, now: number): Promise<boolean> {
  const found = await tx
    .selectFrom("callbacks")
    .select(["tries"])
    .where("id", "=", id)
    .where("state", "in", ["waiting", "dialling"])
    .forUpdate()
    .executeTakeFirst();
  if (!found) return false;
  const tries = found.tries + (end.type === "refused" ? 0 : 1);
  const again = end.type === "missed" ? now + againMs : end.type === "refused" ? end.retryAt : null;
  const stands = end.type !== "reached" && again !== null && tries < mostTries;
  const reason = end.type === "missed" ? "unreached" : end.type;
  await tx
    .updateTable("callbacks")
    .set(
      stands
        ? { state: "waiting", tries, due_at: new Date(again) }
        : {
            state: end.type === "reached" ? "done" : "cancelled",
            tries,
            closed_at: new Date(now),
            close_reason: reason,
          },
    )
    .where("id", "=", id)
    .execute();
  return stands;
}

/** Callbacks that were being dialled when the server died wait again. */
export async function releaseCallbacks(tx: Tx): Promise<void> {
  await tx.updateTable("callbacks").set({ state: "waiting" }).where("state", "=", "dialling").execute();
}

export interface DueCallback {
  id: number;
  leadId: number | null;
  customerId: number | null;
  campaignId: number | null;
  phone: string;
  userId: number | null;
  name: string | null;
  timeZone: string | null;
}

/** One is due that one of these agents may take, each in some of these campaigns; see `claimCallback`. */
export async function anyCallbackDue(
  db: Db,
  { userIds, campaignIds, now }: { userIds: readonly number[]; campaignIds: readonly number[]; now: Date },
): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (
      select from callbacks where state = 'waiting' and due_at <= ${now}
        and (user_id = any(${userIds}::integer[]) or user_id is null)
        and (campaign_id = any(${campaignIds}::integer[]) or (campaign_id is null and user_id is not null))
    ) as due`.execute(db);
  return rows[0]!.due;
}

/** Takes one callback that is due, of this agent first, else of anybody in these campaigns. */
export async function claimCallback(
  tx: Tx,
  claim: { userId: number; campaignIds: readonly number[]; now: Date },
): Promise<DueCallback | undefined> {
  const { rows } = await sql<DueCallback>`
    with due as (
      select id from callbacks
      where state = 'waiting' and due_at <= ${claim.now}
        and (user_id = ${claim.userId}
          or (user_id is null and campaign_id = any(${claim.campaignIds}::integer[])))
        and (campaign_id is null or campaign_id = any(${claim.campaignIds}::integer[]))
      order by user_id is null, due_at, id limit 1 for update skip locked
    ), taken as (
      update callbacks b set state = 'dialling' from due where b.id = due.id returning b.*
    )
    select t.id, t.lead_id as "leadId", t.customer_id as "customerId", t.campaign_id as "campaignId", t.phone,
      t.user_id as "userId", coalesce(c.name, l.name) as name,
      coalesce(c.time_zone, l.time_zone, t.time_zone) as "timeZone"
    from taken t left join leads l on l.id = t.lead_id left join customers c on c.id = t.customer_id`.execute(
    tx,
  );
  return rows[0];
}

/** Gives a callback back that could not be dialled after all. */
export async function returnCallback(tx: Tx, id: number, dueAt?: Date): Promise<void> {
  await tx
    .updateTable("callbacks")
    .set({ state: "waiting", ...(dueAt && { due_at: dueAt }) })
    .where("id", "=", id)
    .where("state", "=", "dialling")
    .execute();
}

/** Ends an open callback. False: it was closed meanwhile, or is in a call. */
export async function cancelCallback(
  tx: Tx,
  id: number,
  close: { reason: string; byUserId: number | null; at: Date; dialling?: boolean },
): Promise<boolean> {
  const result = await tx
    .updateTable("callbacks")
    .set({ state: "cancelled", close_reason: close.reason, closed_by: close.byUserId, closed_at: close.at })
    .where("id", "=", id)
    .where("state", "in", close.dialling ? ["waiting", "dialling"] : ["waiting"])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface WatchedCallback {
  id: number;
  userId: number | null;
  campaignId: number | null;
  level: number;
  promisedAt: Date;
  timeZone: string | null;
  reminded: boolean;
  snoozedUntil: Date | null;
  name: string;
  phone: string;
}

/** Waiting callbacks whose time is near or over, the oldest first. */
export async function callbacksToWatch(db: Db, until: Date): Promise<WatchedCallback[]> {
  const { rows } = await sql<WatchedCallback>`
    select b.id, b.user_id as "userId", b.campaign_id as "campaignId", b.level, b.promised_at as "promisedAt",
      coalesce(b.time_zone, l.time_zone) as "timeZone", b.reminded_at is not null as reminded,
      b.snoozed_until as "snoozedUntil",
      coalesce(nullif(l.name, ''), c.name, '') as name, b.phone
    from callbacks b left join leads l on l.id = b.lead_id left join customers c on c.id = b.customer_id
    where b.state = 'waiting' and b.promised_at <= ${until}
      and b.level < 2
    order by b.promised_at limit 500`.execute(db);
  return rows;
}

/** Its reminder rests until then, and so does the next try; what was promised stays. False: it does not wait. */
export async function snoozeCallback(tx: Tx, id: number, until: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update callbacks set snoozed_until = ${until}, reminded_at = null, due_at = greatest(due_at, ${until})
    where id = ${id} and state = 'waiting'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** False: it is no longer as it was. */
export async function markReminded(tx: Tx, id: number, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("callbacks")
    .set({ reminded_at: at })
    .where("id", "=", id)
    .where("reminded_at", "is", null)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Hands it up. One without a team stays with its agent as well. */
export async function escalate(tx: Tx, id: number, level: 1 | 2): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update callbacks set level = ${level}, user_id = case when campaign_id is null then user_id end
    where id = ${id} and state = 'waiting' and level < ${level}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}
