import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";

/** For the health page: numbers of pools, those under alarm, those that rest. */
export async function callerIdAlarms(
  db: Db,
  now: Date,
): Promise<{ numbers: number; alarms: string[]; resting: number }> {
  const { rows } = await sql<{ numbers: number; alarms: string[]; resting: number }>`
    select count(*) as numbers, count(*) filter (where rest_until > ${now}) as resting,
      coalesce(array_agg(number order by number) filter (where alarm is not null), '{}') as alarms
    from caller_ids`.execute(db);
  return rows[0]!;
}

/** May one of these trunks show one of the pool's numbers? Rests and caps pass; a pool of others' numbers does not. */
export async function poolCanCall(db: Db, poolId: number, trunkIds: readonly number[]): Promise<boolean> {
  const { rows } = await sql<{ can: boolean }>`
    select exists (
      select from trunks t where t.id = any(${trunkIds}::integer[]) and t.enabled and t.caller_ids && array(
        select number from caller_ids where pool_id = ${poolId} and enabled
        union all select fallback from caller_id_pools where id = ${poolId} and fallback is not null)
    ) as can`.execute(db);
  return rows[0]!.can;
}
