import { sql } from "kysely";
import type { CallerIdPoolInput, DriftAlarm, Rotation } from "../../../shared/caller-ids.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { sumHours } from "./queries-watch.ts";

const columnsOf = (input: CallerIdPoolInput) => ({
  name: input.name,
  note: input.note,
  rotation: input.rotation,
  local_presence: input.localPresence,
  sticky: input.sticky,
  max_per_hour: input.maxPerHour,
  max_per_day: input.maxPerDay,
  fallback: input.fallback,
  alarm_p: input.alarmP,
  rest_on_alarm: input.restOnAlarm,
  rest_days: input.restDays,
});

export async function insertPool(tx: Tx, input: CallerIdPoolInput): Promise<number> {
  const row = await tx
    .insertInto("caller_id_pools")
    .values(columnsOf(input))
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updatePool(tx: Tx, id: number, input: CallerIdPoolInput): Promise<void> {
  await tx
    .updateTable("caller_id_pools")
    .set({ ...columnsOf(input), updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

export async function deletePool(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("caller_id_pools").where("id", "=", id).execute();
}

/**
 * Makes the pool's numbers these. A number that comes in brings its calls along: today's, so that its caps count them,
 * and those of two weeks, to be seen.
 */
export async function savePoolNumbers(
  tx: Tx,
  poolId: number,
  numbers: CallerIdPoolInput["numbers"],
  { at, timeZone }: { at: Date; timeZone: string },
): Promise<void> {
  const all = numbers.map((number) => number.number);
  await sql`delete from caller_ids where pool_id = ${poolId} and number <> all(${all}::text[])`.execute(tx);
  const { rows } = await sql<{ number: string }>`
    insert into caller_ids (number, pool_id, enabled, max_per_hour, max_per_day, prefixes, watched_since)
    select n.number, ${poolId}, n.enabled, n."maxPerHour", n."maxPerDay", n.prefixes, ${at}
    from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb)
      as n (number text, enabled boolean, "maxPerHour" integer, "maxPerDay" integer, prefixes text[])
    on conflict (number) do update set enabled = excluded.enabled, max_per_hour = excluded.max_per_hour,
      max_per_day = excluded.max_per_day, prefixes = excluded.prefixes
    returning case when xmax = 0 then number end as number`.execute(tx);
  const fresh = rows.map((row) => row.number).filter((number) => number !== null);
  if (fresh.length === 0) return;
  await sql`
    insert into caller_id_uses (number, hour, dials)
    select caller_id, date_trunc('hour', dialled_at, ${timeZone}), count(*) from calls
    where caller_id = any(${fresh}::text[]) and direction = 'outbound'
      and dialled_at >= ${new Date(at.getTime() - 25 * 3_600_000)}
    group by 1, 2 on conflict (number, hour) do update set dials = excluded.dials`.execute(tx);
  const from = new Date(at.getTime() - 14 * 24 * 3_600_000);
  await sumHours(tx, { from, timeZone, numbers: fresh });
}

export interface PoolRecord {
  id: number;
  name: string;
  note: string;
  rotation: Rotation;
  local_presence: boolean;
  sticky: boolean;
  max_per_hour: number | null;
  max_per_day: number | null;
  fallback: string | null;
  alarm_p: number;
  rest_on_alarm: boolean;
  rest_days: number;
  campaigns: { id: number; name: string }[];
}

/** By name; `id`: that one alone. */
export async function poolRecords(db: Db, id?: number): Promise<PoolRecord[]> {
  const { rows } = await sql<PoolRecord>`
    select p.id, p.name, p.note, p.rotation, p.local_presence, p.sticky, p.max_per_hour, p.max_per_day, p.fallback,
      p.alarm_p, p.rest_on_alarm, p.rest_days,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name) from campaigns c
        where c.caller_id_pool_id = p.id and c.deleted_at is null), '[]') as campaigns
    from caller_id_pools p where ${id ?? null}::integer is null or p.id = ${id ?? null}
    order by p.name, p.id`.execute(db);
  return rows;
}

export async function numberRecords(db: Db, poolId: number) {
  return db.selectFrom("caller_ids").selectAll().where("pool_id", "=", poolId).orderBy("number").execute();
}

/** What a save must not meet as an SQL error: a name that is taken, numbers in other pools. */
export async function poolProblems(db: Db, input: CallerIdPoolInput, exceptId: number) {
  const numbers = input.numbers.map((number) => number.number);
  const { rows } = await sql<{ name_taken: boolean; elsewhere: { number: string; pool: string }[] }>`select
    exists (select from caller_id_pools where name = ${input.name} and id <> ${exceptId}) as name_taken,
    coalesce((select jsonb_agg(jsonb_build_object('number', c.number, 'pool', p.name) order by c.number)
      from caller_ids c join caller_id_pools p on p.id = c.pool_id
      where c.number = any(${numbers}::text[]) and c.pool_id <> ${exceptId}), '[]') as elsewhere`.execute(db);
  return { nameTaken: rows[0]!.name_taken, elsewhere: rows[0]!.elsewhere };
}

export async function poolOf(db: Db, number: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("caller_ids")
    .select("pool_id")
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.pool_id;
}

/** Rests until then; null: works again. Its answer rate is judged anew from the end of the rest. */
export async function restNumber(tx: Tx, number: string, at: Date, until: Date | null): Promise<void> {
  await tx
    .updateTable("caller_ids")
    .set({ rest_until: until, watched_since: until ?? at, alarm: null })
    .where("number", "=", number)
    .execute();
}

/** Clears its alarm and forgets the hours behind it. */
export async function judgeAnew(tx: Tx, number: string, at: Date): Promise<void> {
  await tx
    .updateTable("caller_ids")
    .set({ watched_since: at, alarm: null })
    .where("number", "=", number)
    .execute();
}

export async function setAlarm(
  tx: Tx,
  number: string,
  alarm: DriftAlarm,
  restUntil: Date | null,
): Promise<void> {
  await tx
    .updateTable("caller_ids")
    .set({
      alarm: JSON.stringify(alarm),
      ...(restUntil && { rest_until: restUntil, watched_since: restUntil }),
    })
    .where("number", "=", number)
    .execute();
}
