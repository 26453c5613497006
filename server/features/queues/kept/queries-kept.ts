import { sql } from "kysely";
import type { KeptEnd, KeptPlace } from "../../../../shared/kept-places.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import "../tables.ts";

export interface NewKeptPlace {
  queueId: number;
  callId: string;
  phone: string;
  name: string;
  customerId: number | null;
  timeZone: string;
  priority: number;
  since: number;
  askedAt: number;
  expiresAt: number;
}

/** A place is kept. Who has one in this queue already keeps that one. */
export async function insertKeptPlace(tx: Tx, place: NewKeptPlace): Promise<void> {
  const askedAt = new Date(place.askedAt);
  await tx
    .insertInto("kept_places")
    .values({
      queue_id: place.queueId,
      call_id: place.callId,
      phone: place.phone,
      name: place.name,
      customer_id: place.customerId,
      time_zone: place.timeZone,
      priority: place.priority,
      since: new Date(place.since),
      asked_at: askedAt,
      due_at: askedAt,
      expires_at: new Date(place.expiresAt),
    })
    .onConflict((conflict) =>
      conflict.columns(["queue_id", "phone"]).where("state", "<>", "closed").doNothing(),
    )
    .execute();
}

export interface OpenKeptPlace {
  id: number;
  queueId: number;
  phone: string;
  name: string;
  customerId: number | null;
  timeZone: string;
  priority: number;
  since: Date;
  askedAt: Date;
  state: "waiting" | "dialling";
  tries: number;
  dueAt: Date;
  expiresAt: Date;
}

/** All that are open, the longest wait first. */
export async function openKeptPlaces(db: Db): Promise<OpenKeptPlace[]> {
  const { rows } = await sql<OpenKeptPlace>`
    select id::int as id, queue_id as "queueId", phone, name, customer_id as "customerId", time_zone as "timeZone",
      priority, since, asked_at as "askedAt", state, tries, due_at as "dueAt", expires_at as "expiresAt"
    from kept_places where state <> 'closed' order by since, id`.execute(db);
  return rows;
}

/** It is being called. False: it was taken, or is over. */
export async function claimKeptPlace(
  tx: Tx,
  { id, callId, userId, now }: { id: number; callId: string; userId: number | null; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("kept_places")
    .set({ state: "dialling", last_call_id: callId, agent_user_id: userId })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Waits on for its next try; `counts`: this one was one. */
export async function returnKeptPlace(
  tx: Tx,
  id: number,
  { dueAt, counts }: { dueAt: Date; counts: boolean },
): Promise<void> {
  await sql`
    update kept_places set state = 'waiting', due_at = ${dueAt}, tries = tries + ${counts ? 1 : 0},
      agent_user_id = null
    where id = ${id} and state = 'dialling'`.execute(tx);
}

/** False: it was over already. */
export async function closeKeptPlace(
  tx: Tx,
  id: number,
  { how, at }: { how: KeptEnd; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update kept_places set state = 'closed', how = ${how}, closed_at = ${at}
    where id = ${id} and state <> 'closed'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Its queue; undefined: it is being called, or is over. */
export async function cancelKeptPlace(tx: Tx, id: number, at: Date): Promise<number | undefined> {
  const row = await tx
    .updateTable("kept_places")
    .set({ state: "closed", how: "cancelled", closed_at: at })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .returning("queue_id")
    .executeTakeFirst();
  return row?.queue_id;
}

/** After a call: they talked with somebody, another try follows, or that was the last. */
export async function endOfTry(
  tx: Tx,
  id: number,
  { reached, at }: { reached: boolean; at: Date },
): Promise<void> {
  await sql`
    update kept_places k set tries = k.tries + 1,
      state = case when n.how is null then 'waiting' else 'closed' end, how = n.how,
      closed_at = case when n.how is not null then ${at}::timestamptz end,
      due_at = ${at}::timestamptz + n.pause,
      agent_user_id = case when ${reached} then n.agent_user_id end
    from (
      select o.id, case when ${reached} then 'reached' when o.tries + 1 >= s.tries then 'unreached' end as how, s.pause,
        c.agent_user_id
      from kept_places o join queues q on q.id = o.queue_id left join calls c on c.id = o.last_call_id, lateral (
        select coalesce((q.waiting #>> '{callback,tries}')::int, 3) as tries,
          coalesce((q.waiting #>> '{callback,minutesBetween}')::int, 10) * interval '1 minute' as pause) s
      where o.id = ${id}) n
    where k.id = n.id and k.state = 'dialling'`.execute(tx);
}

/** Who is talked with need not be called any more. */
export async function keptPlacesReached(
  tx: Tx,
  { phone, queueId, at }: { phone: string; queueId: number; at: Date },
): Promise<void> {
  await sql`
    update kept_places set state = 'closed', how = 'reached', closed_at = ${at}
    where phone = ${phone} and queue_id = ${queueId} and state = 'waiting'`.execute(tx);
}

/**
 * What the end of the server cut off: who was talked with has been reached, the others wait on, and what was a try
 * counts as one.
 */
export async function releaseKeptPlaces(tx: Tx, at: Date): Promise<void> {
  await sql`
    update kept_places k set
      tries = k.tries + (c.dialled_at is not null)::int, agent_user_id = case when reached then k.agent_user_id end,
      state = case when reached then 'closed' else 'waiting' end,
      how = case when reached then 'reached' end, closed_at = case when reached then ${at}::timestamptz end
    from kept_places o left join lateral (
      select dialled_at, connected_at is not null as reached from calls where id = o.last_call_id) c on true
    where o.id = k.id and k.state = 'dialling'`.execute(tx);
}

type Row = Omit<KeptPlace, "since" | "askedAt" | "dueAt" | "expiresAt" | "closedAt"> & {
  since: Date;
  askedAt: Date;
  dueAt: Date;
  expiresAt: Date;
  closedAt: Date | null;
  total: number;
};

/** Those that are open first, by their turn; then those that are over, the newest first. */
export async function listKeptPlaces(
  db: Db,
  { queueId, limit, offset }: { queueId: number | null; limit: number; offset: number },
): Promise<{ items: KeptPlace[]; total: number }> {
  const { rows } = await sql<Row>`
    select k.id::int as id, k.queue_id as "queueId", q.name as queue, k.phone, k.name, k.since, k.asked_at as "askedAt",
      k.state, k.tries, k.due_at as "dueAt", k.expires_at as "expiresAt", k.how, k.closed_at as "closedAt",
      k.call_id as "callId", k.last_call_id as "lastCallId", u.name as agent, count(*) over ()::int as total
    from kept_places k join queues q on q.id = k.queue_id left join users u on u.id = k.agent_user_id
    where ${queueId}::int is null or k.queue_id = ${queueId}::int
    order by k.state = 'closed', case when k.state <> 'closed' then k.since end, k.asked_at desc, k.id desc
    limit ${limit} offset ${offset}`.execute(db);
  const items = rows.map((row) => ({
    ...row,
    since: row.since.toISOString(),
    askedAt: row.askedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
  return { items, total: rows[0]?.total ?? 0 };
}
