import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { Db } from "../../kernel/db.ts";

export interface OccupancyRow {
  /** null in the rows of other groups; all null: the whole. */
  day: string | null;
  hour: number | null;
  agent_user_id: number | null;
  busyMs: number;
  idleMs: number;
}

/** Longer than any shift: what an agent did when the range began is known from an event before it. */
const shiftHours = 16;

/**
 * How long the agents of the calls that meet `conditions` talked and wrote summaries, and how long they were there for
 * more: ready, with a record to look at, or while their own dial rang. Neither paused, nor in a call of another campaign
 * when `campaignId` is given, nor in a call between two of us. A stretch counts for the day and hour in which it begins. `until`: now, or the end of the
 * range when that is over.
 */
export async function occupancyOf(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
  range: { from: Date; until: Date; timeZone: string; campaignId: number | undefined },
): Promise<OccupancyRow[]> {
  const { from, until, timeZone, campaignId } = range;
  const own =
    campaignId === undefined
      ? sql`true`
      : sql`(c.id is null or c.campaign_id is not distinct from ${campaignId || null}::integer)`;
  const { rows } = await sql<OccupancyRow>`
    with mine as (
      select distinct agent_user_id as user_id from calls
      where ${sql.join([...conditions, sql`agent_user_id is not null`], sql` and `)}
    ), spans as (
      select e.user_id, e.state, e.call_id, e.cause, greatest(e.at, ${from}) as from_at,
        lead(e.at, 1, ${until}) over (partition by e.user_id order by e.at, e.id) as to_at
      from agent_events e join mine on mine.user_id = e.user_id
      where e.at >= ${from}::timestamptz - make_interval(hours => ${shiftHours}::integer) and e.at < ${until}
    ), timed as (
      select s.user_id as agent_user_id, s.state in ('talking', 'wrap-up') as busy,
        extract(epoch from s.to_at - s.from_at) * 1000 as ms, s.from_at at time zone ${timeZone}::text as local
      from spans s left join calls c on c.id = s.call_id
      where s.to_at > s.from_at and s.state in ('ready', 'preview', 'ringing', 'talking', 'wrap-up')
        and s.cause <> 'internal-call' and ${own}
    ), placed as (
      select *, to_char(local, 'YYYY-MM-DD') as day, extract(hour from local)::int as hour from timed
    )
    select day, hour, agent_user_id, coalesce(round(sum(ms) filter (where busy)), 0)::float8 as "busyMs",
      coalesce(round(sum(ms) filter (where not busy)), 0)::float8 as "idleMs"
    from placed group by grouping sets ((), (day), (hour), (agent_user_id))`.execute(db);
  return rows;
}

/** Distinct leads that were dialled in the calls that meet `conditions`, by list. */
export async function leadsTried(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ list_id: number; leads: number }>`
    select list_id, count(distinct lead_id) as leads from calls
    where ${sql.join([...conditions, sql`dialled_at is not null`, sql`list_id is not null`], sql` and `)}
    group by list_id`.execute(db);
  return new Map(rows.map((row) => [row.list_id, row.leads]));
}
