import type { CallFilter } from "../../../shared/calls.ts";
import type { ScriptResultsQuery } from "../../../shared/scripts.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { dayStart } from "../../lib/zone.ts";

/** The address of the calls behind a figure of a script's results. */
export function callsOfScript(
  scriptId: number,
  { from, to, campaignId, listId, agentId, versionId }: ScriptResultsQuery,
  narrowed: Pick<CallFilter, "scriptFigure" | "question" | "answer" | "answerRow">,
): string {
  const filter = {
    scriptId,
    from: from && dayStart(from),
    to: to && dayStart(addDays(to, 1)),
    campaignId,
    listId,
    agentId,
    scriptVersionId: versionId,
    ...narrowed,
  };
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value !== undefined) params.set(key, String(value));
  return `/calls?${params.toString()}`;
}
