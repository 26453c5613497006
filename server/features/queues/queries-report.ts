import { sql } from "kysely";
import type { QueueInterval } from "../../../shared/queues.ts";
import type { Db } from "../../kernel/db.ts";
import "./tables.ts";

export interface ReportSpan {
  /** Days, both included, on the clock of `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
  intervalMinutes: number;
  queueId: number | null;
}

/** Waits by the interval in which they began, of queues that anybody came to; by time, then by name. */
export async function queueIntervals(db: Db, span: ReportSpan): Promise<QueueInterval[]> {
  const { from, to, timeZone, intervalMinutes, queueId } = span;
  const { rows } = await sql<Omit<QueueInterval, "at"> & { at: Date }>`
    with waits as (
      select v.queue_id, v.how, v.left_at - v.entered_at as waited, v.service_seconds * interval '1 second' as threshold,
        date_bin(${intervalMinutes} * interval '1 minute', v.entered_at at time zone ${timeZone}, ${from}::timestamp)
          at time zone ${timeZone} as at
      from queue_visits v
      where v.entered_at >= ${from}::timestamp at time zone ${timeZone}
        and v.entered_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
        and (${queueId}::int is null or v.queue_id = ${queueId}::int)
    )
    select w.queue_id as "queueId", q.name, w.at, count(*)::int as offered,
      (count(*) filter (where how = 'answered'))::int as answered,
      (count(*) filter (where how = 'answered' and waited <= threshold))::int as "inTime",
      (count(*) filter (where how = 'abandoned'))::int as abandoned,
      (count(*) filter (where how = 'abandoned' and waited <= interval '5 seconds'))::int as "abandonedAtOnce",
      (count(*) filter (where how = 'overflowed'))::int as overflowed,
      (count(*) filter (where how = 'place-kept'))::int as "placeKept",
      (count(*) filter (where how = 'turned-away'))::int as "turnedAway",
      (count(*) filter (where how = 'lost'))::int as lost,
      (extract(epoch from avg(waited) filter (where how = 'answered')) * 1000)::float8 as "meanWaitMs",
      (extract(epoch from max(waited)) * 1000)::float8 as "longestWaitMs"
    from waits w join queues q on q.id = w.queue_id group by w.queue_id, q.name, w.at order by w.at, q.name`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
