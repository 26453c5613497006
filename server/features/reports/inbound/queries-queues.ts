import { type RawBuilder, sql } from "kysely";
import { type QueueFigure, queueFigures, type QueueInterval } from "../../../../shared/inbound-reports.ts";
import type { Db } from "../../../kernel/db.ts";
import { queueFigure } from "../../calls/index.ts";

export interface Span {
  /** Days, both included, on the clock of `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}

/** Rows whose `column` lies in the span. */
export const inSpan = ({ from, to, timeZone }: Span, column: RawBuilder<unknown>) => sql`(
  ${column} >= ${from}::timestamp at time zone ${timeZone}
  and ${column} < (${to}::date + 1)::timestamp at time zone ${timeZone})`;

/** `count(*) filter (where …)` for each figure, as one JSON object. */
export function countAll<F extends string>(
  names: readonly F[],
  conditions: Record<F, RawBuilder<unknown>>,
): RawBuilder<Record<F, number>> {
  const pairs = names.map((name) => sql`${sql.lit(name)}, count(*) filter (where ${conditions[name]})`);
  return sql`json_build_object(${sql.join(pairs)})`;
}

/** Those that look into another table; the others are counted in one pass. */
const ofPlaces = queueFigures.filter((name) => /^(called-back|place-(open|expired|lost))$/.test(name));
const plain = queueFigures.filter((name) => !ofPlaces.includes(name));

const bin = (minutes: number, { from, timeZone }: Span) => sql`date_bin(${minutes} * interval '1 minute',
  v.entered_at at time zone ${timeZone}, ${from}::timestamp)`;

type Counted = Omit<QueueInterval, "at" | "until"> & { at: Date; until: Date };

/** Visits of queues by the interval in which they began; by time, then by name. */
export async function queueIntervals(
  db: Db,
  span: Span & { intervalMinutes: number; queueId: number | null },
): Promise<QueueInterval[]> {
  const { timeZone, intervalMinutes, queueId } = span;
  const of = sql`${inSpan(span, sql`v.entered_at`)} and (${queueId}::int is null or v.queue_id = ${queueId}::int)`;
  const at = bin(intervalMinutes, span);
  const [visits, places] = await Promise.all([
    sql<Counted>`
      select w.queue_id as "queueId", q.name, w.at at time zone ${timeZone} as at,
        (w.at + ${intervalMinutes} * interval '1 minute') at time zone ${timeZone} as until,
        w.counts, w."answeredWaitMs", w."longestWaitMs", w.handled, w."handleMs"
      from (
        select v.queue_id, ${at} as at, ${countAll(plain, queueFigure)} as counts,
          coalesce(extract(epoch from sum(v.left_at - v.entered_at) filter (where v.how = 'answered')) * 1000, 0)::float8 as "answeredWaitMs",
          (extract(epoch from max(v.left_at - v.entered_at)) * 1000)::float8 as "longestWaitMs",
          count(c.ended_at)::int as handled,
          coalesce(extract(epoch from sum(coalesce(c.wrap_ended_at, c.ended_at) - c.connected_at)) * 1000, 0)::float8 as "handleMs"
        from queue_visits v left join calls c on c.id = v.call_id and v.how = 'answered' and c.connected_at is not null
          and c.ended_at is not null
        where ${of} group by 1, 2
      ) w join queues q on q.id = w.queue_id order by w.at, q.name`.execute(db),
    sql<{ queueId: number; at: Date; counts: Record<string, number> }>`
      select v.queue_id as "queueId", ${at} at time zone ${timeZone} as at, ${countAll(ofPlaces, queueFigure)} as counts
      from queue_visits v where v.how = 'place-kept' and ${of} group by 1, 2`.execute(db),
  ]);
  const kept = new Map(places.rows.map((row) => [`${row.queueId} ${row.at.getTime()}`, row.counts]));
  const none = Object.fromEntries(ofPlaces.map((name) => [name, 0]));
  return visits.rows.map(({ counts, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    until: row.until.toISOString(),
    counts: { ...counts, ...none, ...kept.get(`${row.queueId} ${row.at.getTime()}`) } as Record<
      QueueFigure,
      number
    >,
  }));
}
