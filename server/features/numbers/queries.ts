import { sql } from "kysely";
import type { InboundRoute, NumberTarget } from "../../../shared/numbers.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

const columnOf = {
  queue: "queue_id",
  flow: "flow_id",
  agent: "user_id",
  voicemail: "voicemail_user_id",
  box: "box_id",
} as const satisfies Record<NumberTarget["type"], string>;

const target = sql`jsonb_build_object(
  'type', case when queue_id is not null then 'queue' when flow_id is not null then 'flow'
    when user_id is not null then 'agent' when voicemail_user_id is not null then 'voicemail' else 'box' end,
  'id', coalesce(queue_id, flow_id, user_id, voicemail_user_id, box_id))`;

export async function allInboundRoutes(db: Db): Promise<InboundRoute[]> {
  const { rows } = await sql<InboundRoute>`
    select phone, trunk_id as "trunkId", ${target} as target from inbound_routes order by id`.execute(db);
  return rows;
}

/** True: all of them lead to what there is, and come from trunks that there are. */
export async function areRoutesKnown(db: Db, items: readonly InboundRoute[]): Promise<boolean> {
  const of = (...types: NumberTarget["type"][]) =>
    items.flatMap(({ target: { type, id } }) => (types.includes(type) ? id : []));
  const trunks = items.flatMap(({ trunkId }) => trunkId ?? []);
  const { rows } = await sql<{ known: boolean }>`
    select not exists (select from unnest(${of("queue")}::int[]) as q (id)
        where q.id not in (select id from queues where deleted_at is null))
      and not exists (select from unnest(${of("flow")}::int[]) as f (id)
        where f.id not in (select id from ivr_flows where archived_at is null))
      and not exists (select from unnest(${of("agent", "voicemail")}::int[]) as u (id)
        where u.id not in (select id from users where active))
      and not exists (select from unnest(${of("box")}::int[]) as b (id)
        where b.id not in (select id from voicemail_boxes where user_id is null))
      and not exists (select from unnest(${trunks}::int[]) as t (id) where t.id not in (select id from trunks))
      as known`.execute(db);
  return rows[0]!.known;
}

const rowOf = ({ phone, trunkId, target: { type, id } }: InboundRoute) => ({
  queue_id: null,
  flow_id: null,
  user_id: null,
  voicemail_user_id: null,
  box_id: null,
  phone,
  trunk_id: trunkId,
  [columnOf[type]]: id,
});

export async function replaceInboundRoutes(tx: Tx, items: readonly InboundRoute[]): Promise<void> {
  await tx.deleteFrom("inbound_routes").execute();
  if (items.length > 0) await tx.insertInto("inbound_routes").values(items.map(rowOf)).execute();
}

/** Where a number leads that was dialled on this trunk, the closest route first; undefined: nowhere. */
export async function targetOfNumber(
  db: Db,
  { phone, trunkId }: { phone: string; trunkId: number },
): Promise<NumberTarget | undefined> {
  const { rows } = await sql<{ target: NumberTarget }>`
    select ${target} as target from inbound_routes
    where (phone = ${phone} or phone is null) and (trunk_id = ${trunkId} or trunk_id is null)
      and (coalesce(user_id, voicemail_user_id) is null
        or exists (select from users u where u.id = coalesce(user_id, voicemail_user_id) and u.active))
    order by phone is null, trunk_id is null limit 1`.execute(db);
  return rows[0]?.target;
}

/** Everybody to whom a number leads: the first of each. */
export async function directNumbers(
  db: Db,
  userId: number | null = null,
): Promise<{ userId: number; name: string; directNumber: string }[]> {
  const { rows } = await sql<{ userId: number; name: string; directNumber: string }>`
    select distinct on (u.name, u.id) u.id as "userId", u.name, r.phone as "directNumber"
    from inbound_routes r join users u on u.id = r.user_id
    where r.phone is not null and (${userId}::integer is null or u.id = ${userId})
    order by u.name, u.id, r.trunk_id is not null, r.id`.execute(db);
  return rows;
}

/** The number leads to this person in place of the one before; null: none does. */
export async function saveDirectNumber(tx: Tx, userId: number, phone: string | null): Promise<void> {
  const [before] = await directNumbers(tx, userId);
  if (before)
    await tx
      .deleteFrom("inbound_routes")
      .where("user_id", "=", userId)
      .where("phone", "=", before.directNumber)
      .execute();
  if (phone !== null)
    await tx
      .insertInto("inbound_routes")
      .values(rowOf({ phone, trunkId: null, target: { type: "agent", id: userId } }))
      .execute();
}

/** To what, or to whom but this person, the number leads by itself: a name; undefined: to nothing. */
export async function whoseNumber(db: Db, phone: string, userId: number): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(q.name, f.name, b.name, u.name) as name from inbound_routes r
      left join queues q on q.id = r.queue_id left join ivr_flows f on f.id = r.flow_id
      left join voicemail_boxes b on b.id = r.box_id left join users u on u.id = coalesce(r.user_id, r.voicemail_user_id)
    where r.phone = ${phone} and r.trunk_id is null and r.user_id is distinct from ${userId}`.execute(db);
  return rows[0]?.name;
}
