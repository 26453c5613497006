import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { Outcome } from "../../../shared/calls.ts";
import type { ReportFigures } from "../../../shared/reports.ts";
import type { Db } from "../../kernel/db.ts";
import { counted, localTime } from "../calls/index.ts";
import type { Extra } from "./extras.ts";

export interface GroupRow extends Omit<ReportFigures, keyof Extra> {
  /** Which columns of this row are its group: SQL's `grouping()`, a set bit for each that is not. */
  mask: number;
  day: string | null;
  hour: number | null;
  list_id: number | null;
  agent_user_id: number | null;
  campaign_id: number | null;
  trunk_id: number | null;
  disposition_id: number | null;
  outcome: Outcome | null;
}

const columns = [
  "day",
  "hour",
  "list_id",
  "agent_user_id",
  "campaign_id",
  "trunk_id",
  "disposition_id",
  "outcome",
] as const;
export type GroupColumn = (typeof columns)[number];

/** The mask of rows that are grouped by just these columns. */
export const maskOf = (...grouped: GroupColumn[]): number =>
  columns.reduce(
    (mask, name, index) => mask | (grouped.includes(name) ? 0 : 1 << (columns.length - 1 - index)),
    0,
  );

/** Every figure by every group in one pass over the calls that meet `conditions`. */
export async function countCalls(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
  timeZone: string,
): Promise<GroupRow[]> {
  const local = localTime(timeZone);
  const list = sql.join(columns.map((name) => sql.ref(name)));
  const { rows } = await sql<GroupRow>`
    with shown as (
      select calls.*, to_char(${local}, 'YYYY-MM-DD') as day,
        extract(hour from ${local})::int as hour
      from calls
      where ${sql.join([...conditions], sql` and `)}
    )
    select grouping(${list}) as mask, ${list},
      count(*) as attempts,
      count(*) filter (where ${counted.dialled}) as dialled,
      count(*) filter (where ${counted.answered}) as answered,
      count(*) filter (where ${counted.connected}) as connected,
      count(*) filter (where ${counted.abandoned}) as abandoned,
      count(*) filter (where ${counted.success}) as success,
      count(*) filter (where ${counted.live}) as live,
      count(*) filter (where ${counted["in-time"]}) as "inTime",
      count(*) filter (where ${counted["right-party"]}) as "rightParty",
      count(*) filter (where ${counted["paced-live"]}) as "pacedLive",
      count(*) filter (where ${counted["paced-abandoned"]}) as "pacedAbandoned",
      count(*) filter (where ${counted.complaints}) as complaints,
      coalesce(round(sum(extract(epoch from ended_at - connected_at)) * 1000), 0) as "talkMs",
      coalesce(round(sum(extract(epoch from wrap_ended_at - ended_at))
        filter (where ${counted.connected}) * 1000), 0) as "wrapMs"
    from shown as calls
    group by grouping sets ((), (day), (hour), (list_id), (agent_user_id), (campaign_id),
      (trunk_id), (disposition_id), (outcome))
    order by mask, day, hour, attempts desc`.execute(db);
  return rows;
}

/** The instants at which the first day begins and the last one ends on the company's clock. */
export async function instantsOf(db: Db, from: string, to: string, timeZone: string) {
  const { rows } = await sql<{ start: Date; end: Date }>`
    select ${from}::date::timestamp at time zone ${timeZone}::text as start,
      (${to}::date + 1)::timestamp at time zone ${timeZone}::text as end`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("no row");
  return { from: row.start, to: row.end };
}

const nouns = { campaigns: "campaigns", lists: "lists", agents: "users", trunks: "trunks" } as const;

/** The names of what a report groups by. */
export async function namesOf(
  db: Db,
  noun: keyof typeof nouns,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from ${sql.table(nouns[noun])} where id = any(${[...ids]}::integer[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface DispositionName {
  path: string[];
  campaign: string;
  isSuccess: boolean;
}

/** Dispositions with the labels from the root of their tree. */
export async function dispositionNames(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, DispositionName>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DispositionName & { id: number }>`
    with recursive up as (
      select id, id as leaf, parent_id, label, 0 as height from dispositions where id = any(${[...ids]}::integer[])
      union all
      select parent.id, up.leaf, parent.parent_id, parent.label, up.height + 1
      from up join dispositions parent on parent.id = up.parent_id
    )
    select leaf as id, array_agg(up.label order by height desc) as path, campaigns.name as campaign,
      dispositions.success as "isSuccess"
    from up join dispositions on dispositions.id = leaf join campaigns on campaigns.id = dispositions.campaign_id
    group by leaf, campaigns.name, dispositions.success`.execute(db);
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}
