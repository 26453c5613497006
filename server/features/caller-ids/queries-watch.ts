import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { DriftBlock } from "./drift.ts";

/** Outcomes that say nothing of the number: they came of the line, of us, or of a number that does not exist. */
const silent = ["trunk-failed", "congestion", "cancelled", "failed", "crashed", "refused", "invalid-number"];

/**
 * Sums up the calls of pool numbers (all, or these) by campaign and clock hour, from the hour of `from` on; hours that
 * were summed up before are written anew. A call counts when it was answered or its outcome is known.
 */
export async function sumHours(
  tx: Tx,
  { from, timeZone, numbers }: { from: Date; timeZone: string; numbers?: readonly string[] },
): Promise<void> {
  await sql`
    insert into caller_id_hours (number, campaign_id, hour, rated, answered)
    select c.caller_id, c.campaign_id, date_trunc('hour', c.dialled_at, ${timeZone}), count(*), count(c.answered_at)
    from caller_ids n join calls c on c.caller_id = n.number and c.direction = 'outbound'
      and c.dialled_at >= date_trunc('hour', ${from}::timestamptz, ${timeZone})
    where c.campaign_id is not null and (c.answered_at is not null or c.outcome <> all(${silent}::text[]))
      and (${numbers ?? null}::text[] is null or n.number = any(${numbers ?? null}::text[]))
    group by 1, 2, 3
    on conflict (number, campaign_id, hour) do update set rated = excluded.rated, answered = excluded.answered`.execute(
    tx,
  );
}

/** The latest hour that was summed up; undefined: none. */
export async function lastHour(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ hour: Date | null }>`select max(hour) as hour from caller_id_hours`.execute(
    db,
  );
  return rows[0]?.hour ?? undefined;
}

export async function dropOldUses(tx: Tx, before: { uses: Date; hours: Date }): Promise<void> {
  await sql`delete from caller_id_uses where hour < ${before.uses}`.execute(tx);
  await sql`delete from caller_id_hours where hour < ${before.hours}`.execute(tx);
}

/**
 * What each number of the pool is judged by: its hours of each campaign from `since` and its own `watched_since` on,
 * before `until`, with those of the pool's other numbers that are not under alarm; in the order of time.
 */
export async function driftBlocks(
  db: Db,
  poolId: number,
  { since, until }: { since: Date; until: Date },
): Promise<Map<string, DriftBlock[]>> {
  const { rows } = await sql<{
    number: string;
    hour: Date;
    campaign_id: number;
    rated: number;
    answered: number;
    other_rated: number;
    other_answered: number;
  }>`
    with own as (
      select h.number, h.hour, h.campaign_id, h.rated, h.answered, n.watched_since, n.alarm is null as sound
      from caller_ids n join caller_id_hours h on h.number = n.number
      where n.pool_id = ${poolId} and h.hour >= ${since} and h.hour < ${until}
    ), total as (
      select hour, campaign_id, sum(rated) as rated, sum(answered) as answered from own where sound group by 1, 2
    )
    select o.number, o.hour, o.campaign_id, o.rated, o.answered,
      coalesce(t.rated, 0) - case when o.sound then o.rated else 0 end as other_rated,
      coalesce(t.answered, 0) - case when o.sound then o.answered else 0 end as other_answered
    from own o left join total t using (hour, campaign_id)
    where o.hour >= o.watched_since order by o.hour, o.campaign_id, o.number`.execute(db);
  const blocks = new Map<string, DriftBlock[]>();
  for (const row of rows) {
    const list = blocks.get(row.number) ?? [];
    list.push({
      hour: row.hour.getTime(),
      campaignId: row.campaign_id,
      calls: row.rated,
      answered: row.answered,
      otherCalls: row.other_rated,
      otherAnswered: row.other_answered,
    });
    blocks.set(row.number, list);
  }
  return blocks;
}

export interface NumberDay {
  number: string;
  day: string;
  rated: number;
  answered: number;
}

/** Calls that say something of the number, and answers, by day of the company's, for `days` days to `at`. */
export async function numberDays(
  db: Db,
  poolId: number,
  { at, timeZone, days }: { at: Date; timeZone: string; days: number },
): Promise<NumberDay[]> {
  const { rows } = await sql<NumberDay>`
    select n.number, to_char(d.day, 'YYYY-MM-DD') as day, coalesce(sum(h.rated), 0) as rated,
      coalesce(sum(h.answered), 0) as answered
    from caller_ids n
    cross join generate_series((${at}::timestamptz at time zone ${timeZone})::date - ${days - 1}::integer,
      (${at}::timestamptz at time zone ${timeZone})::date, interval '1 day') as d (day)
    left join caller_id_hours h on h.number = n.number
      and h.hour >= d.day at time zone ${timeZone} and h.hour < (d.day + interval '1 day') at time zone ${timeZone}
    where n.pool_id = ${poolId} group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
