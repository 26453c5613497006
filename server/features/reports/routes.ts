import {
  answerTimes,
  answerTimesQuery,
  callExport,
  report,
  reportExport,
  reportQuery,
} from "../../../shared/reports.ts";
import { messageQuery, messageResults } from "../../../shared/broadcasts.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { phoneFor } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { callConditions, callScope } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { inboundReportRoutes } from "./inbound/routes.ts";
import { callSheet } from "./export-calls.ts";
import { reportSheets } from "./export-report.ts";
import { conditionsOf, makeReport, rangeOf } from "./make-report.ts";
import { countAnswerTimes } from "./queries-answer-times.ts";
import { countMessages } from "./queries-messages.ts";
import { readCalls } from "./queries-export.ts";
import { scriptResultRoutes } from "./routes-scripts.ts";
import { sendFile } from "./send-file.ts";

const tags = { tags: ["reports"] };

export function reportRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  const { db } = database;
  scriptResultRoutes(app, { database });
  inboundReportRoutes(app, { database });
  app.get(
    "/api/v1/reports/calls",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: reportQuery, response: { 200: report } },
    },
    async (request) => makeReport(db, principalOf(request), request.query, clock.now()),
  );
  app.get(
    "/api/v1/reports/answer-times",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: answerTimesQuery, response: { 200: answerTimes } },
    },
    async (request) => {
      const range = await rangeOf(db, request.query);
      const conditions = await conditionsOf(db, principalOf(request), request.query, range);
      return { cells: await countAnswerTimes(db, conditions) };
    },
  );
  app.get(
    "/api/v1/reports/calls/export",
    { config: { allow: "reports.export" }, schema: { ...tags, querystring: reportExport } },
    async (request, reply) => {
      const { format, language, table, ...query } = request.query;
      const made = await makeReport(db, principalOf(request), query, clock.now());
      return sendFile(reply, `report-${query.from}-${query.to}`, format, reportSheets(made, table, language));
    },
  );
  app.get(
    "/api/v1/campaigns/:id/message-results",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, params: idParam, querystring: messageQuery, response: { 200: messageResults } },
    },
    async (request) => {
      const scope = callScope(await visibleUserIds(db, principalOf(request)));
      const filter = { ...request.query, campaignId: request.params.id };
      return countMessages(db, [scope, ...callConditions(filter, "UTC")]);
    },
  );
  app.get(
    "/api/v1/calls/export",
    { config: { allow: "reports.export" }, schema: { ...tags, querystring: callExport } },
    async (request, reply) => {
      const { format, language, ...filter } = request.query;
      const principal = principalOf(request);
      const { timeZone } = await readSettings(db);
      const scope = callScope(await visibleUserIds(db, principal));
      const calls = readCalls(db, [scope, ...callConditions(filter, timeZone)]);
      const phoneOf = phoneFor(principal);
      return sendFile(reply, "calls", format, [callSheet(calls, { timeZone, language, phoneOf })]);
    },
  );
}
