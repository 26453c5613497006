import type { CallFilter } from "../../../shared/calls.ts";
import type { ReportQuery } from "../../../shared/reports.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { dayStart } from "../../lib/zone.ts";

/** The list of calls with this filter. */
export function pathOfCalls(filter: Partial<CallFilter>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value !== undefined) params.set(key, String(value));
  return `/calls?${params.toString()}`;
}

/** The address of the calls behind a figure: the report's own filter, narrowed to the figure's group. */
export function callsOf(
  query: ReportQuery,
  narrowed: Partial<CallFilter>,
  days?: { from: string; to: string },
) {
  const { from, to } = days ?? query;
  const { campaignId, listId, agentId, trunkId } = query;
  const filter: Partial<CallFilter> = {
    from: dayStart(from),
    to: dayStart(addDays(to, 1)),
    direction: "outbound",
    campaignId,
    listId,
    agentId,
    trunkId,
    ...narrowed,
  };
  return pathOfCalls(filter);
}
