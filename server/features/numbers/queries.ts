import { sql } from "kysely";
import type { InboundRoute, NumberTarget, RouteRule, RouteWhen } from "../../../shared/numbers.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { columnsOfTarget, targetOfRow } from "./target-columns.ts";
import "./tables.ts";

/** A rule, or a default (`rule` null), of a number or trunk. */
export interface RouteRow {
  phone: string | null;
  trunkId: number | null;
  rule: string | null;
  when: RouteWhen | null;
  target: NumberTarget;
}

const row = sql`phone, trunk_id as "trunkId", rule, conditions as "when", ${targetOfRow} as target`;

export async function allInboundRoutes(db: Db): Promise<InboundRoute[]> {
  const { rows } = await sql<RouteRow>`
    select ${row} from inbound_routes
    order by min(id) over (partition by phone, trunk_id), rule is null, position`.execute(db);
  const routes = new Map<string, InboundRoute>();
  for (const { phone, trunkId, rule, when, target } of rows) {
    const key = `${phone} ${trunkId}`;
    const route = routes.get(key) ?? { phone, trunkId, rules: [], target: null };
    routes.set(key, route);
    if (rule === null || when === null) route.target = target;
    else route.rules.push({ name: rule, when, target });
  }
  return [...routes.values()];
}

const targetsOf = (items: readonly InboundRoute[]): NumberTarget[] =>
  items.flatMap(({ rules, target }) => [...rules.map((rule) => rule.target), ...(target ? [target] : [])]);

/** True: all of them lead to what there is, and ask for what there is. */
export async function areRoutesKnown(db: Db, items: readonly InboundRoute[]): Promise<boolean> {
  const targets = targetsOf(items);
  const of = (...types: NumberTarget["type"][]) =>
    targets.flatMap((target) => ("id" in target && types.includes(target.type) ? target.id : []));
  const trunks = items.flatMap(({ trunkId }) => trunkId ?? []);
  const whens = items.flatMap(({ rules }) => rules.map(({ when }) => when));
  const lists = whens.flatMap(({ listIds }) => listIds);
  const calendars = whens.flatMap(({ time }) => time?.calendarId ?? []);
  const { rows } = await sql<{ known: boolean }>`
    select not exists (select from unnest(${of("queue")}::int[]) as q (id)
        where q.id not in (select id from queues where deleted_at is null))
      and not exists (select from unnest(${of("flow")}::int[]) as f (id)
        where f.id not in (select id from ivr_flows where archived_at is null))
      and not exists (select from unnest(${of("agent", "voicemail")}::int[]) as u (id)
        where u.id not in (select id from users where active))
      and not exists (select from unnest(${of("box")}::int[]) as b (id)
        where b.id not in (select id from voicemail_boxes where user_id is null))
      and not exists (select from unnest(${of("announcement")}::int[]) as p (id)
        where p.id not in (select id from prompts))
      and not exists (select from unnest(${lists}::int[]) as l (id) where l.id not in (select id from lists))
      and not exists (select from unnest(${calendars}::int[]) as c (id)
        where c.id not in (select id from calendars))
      and not exists (select from unnest(${trunks}::int[]) as t (id) where t.id not in (select id from trunks))
      as known`.execute(db);
  return rows[0]!.known;
}

const defaultOf = (phone: string | null, trunkId: number | null, target: NumberTarget) => ({
  phone,
  trunk_id: trunkId,
  position: 0,
  rule: null,
  conditions: null,
  calendar_id: null,
  ...columnsOfTarget(target),
});

const ruleOf = (phone: string | null, trunkId: number | null, { name, when, target }: RouteRule) => ({
  ...defaultOf(phone, trunkId, target),
  rule: name,
  conditions: JSON.stringify(when),
  calendar_id: when.time?.calendarId ?? null,
});

export async function replaceInboundRoutes(tx: Tx, items: readonly InboundRoute[]): Promise<void> {
  await tx.deleteFrom("inbound_routes").execute();
  const rows = items.flatMap(({ phone, trunkId, rules, target }) => [
    ...rules.map((rule, position) => ({ ...ruleOf(phone, trunkId, rule), position })),
    ...(target ? [defaultOf(phone, trunkId, target)] : []),
  ]);
  // PostgreSQL takes 65,535 parameters at once.
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto("inbound_routes")
      .values(rows.slice(from, from + 1000))
      .execute();
}

/** What may lead a caller who dialled this number on this trunk, in the order in which it is looked at: the closest first. */
export async function routesOf(
  db: Db,
  { phone, trunkId }: { phone: string; trunkId: number | null },
): Promise<RouteRow[]> {
  const { rows } = await sql<RouteRow>`
    select ${row} from inbound_routes
    where (phone = ${phone} or phone is null) and (trunk_id = ${trunkId} or trunk_id is null)
      and (coalesce(user_id, voicemail_user_id) is null
        or exists (select from users u where u.id = coalesce(user_id, voicemail_user_id) and u.active))
    order by phone is null, trunk_id is null, rule is null, position`.execute(db);
  return rows;
}

/** Everybody to whom a number leads: the first of each. */
export async function directNumbers(
  db: Db,
  userId: number | null = null,
): Promise<{ userId: number; name: string; directNumber: string }[]> {
  const { rows } = await sql<{ userId: number; name: string; directNumber: string }>`
    select distinct on (u.name, u.id) u.id as "userId", u.name, r.phone as "directNumber"
    from inbound_routes r join users u on u.id = r.user_id
    where r.phone is not null and r.rule is null and (${userId}::integer is null or u.id = ${userId})
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
      .where("rule", "is", null)
      .execute();
  if (phone !== null)
    await tx
      .insertInto("inbound_routes")
      .values(defaultOf(phone, null, { type: "agent", id: userId }))
      .execute();
}

/** To what, or to whom but this person, the number leads by itself: a name; undefined: to nothing. */
export async function whoseNumber(db: Db, phone: string, userId: number): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(q.name, f.name, b.name, u.name, p.name, r.to_phone, r.rule, '') as name from inbound_routes r
      left join queues q on q.id = r.queue_id left join ivr_flows f on f.id = r.flow_id
      left join voicemail_boxes b on b.id = r.box_id left join users u on u.id = coalesce(r.user_id, r.voicemail_user_id)
      left join prompts p on p.id = r.prompt_id
    where r.phone = ${phone} and r.trunk_id is null
      and not exists (select from inbound_routes own where own.phone = r.phone and own.trunk_id is null
        and own.rule is null and own.user_id = ${userId})
    order by r.rule is not null, r.position limit 1`.execute(db);
  return rows[0]?.name;
}
