import { z } from "zod";
import {
  agentDay,
  agentDays,
  agentTimeExport,
  agentTimeQuery,
  agentTimeReport,
  day,
} from "../../../shared/agent-time.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { sendFile } from "../reports/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { timeSheet } from "./export-time.ts";
import { reasonNames } from "./queries.ts";
import { agentDayOf, type Asked, timeByDay, timeReport } from "./report.ts";

const tags = ["agent-time"];
const see = { allow: ["desk.use", "agents.supervise"] as const };

export function agentTimeRoutes(
  app: HttpApp,
  { database, clock }: { database: Database; clock: Clock },
): void {
  const { db } = database;
  async function asked(principal: Principal): Promise<Asked> {
    const { timeZone } = await readSettings(db);
    return { visible: await visibleUserIds(db, principal), timeZone, now: clock.now() };
  }
  app.get(
    "/api/v1/agent-time",
    { config: see, schema: { tags, querystring: agentTimeQuery, response: { 200: agentTimeReport } } },
    async (request) => {
      const how = await asked(principalOf(request));
      const items = await timeReport(db, request.query, how);
      return { timeZone: how.timeZone, items, total: items.length };
    },
  );
  app.get(
    "/api/v1/agent-time/export",
    { config: { allow: "reports.export" }, schema: { tags, querystring: agentTimeExport } },
    async (request, reply) => {
      const { format, language, ...query } = request.query;
      const people = await timeByDay(db, query, await asked(principalOf(request)));
      const named = people.map(({ person, days }) => ({ name: person.name, days }));
      return sendFile(reply, `agent-time-${query.from}`, format, [
        timeSheet(named, await reasonNames(db), language),
      ]);
    },
  );
  app.get(
    "/api/v1/agent-time/:id",
    {
      config: see,
      schema: { tags, params: idParam, querystring: z.object({ day }), response: { 200: agentDay } },
    },
    async (request) => {
      const { id: userId } = request.params;
      const found = await agentDayOf(
        db,
        { userId, day: request.query.day },
        await asked(principalOf(request)),
      );
      if (!found) throw notFound("agent", userId);
      return found;
    },
  );
  app.get(
    "/api/v1/agent-time/:id/days",
    {
      config: see,
      schema: { tags, params: idParam, querystring: agentTimeQuery, response: { 200: agentDays } },
    },
    async (request) => {
      const { id: userId } = request.params;
      const [found] = await timeByDay(db, { ...request.query, userId }, await asked(principalOf(request)));
      if (!found) throw notFound("agent", userId);
      return { items: found.days, total: found.days.length };
    },
  );
}
