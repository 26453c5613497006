import { sql } from "kysely";
import type { Rotation } from "../../../shared/caller-ids.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import type { Pool, PoolNumber } from "./choose.ts";
import { placeOf } from "./locality.ts";

interface PoolRow {
  id: number;
  rotation: Rotation;
  local_presence: boolean;
  sticky: boolean;
  fallback: string | null;
  turn: number;
}
interface NumberRow {
  number: string;
  pool_id: number;
  enabled: boolean;
  max_per_hour: number | null;
  max_per_day: number | null;
  prefixes: string[];
  rest_until: Date | null;
  turn: number;
  alarmed: boolean;
  this_hour: number;
  today: number;
}

type ShowingTrunk = Pick<TrunkSettings, "id" | "enabled" | "callerIds">;

const trunksOf = (number: string, trunks: readonly ShowingTrunk[]) =>
  trunks.filter((trunk) => trunk.enabled && trunk.callerIds.includes(number)).map((trunk) => trunk.id);

function numberOf(row: NumberRow, trunks: readonly ShowingTrunk[]): PoolNumber {
  return {
    place: placeOf(row.number),
    enabled: row.enabled,
    trunkIds: trunksOf(row.number, trunks),
    prefixes: row.prefixes,
    maxPerHour: row.max_per_hour,
    maxPerDay: row.max_per_day,
    usedThisHour: row.this_hour,
    usedToday: row.today,
    restUntil: row.rest_until?.getTime() ?? null,
    turn: row.turn,
    alarmed: row.alarmed,
  };
}

/** Locks the pools, in one order, so that choices from one pool come one after the other until the end of `tx`. */
export async function lockPools(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`select from caller_id_pools where id = any(${ids}::integer[]) order by id for update`.execute(tx);
}

/**
 * The pools with their numbers, caps and what was used of them by `at`, in the company's zone. `trunks`: all, with what
 * they may show.
 */
export async function readPools(
  db: Db,
  ids: readonly number[],
  { at, timeZone, trunks }: { at: Date; timeZone: string; trunks: readonly ShowingTrunk[] },
): Promise<Map<number, Pool>> {
  const { rows: pools } = await sql<PoolRow>`
    select id, rotation, local_presence, sticky, fallback, turn from caller_id_pools
    where id = any(${ids}::integer[])`.execute(db);
  const { rows: numbers } = await sql<NumberRow>`
    with now as (select date_trunc('hour', ${at}::timestamptz, ${timeZone}) as hour,
      date_trunc('day', ${at}::timestamptz, ${timeZone}) as day)
    select c.number, c.pool_id, c.enabled, c.prefixes, c.rest_until, c.turn, c.alarm is not null as alarmed,
      coalesce(c.max_per_hour, p.max_per_hour) as max_per_hour, coalesce(c.max_per_day, p.max_per_day) as max_per_day,
      u.this_hour, u.today
    from caller_ids c join caller_id_pools p on p.id = c.pool_id cross join now
    cross join lateral (
      select coalesce(sum(u.dials) filter (where u.hour = now.hour), 0) as this_hour, coalesce(sum(u.dials), 0) as today
      from caller_id_uses u where u.number = c.number and u.hour >= now.day
    ) as u
    where c.pool_id = any(${ids}::integer[]) order by c.number`.execute(db);
  return new Map(
    pools.map((row): [number, Pool] => [
      row.id,
      {
        id: row.id,
        rotation: row.rotation,
        localPresence: row.local_presence,
        sticky: row.sticky,
        turn: row.turn,
        fallback:
          row.fallback === null ? null : { number: row.fallback, trunkIds: trunksOf(row.fallback, trunks) },
        numbers: numbers.filter((n) => n.pool_id === row.id).map((n) => numberOf(n, trunks)),
      },
    ]),
  );
}

/** The last few numbers that these persons were shown, the latest first: by lead, else by number. */
export async function numbersShown(
  db: Db,
  asked: readonly { callId: string; phone: string; leadId: number | null }[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ call_id: string; shown: string[] }>`
    select a.call_id, array(
      select s.caller_id from (
        (select caller_id, dialled_at from calls where phone = a.phone and direction = 'outbound'
          and dialled_at is not null and caller_id is not null order by planned_at desc limit 20)
        union all
        (select caller_id, dialled_at from calls where lead_id = a.lead_id and direction = 'outbound'
          and dialled_at is not null and caller_id is not null order by planned_at desc limit 20)
      ) as s group by s.caller_id order by max(s.dialled_at) desc
    ) as shown
    from unnest(${asked.map((a) => a.callId)}::text[], ${asked.map((a) => a.phone)}::text[],
      ${asked.map((a) => a.leadId)}::bigint[]) as a (call_id, phone, lead_id)`.execute(db);
  return new Map(rows.map((row) => [row.call_id, row.shown]));
}

/** Writes down the turns that were taken. */
export async function saveTurns(tx: Tx, pool: Pool): Promise<void> {
  const taken = pool.numbers.filter((number) => number.turn > 0);
  await sql`
    with pool as (update caller_id_pools set turn = ${pool.turn} where id = ${pool.id})
    update caller_ids c set turn = t.turn
    from unnest(${taken.map((n) => n.place.number)}::text[], ${taken.map((n) => n.turn)}::bigint[]) as t (number, turn)
    where c.number = t.number and c.turn <> t.turn`.execute(tx);
}

/** Counts calls against the caps of the numbers they show; numbers of no pool are not counted. */
export async function countUses(
  tx: Tx,
  shown: readonly string[],
  { at, timeZone }: { at: Date; timeZone: string },
): Promise<void> {
  if (shown.length === 0) return;
  await sql`
    insert into caller_id_uses (number, hour, dials)
    select c.number, date_trunc('hour', ${at}::timestamptz, ${timeZone}), count(*)
    from unnest(${shown}::text[]) as s (number) join caller_ids c on c.number = s.number
    group by 1 order by 1
    on conflict (number, hour) do update set dials = caller_id_uses.dials + excluded.dials`.execute(tx);
}

/** When the pool's caps are next counted anew, or a number's rest ends: the earliest that helps. */
export async function nextRoom(
  db: Db,
  pool: Pool,
  { at, timeZone }: { at: Date; timeZone: string },
): Promise<number> {
  const { rows } = await sql<{ hour: Date; day: Date }>`
    select date_trunc('hour', ${at}::timestamptz, ${timeZone}) + interval '1 hour' as hour,
      date_trunc('day', ${at}::timestamptz + interval '24 hours', ${timeZone}) as day`.execute(db);
  const { hour, day } = rows[0]!;
  const now = at.getTime();
  const times = pool.numbers
    .filter((number) => number.enabled && number.trunkIds.length > 0)
    .map((number) => {
      if (number.restUntil !== null && number.restUntil > now) return number.restUntil;
      return number.usedToday >= (number.maxPerDay ?? Infinity) ? day.getTime() : hour.getTime();
    });
  return times.length > 0 ? Math.min(...times) : hour.getTime();
}
