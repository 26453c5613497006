import { sql } from "kysely";
import type { Db } from "../../../kernel/db.ts";
import type { LeadFate } from "../simulator/leads.ts";
import type { RecordedCall, RecordedDay } from "./recorded-day.ts";

const paced = ["progressive", "ratio", "predictive"];

/** The last days on which the campaign was dialled by itself, the latest first. */
export async function daysOf(
  db: Db,
  campaignId: number,
  timeZone: string,
): Promise<{ day: string; calls: number; answers: number }[]> {
  const { rows } = await sql<{ day: string; calls: number; answers: number }>`
    select to_char(dialled_at at time zone ${timeZone}, 'YYYY-MM-DD') as day, count(*) as calls,
      count(answered_at) as answers
    from calls where campaign_id = ${campaignId} and direction = 'outbound' and dialled_at is not null
      and origin = any(${paced}::text[])
    group by 1 order by 1 desc limit 60`.execute(db);
  return rows;
}

interface CallTimes {
  dialled: number;
  answered: number | null;
  connected: number | null;
  ended: number;
  wrap_ended: number | null;
  abandoned: boolean;
  outcome: string;
}

/** Answered, and no person. */
const machines = new Set(["machine", "fax", "screener"]);
const persons = new Set(["connected", "abandoned", "customer-left", "agent-lost"]);

/** A call that rang as long as we let it is one that rings for ever: longer it might have been answered, nobody knows. */
function kindOf(row: CallTimes): LeadFate["kind"] {
  if (machines.has(row.outcome)) return "machine";
  if (row.answered !== null || persons.has(row.outcome)) return "person";
  return row.outcome === "no-answer" || row.outcome === "cancelled" ? "ringout" : "failure";
}

const ms = (column: string) => sql`extract(epoch from ${sql.ref(column)})::float8 * 1000`;

/**
 * A day of the company's calendar; undefined: the campaign dialled nothing by itself. An agent counts as there while signed
 * in and neither paused nor in a call of another campaign, of those who had a call of this one on that day.
 */
export async function readDay(
  db: Db,
  { campaignId, day, timeZone }: { campaignId: number; day: string; timeZone: string },
): Promise<RecordedDay | undefined> {
  const within = sql`planned_at >= ${day}::timestamp at time zone ${timeZone}
    and planned_at < (${day}::timestamp + interval '1 day') at time zone ${timeZone}`;
  const { rows } = await sql<CallTimes>`
    select ${ms("dialled_at")} as dialled, ${ms("answered_at")} as answered, ${ms("connected_at")} as connected,
      ${ms("ended_at")} as ended, ${ms("wrap_ended_at")} as wrap_ended, abandoned, outcome
    from calls where campaign_id = ${campaignId} and direction = 'outbound' and dialled_at is not null
      and ended_at is not null and outcome is not null and origin = any(${paced}::text[]) and ${within}
    order by dialled_at`.execute(db);
  if (rows.length === 0) return undefined;
  const start = rows[0]!.dialled;
  const end = Math.max(...rows.map((row) => row.wrap_ended ?? row.ended));
  const at = (time: number) => (time - start) / 1000;
  const calls = rows.map((row): RecordedCall => {
    const kind = kindOf(row);
    return {
      kind,
      dialledAt: at(row.dialled),
      answeredAt: kind === "person" && row.answered !== null ? at(row.answered) : null,
      connectedAt: kind === "person" && row.connected !== null ? at(row.connected) : null,
      endedAt: at(row.ended),
      wrapEndedAt: row.wrap_ended === null ? null : at(row.wrap_ended),
      abandoned: row.abandoned,
    };
  });
  const { rows: spans } = await sql<{ from_ms: number; to_ms: number }>`
    with mine as (
      select distinct agent_user_id as user_id from calls
      where campaign_id = ${campaignId} and agent_user_id is not null and ${within}
    ), spans as (
      select e.at as from_at, lead(e.at, 1, ${new Date(end)}) over (partition by e.user_id order by e.at, e.id) as to_at,
        e.state not in ('signed-out', 'paused', 'connecting') and
          (e.call_id is null or c.id is null or c.campaign_id = ${campaignId}) as here
      from agent_events e join mine m on m.user_id = e.user_id left join calls c on c.id = e.call_id
      where e.at < ${new Date(end)} and e.at > ${new Date(start - 16 * 3_600_000)}
    )
    select extract(epoch from from_at)::float8 * 1000 as from_ms, extract(epoch from to_at)::float8 * 1000 as to_ms
    from spans where here and to_at > ${new Date(start)}`.execute(db);
  return {
    start,
    seconds: Math.max(1, at(end)),
    calls,
    presence: spans.map((span) => ({ from: Math.max(0, at(span.from_ms)), to: at(span.to_ms) })),
  };
}
