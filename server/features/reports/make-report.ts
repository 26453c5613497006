import type { CallFilter } from "../../../shared/calls.ts";
import type { AnswerTimesQuery, Report, ReportFigures, ReportQuery } from "../../../shared/reports.ts";
import type { Db } from "../../kernel/db.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { callConditions, callScope } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import {
  countCalls,
  dispositionNames,
  type GroupColumn,
  type GroupRow,
  instantsOf,
  maskOf,
  namesOf,
} from "./queries.ts";

const nothing: ReportFigures = {
  attempts: 0,
  dialled: 0,
  answered: 0,
  connected: 0,
  abandoned: 0,
  success: 0,
  talkMs: 0,
  wrapMs: 0,
};

function figures(row: GroupRow): ReportFigures {
  const { attempts, dialled, answered, connected, abandoned, success, talkMs, wrapMs } = row;
  return { attempts, dialled, answered, connected, abandoned, success, talkMs, wrapMs };
}

/** The rows grouped by one id, with names; 0 and an empty name for none. */
async function byId(
  db: Db,
  rows: readonly GroupRow[],
  noun: "campaigns" | "lists" | "agents" | "trunks",
  column: "campaign_id" | "list_id" | "agent_user_id" | "trunk_id",
) {
  const own = rows.filter((row) => row.mask === maskOf(column));
  const names = await namesOf(
    db,
    noun,
    own.flatMap((row) => row[column] ?? []),
  );
  return own.map((row) => {
    const id = row[column] ?? 0;
    return { id, name: names.get(id) ?? "", ...figures(row) };
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
export async function conditionsOf(db: Db, principal: Principal, query: AnswerTimesQuery, timeZone: string) {
  const { from, to, ...rest } = query;
  const filter: Partial<CallFilter> = {
    ...rest,
    ...(await instantsOf(db, from, to, timeZone)),
    direction: "outbound",
  };
  return [callScope(await visibleUserIds(db, principal)), ...callConditions(filter, timeZone)];
}

/** Counts the calls of a campaign, list, agent, trunk or all of them, by everything a person asks for. */
export async function makeReport(db: Db, principal: Principal, query: ReportQuery): Promise<Report> {
  const { timeZone } = await readSettings(db);
  const rows = await countCalls(db, await conditionsOf(db, principal, query, timeZone), timeZone);
  const grouped = (...by: GroupColumn[]) => rows.filter((row) => row.mask === maskOf(...by));
  const [totals] = grouped();
  return {
    timeZone,
    totals: totals ? figures(totals) : nothing,
    days: grouped("day").map((row) => ({ day: row.day ?? "", ...figures(row) })),
    hours: grouped("hour").map((row) => ({ hour: row.hour ?? 0, ...figures(row) })),
    campaigns: await byId(db, rows, "campaigns", "campaign_id"),
    lists: await byId(db, rows, "lists", "list_id"),
    agents: await byId(db, rows, "agents", "agent_user_id"),
    trunks: await byId(db, rows, "trunks", "trunk_id"),
    dispositions: await byDisposition(db, rows),
    outcomes: grouped("outcome").map((row) => ({ outcome: row.outcome, ...figures(row) })),
  };
}
