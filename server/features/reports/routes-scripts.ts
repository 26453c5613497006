import { idParam } from "../../../shared/common.ts";
import { exportOptions } from "../../../shared/reports.ts";
import {
  type ScriptResults,
  scriptResults,
  type ScriptResultsQuery,
  scriptResultsQuery,
} from "../../../shared/scripts.ts";
import { addDays, instantOf } from "../../../shared/zoned-time.ts";
import type { Database, Db } from "../../kernel/db.ts";
import { type Principal, phoneFor } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { callConditions, callScope } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { answerSheet, countSheet } from "./export-scripts.ts";
import { countAnswers, documentsOf, readWalks } from "./queries-scripts.ts";
import { askedIn, resultOf } from "./script-results.ts";
import { sendFile } from "./send-file.ts";

const tags = { tags: ["reports"] };

/** The calls that are asked for, among those this person sees. */
async function wanted(db: Db, principal: Principal, scriptId: number, query: ScriptResultsQuery) {
  const { timeZone } = await readSettings(db);
  const { from, to, versionId, ...ids } = query;
  const filter = {
    ...ids,
    scriptId,
    ...(versionId !== undefined && { scriptVersionId: versionId }),
    ...(from && { from: instantOf(`${from}T00:00`, timeZone) }),
    ...(to && { to: instantOf(`${addDays(to, 1)}T00:00`, timeZone) }),
  };
  const scope = callScope(await visibleUserIds(db, principal));
  return { timeZone, conditions: [scope, ...callConditions(filter, timeZone)] };
}

async function resultsOf(db: Db, principal: Principal, id: number, query: ScriptResultsQuery) {
  const { timeZone, conditions } = await wanted(db, principal, id, query);
  const asked = askedIn(await documentsOf(db, id));
  const read = asked.filter(({ question }) => question.type === "text").map(({ question }) => question.key);
  const found = await countAnswers(db, id, conditions, read);
  const results: ScriptResults = {
    timeZone,
    ...found.walks,
    questions: asked.map((one) => resultOf(one, found)),
  };
  return { results, asked, conditions };
}

export function scriptResultRoutes(app: HttpApp, { database: { db } }: { database: Database }): void {
  app.get(
    "/api/v1/scripts/:id/results",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, params: idParam, querystring: scriptResultsQuery, response: { 200: scriptResults } },
    },
    async (request) => (await resultsOf(db, principalOf(request), request.params.id, request.query)).results,
  );
  app.get(
    "/api/v1/scripts/:id/results/export",
    {
      config: { allow: "reports.export" },
      schema: { ...tags, params: idParam, querystring: scriptResultsQuery.extend(exportOptions.shape) },
    },
    async (request, reply) => {
      const { format, language, ...query } = request.query;
      const { id } = request.params;
      const principal = principalOf(request);
      const { results, asked, conditions } = await resultsOf(db, principal, id, query);
      const walks = readWalks(db, id, conditions);
      const options = { language, timeZone: results.timeZone, phoneOf: phoneFor(principal) };
      const answers = answerSheet(
        walks,
        asked.map(({ question }) => question),
        options,
      );
      return sendFile(reply, `answers-${id}`, format, [answers, countSheet(results, language)]);
    },
  );
}
