import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import {
  boxReportRow,
  flowBlockRow,
  flowReportRow,
  inboundExport,
  inboundQuery,
  queueInterval,
  queueReportQuery,
  type QueueReportQuery,
} from "../../../../shared/inbound-reports.ts";
import type { Database } from "../../../kernel/db.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { HttpApp } from "../../../kernel/http/server.ts";
import { readSettings } from "../../settings/index.ts";
import { sendFile } from "../send-file.ts";
import { flowBlocks, flowReport } from "./queries-ivr.ts";
import { queueIntervals, type Span } from "./queries-queues.ts";
import { boxReport } from "./queries-voicemail.ts";
import { boxSheet, flowSheet, queueSheet } from "./sheets.ts";

const dayMs = 86_400_000;
const longest = 400;
const longestOfIntervals = 31;
const tags = { tags: ["reports"] };
const see = { allow: "reports.see" } as const;
const mayExport = { allow: "reports.export" } as const;

/** Reports of queues, IVR flows and voicemail boxes, and the same as files. */
export function inboundReportRoutes(app: HttpApp, { database: { db } }: { database: Database }): void {
  async function spanOf({ from, to }: { from: string; to: string }, most = longest): Promise<Span> {
    if (to < from || Date.parse(to) - Date.parse(from) >= most * dayMs)
      throw invalid(
        "inbound-report-span",
        `Choose a first day that is not after the last, and at most ${most} days.`,
        { days: most },
      );
    const { timeZone } = await readSettings(db);
    return { from, to, timeZone };
  }
  async function queuesOf(query: QueueReportQuery) {
    const { interval, queueId = null } = query;
    const span = await spanOf(query, interval === 1440 ? longest : longestOfIntervals);
    return { span, rows: await queueIntervals(db, { ...span, intervalMinutes: interval, queueId }) };
  }

  app.get(
    "/api/v1/reports/queues",
    {
      config: see,
      schema: { ...tags, querystring: queueReportQuery, response: { 200: pageOf(queueInterval) } },
    },
    async ({ query }) => onePage((await queuesOf(query)).rows),
  );
  app.get(
    "/api/v1/reports/queues/export",
    { config: mayExport, schema: { ...tags, querystring: queueReportQuery.extend(inboundExport.shape) } },
    async ({ query }, reply) => {
      const { span, rows } = await queuesOf(query);
      const sheet = queueSheet(rows, query.language, span.timeZone);
      return sendFile(reply, `queues-${span.from}-${span.to}`, query.format, [sheet]);
    },
  );
  app.get(
    "/api/v1/reports/ivr",
    { config: see, schema: { ...tags, querystring: inboundQuery, response: { 200: pageOf(flowReportRow) } } },
    async ({ query }) => onePage(await flowReport(db, await spanOf(query))),
  );
  app.get(
    "/api/v1/reports/ivr/:id",
    {
      config: see,
      schema: {
        ...tags,
        params: idParam,
        querystring: inboundQuery,
        response: { 200: pageOf(flowBlockRow) },
      },
    },
    async ({ params, query }) => onePage(await flowBlocks(db, params.id, await spanOf(query))),
  );
  app.get(
    "/api/v1/reports/ivr/export",
    { config: mayExport, schema: { ...tags, querystring: inboundQuery.extend(inboundExport.shape) } },
    async ({ query }, reply) => {
      const span = await spanOf(query);
      const sheet = flowSheet(await flowReport(db, span), query.language);
      return sendFile(reply, `ivr-${span.from}-${span.to}`, query.format, [sheet]);
    },
  );
  app.get(
    "/api/v1/reports/voicemail",
    { config: see, schema: { ...tags, querystring: inboundQuery, response: { 200: pageOf(boxReportRow) } } },
    async ({ query }) => onePage(await boxReport(db, await spanOf(query))),
  );
  app.get(
    "/api/v1/reports/voicemail/export",
    { config: mayExport, schema: { ...tags, querystring: inboundQuery.extend(inboundExport.shape) } },
    async ({ query }, reply) => {
      const span = await spanOf(query);
      const sheet = boxSheet(await boxReport(db, span), query.language);
      return sendFile(reply, `voicemail-${span.from}-${span.to}`, query.format, [sheet]);
    },
  );
}
