import { sql } from "kysely";
import type { TrunkQuality } from "../../../shared/health.ts";
import type { CallQuality } from "../../../shared/quality.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export async function writeQualities(
  tx: Tx,
  rows: readonly { callId: string; quality: CallQuality }[],
): Promise<void> {
  const values = rows.map(({ callId, quality }) => ({ id: callId, quality, mos: quality.mos }));
  await sql`
    update calls c set quality = v.quality, mos = v.mos
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v (id text, quality jsonb, mos real)
    where c.id = v.id`.execute(tx);
}

/** How the calls that ended since `since` sounded, by trunk; trunks without such a call are left out. */
export async function qualityOfTrunks(db: Db, since: Date): Promise<TrunkQuality[]> {
  const { rows } = await sql<TrunkQuality>`
    select trunks.id as "trunkId", trunks.name, count(*)::int as calls, avg(calls.mos)::float8 as mos,
      coalesce(100.0 * sum((calls.quality #>> '{customer,in,lost}')::bigint)
        / nullif(sum((calls.quality #>> '{customer,in,lost}')::bigint
          + (calls.quality #>> '{customer,in,packets}')::bigint), 0), 0)::float8 as "lossPercent",
      count(*) filter (where exists (
        select from call_events e where e.call_id = calls.id and e.type = 'audio-trouble'))::int as "oneWay"
    from calls join trunks on trunks.id = calls.trunk_id
    where calls.mos is not null and calls.ended_at >= ${since}
      -- No call lasts longer than this; the index is on the time it was planned.
      and calls.planned_at >= ${since}::timestamptz - interval '6 hours'
    group by trunks.id, trunks.name order by trunks.id`.execute(db);
  return rows;
}
