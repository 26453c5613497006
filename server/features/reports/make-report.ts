import type { CallFilter } from "../../../shared/calls.ts";
import type { AnswerTimesQuery, Report, ReportFigures, ReportQuery } from "../../../shared/reports.ts";
import type { Db } from "../../kernel/db.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { callConditions, callScope } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { abandonmentOf, type Extra, extrasOf, type Range, unknown } from "./extras.ts";
import {
  countCalls,
  dispositionNames,
  type GroupColumn,
  type GroupRow,
  instantsOf,
  maskOf,
  namesOf,
} from "./queries.ts";

type Counts = Omit<ReportFigures, keyof Extra>;

const nothing: Counts = {
  attempts: 0,
  dialled: 0,
  answered: 0,
  live: 0,
  connected: 0,
  inTime: 0,
  rightParty: 0,
  success: 0,
  abandoned: 0,
  pacedLive: 0,
  pacedAbandoned: 0,
  complaints: 0,
  talkMs: 0,
  wrapMs: 0,
};
const counts = Object.keys(nothing) as (keyof Counts)[];

function figures(row: Counts, extra: Extra = unknown): ReportFigures {
  const own = { ...nothing, ...extra };
  for (const name of counts) own[name] = row[name];
  return own;
}

/** The rows grouped by one id, with names; 0 and an empty name for none. */
async function byId(
  db: Db,
  rows: readonly GroupRow[],
  noun: "campaigns" | "lists" | "agents" | "trunks",
  column: "campaign_id" | "list_id" | "agent_user_id" | "trunk_id",
  extra: (id: number) => Extra = () => unknown,
) {
  const own = rows.filter((row) => row.mask === maskOf(column));
  const names = await namesOf(
    db,
    noun,
    own.flatMap((row) => row[column] ?? []),
  );
  return own.map((row) => {
    const id = row[column] ?? 0;
    return { id, name: names.get(id) ?? "", ...figures(row, id === 0 ? unknown : extra(id)) };
  });
}

async function byDisposition(db: Db, rows: readonly GroupRow[]): Promise<Report["dispositions"]> {
  const own = rows.filter((row) => row.mask === maskOf("disposition_id"));
  const names = await dispositionNames(
    db,
    own.flatMap((row) => row.disposition_id ?? []),
  );
  return own.map((row) => {
    const id = row.disposition_id ?? 0;
    const name = names.get(id) ?? { path: [], campaign: "", isSuccess: false };
    return { id, ...name, ...figures(row) };
  });
}

/** The conditions of a report: whole days of outbound calls that this person may see. */
export async function conditionsOf(
  db: Db,
  principal: ReportScope,
  query: AnswerTimesQuery,
  { from, to, timeZone }: Range,
) {
  const { from: _from, to: _to, ...rest } = query;
  const filter: Partial<CallFilter> = {
    ...rest,
    from: from.toISOString(),
    to: to.toISOString(),
    direction: "outbound",
  };
  return [callScope(await visibleUserIds(db, principal)), ...callConditions(filter, timeZone)];
}

/** The days of a report as instants on the company's clock. */
export async function rangeOf(db: Db, query: ReportQuery): Promise<Range> {
  const { timeZone } = await readSettings(db);
  return { ...(await instantsOf(db, query.from, query.to, timeZone)), timeZone };
}

/** Whose calls are counted: a person's scope, or that of a unit. */
export type ReportScope = Pick<Principal, "userId" | "orgUnitId" | "scope">;

async function countAll(db: Db, scope: ReportScope, query: ReportQuery, now: number) {
  const range = await rangeOf(db, query);
  const conditions = await conditionsOf(db, scope, query, range);
  const rows = await countCalls(db, conditions, range.timeZone);
  const extras = await extrasOf(db, query, conditions, range, now);
  const [totals] = rows.filter((row) => row.mask === maskOf());
  const counted = {
    timeZone: range.timeZone,
    totals: figures(totals ?? nothing, extras.total),
    hours: rows
      .filter((row) => row.mask === maskOf("hour"))
      .map((row) => ({ hour: row.hour ?? 0, ...figures(row, extras.hour(row.hour ?? 0)) })),
    campaigns: await byId(db, rows, "campaigns", "campaign_id"),
    agents: await byId(db, rows, "agents", "agent_user_id", extras.agent),
  };
  return { range, rows, extras, counted };
}

/** The part of a report that screens on walls show, without what takes longer to count. */
export async function makeShortReport(db: Db, scope: ReportScope, query: ReportQuery, now: number) {
  return (await countAll(db, scope, query, now)).counted;
}

/** Counts the calls of a campaign, list, agent, trunk or all of them, by everything a person asks for. */
export async function makeReport(
  db: Db,
  scope: ReportScope,
  query: ReportQuery,
  now: number,
): Promise<Report> {
  const { range, rows, extras, counted } = await countAll(db, scope, query, now);
  const grouped = (...by: GroupColumn[]) => rows.filter((row) => row.mask === maskOf(...by));
  return {
    ...counted,
    days: grouped("day").map((row) => ({ day: row.day ?? "", ...figures(row, extras.day(row.day ?? "")) })),
    lists: await byId(db, rows, "lists", "list_id", extras.list),
    trunks: await byId(db, rows, "trunks", "trunk_id"),
    dispositions: await byDisposition(db, rows),
    outcomes: grouped("outcome").map((row) => ({ outcome: row.outcome, ...figures(row) })),
    abandonment: await abandonmentOf(db, counted.campaigns, range),
  };
}
