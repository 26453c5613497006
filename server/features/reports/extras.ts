/** What a report knows beside its calls: agents' time, lists' sizes, and abandons as each rule counts them. */
import type { RawBuilder, SqlBool } from "kysely";
import type { Report, ReportFigures, ReportQuery } from "../../../shared/reports.ts";
import type { Db } from "../../kernel/db.ts";
import { measuredFalsePositive } from "../answering/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { abandonsByCampaign, assumedFalsePositives, ofcomAbandons, usAbandons } from "../dialer/index.ts";
import { countLeads } from "../lists/index.ts";
import { leadsTried, occupancyOf, type OccupancyRow } from "./queries-occupancy.ts";

const dayMs = 86_400_000;

/** Figures that are unknown of most groups. */
export type Extra = Pick<ReportFigures, "busyMs" | "idleMs" | "leadsTried" | "leads">;
export const unknown: Extra = { busyMs: null, idleMs: null, leadsTried: null, leads: null };

export interface Extras {
  total: Extra;
  day: (day: string) => Extra;
  hour: (hour: number) => Extra;
  agent: (id: number) => Extra;
  list: (id: number) => Extra;
}

export interface Range {
  from: Date;
  /** Exclusive. */
  to: Date;
  timeZone: string;
}

type Conditions = readonly RawBuilder<SqlBool>[];

const timeOf = (row: OccupancyRow | undefined): Extra =>
  row ? { ...unknown, busyMs: row.busyMs, idleMs: row.idleMs } : unknown;

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, n) => total + n, 0);

/** Agents' time belongs to no list and no trunk: a report of one leaves it open. */
export async function extrasOf(
  db: Db,
  query: ReportQuery,
  conditions: Conditions,
  range: Range,
  now: number,
): Promise<Extras> {
  const until = new Date(Math.min(now, range.to.getTime()));
  const isOfAgents = query.listId === undefined && query.trunkId === undefined;
  const times = isOfAgents
    ? await occupancyOf(db, conditions, { ...range, until, campaignId: query.campaignId })
    : [];
  const tried = await leadsTried(db, conditions);
  const campaign = query.campaignId ? await findCampaign(db, query.campaignId) : undefined;
  const ids = query.listId === undefined ? [...tried.keys(), ...(campaign?.listIds ?? [])] : [query.listId];
  const sizes = await countLeads(db, [...new Set(ids.filter((id) => id > 0))]);
  const whole = times.find((row) => row.day === null && row.hour === null && row.agent_user_id === null);
  return {
    total: {
      ...timeOf(whole),
      leadsTried: sum(tried.values()),
      leads: sum([...sizes.values()].map((counts) => counts.total)),
    },
    day: (day) => timeOf(times.find((row) => row.day === day)),
    hour: (hour) => timeOf(times.find((row) => row.hour === hour)),
    agent: (id) => timeOf(times.find((row) => row.agent_user_id === id)),
    list: (id) => ({ ...unknown, leadsTried: tried.get(id) ?? 0, leads: sizes.get(id)?.total ?? null }),
  };
}

/** The law's formulas for each campaign, over the windows that end with the range's last day. */
export async function abandonmentOf(
  db: Db,
  campaigns: readonly { id: number; name: string }[],
  { to }: Range,
): Promise<Report["abandonment"]> {
  const campaignIds = campaigns.flatMap(({ id }) => (id > 0 ? id : []));
  const since = { us: new Date(to.getTime() - 30 * dayMs), ofcom: new Date(to.getTime() - dayMs) };
  const month = await abandonsByCampaign(db, { campaignIds, since: since.us, until: to });
  const day = await abandonsByCampaign(db, { campaignIds, since: since.ofcom, until: to });
  const items: Report["abandonment"]["campaigns"] = [];
  for (const { id, name } of campaigns) {
    const us = month.get(id);
    if (!us || us.served + us.abandoned + us.left === 0) continue;
    const measured = await measuredFalsePositive(db, id, to.getTime());
    const falsePositives = measured ? measured.percent / 100 : assumedFalsePositives;
    items.push({ id, name, us: usAbandons(us), ofcom: ofcomAbandons(day.get(id)!, falsePositives) });
  }
  return {
    to: to.toISOString(),
    usFrom: since.us.toISOString(),
    ofcomFrom: since.ofcom.toISOString(),
    campaigns: items,
  };
}
