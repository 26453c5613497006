import { type RawBuilder, sql } from "kysely";
import { type QueueFigure, queueFigures, type QueueInterval } from "../../../../shared/inbound-reports.ts";
import { addDays, instantOf } from "../../../../shared/zoned-time.ts";
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

const dayMs = 86_400_000;

/** When the span begins, if its clock is never changed within it: intervals are of one length then. */
function steadyStart({ from, to, timeZone }: Span): string | undefined {
  const first = instantOf(`${from}T00:00`, timeZone)!;
  for (let day = 1; addDays(from, day - 1) <= to; day++) {
    const begins = instantOf(`${addDays(from, day)}T00:00`, timeZone)!;
    if (Date.parse(begins) - Date.parse(first) !== day * dayMs) return undefined;
  }
  return first;
}

/** The interval of a visit: an instant, or where the clock is changed (slower) its time on that clock. */
const bin = (minutes: number, span: Span, start: string | undefined) =>
  start === undefined
    ? sql`date_bin(${minutes} * interval '1 minute', v.entered_at at time zone ${span.timeZone}, ${span.from}::timestamp)`
    : sql`date_bin(${minutes} * interval '1 minute', v.entered_at, ${start}::timestamptz)`;

type QueueSpan = Span & { intervalMinutes: number; queueId: number | null };

interface Interval {
  queueId: number;
  at: Date;
}
type Counted = Omit<QueueInterval, "at" | "until" | "handled" | "handleMs"> & { at: Date; until: Date };

const keyOf = ({ queueId, at }: Interval) => `${queueId} ${at.getTime()}`;

/**
 * Their visits `v` with the interval `at`. The offset keeps the interval a column of its own: as an expression over times it
 * is thought to have as many values as there are times, and visits are then sorted on disk rather than counted as they come.
 */
const visitsOf = (
  { queueId, ...span }: QueueSpan,
  at: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
) => sql`(
  select v.queue_id, v.call_id, v.entered_at, v.left_at, v.how, v.detail, v.service_seconds, ${at} as at
  from queue_visits v where ${inSpan(span, sql`v.entered_at`)}
    and (${queueId}::int is null or v.queue_id = ${queueId}::int) and ${condition} offset '0') v`;

/** Visits of queues by the interval in which they began; by time, then by name. */
export async function queueIntervals(db: Db, span: QueueSpan): Promise<QueueInterval[]> {
  const { timeZone, intervalMinutes } = span;
  const start = steadyStart(span);
  const at = bin(intervalMinutes, span, start);
  const instant = (time: RawBuilder<unknown>) =>
    start === undefined ? sql`(${time}) at time zone ${timeZone}` : time;
  const begins = sql`${instant(sql`v.at`)} as at`;
  const [visits, talks, places] = await Promise.all([
    sql<Counted>`
      select v.queue_id as "queueId", q.name, ${begins},
        ${instant(sql`v.at + ${intervalMinutes} * interval '1 minute'`)} as until,
        v.counts, v."answeredWaitMs", v."longestWaitMs"
      from (
        select v.queue_id, v.at, ${countAll(plain, queueFigure)} as counts,
          coalesce(extract(epoch from sum(v.left_at - v.entered_at) filter (where v.how = 'answered')) * 1000, 0)::float8 as "answeredWaitMs",
          (extract(epoch from max(v.left_at - v.entered_at)) * 1000)::float8 as "longestWaitMs"
        from ${visitsOf(span, at, sql`true`)} group by 1, 2
      ) v join queues q on q.id = v.queue_id order by v.at, q.name`.execute(db),
    sql<Interval & { handled: number; handleMs: number }>`
      select v.queue_id as "queueId", ${begins}, v.handled, v."handleMs"
      from (
        select v.queue_id, v.at, count(*)::int as handled,
          (extract(epoch from sum(coalesce(c.wrap_ended_at, c.ended_at) - c.connected_at)) * 1000)::float8 as "handleMs"
        from ${visitsOf(span, at, sql`v.how = 'answered'`)} join calls c on c.id = v.call_id
        where c.connected_at is not null and c.ended_at is not null group by 1, 2
      ) v`.execute(db),
    sql<Interval & { counts: Record<string, number> }>`
      select v.queue_id as "queueId", ${begins}, ${countAll(ofPlaces, queueFigure)} as counts
      from ${visitsOf(span, at, sql`v.how = 'place-kept'`)} group by v.queue_id, v.at`.execute(db),
  ]);
  const kept = new Map(places.rows.map((row) => [keyOf(row), row.counts]));
  const talked = new Map(talks.rows.map((row) => [keyOf(row), row]));
  const none = Object.fromEntries(ofPlaces.map((name) => [name, 0]));
  return visits.rows.map(({ counts, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    until: row.until.toISOString(),
    handled: talked.get(keyOf(row))?.handled ?? 0,
    handleMs: talked.get(keyOf(row))?.handleMs ?? 0,
    counts: { ...counts, ...none, ...kept.get(keyOf(row)) } as Record<QueueFigure, number>,
  }));
}
