import { z } from "zod";
import { idParam } from "../../../../shared/common.ts";
import {
  leadCount,
  leadCountQuery,
  namedFilter,
  namedFilterInput,
} from "../../../../shared/lead-conditions.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import { notFound } from "../../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import type { Random } from "../../../kernel/random.ts";
import { countKept } from "./count-kept.ts";
import { namedFilters, removeNamedFilter, saveNamedFilter } from "./queries-named.ts";

const manage = { allow: ["campaigns.manage", "leads.import"] } as const;
const tags = { tags: ["leads"] };

export function filterRoutes(
  app: HttpApp,
  { database, clock, random }: { database: Database; clock: Clock; random: Random },
): void {
  app.post(
    "/api/v1/leads/count",
    { config: manage, schema: { ...tags, body: leadCountQuery, response: { 200: leadCount } } },
    async ({ body }) => countKept(database.db, body.listIds, body.conditions, clock.now(), random),
  );
  app.get(
    "/api/v1/lead-filters",
    { config: manage, schema: { ...tags, response: { 200: z.array(namedFilter) } } },
    async () => namedFilters(database.db),
  );
  app.post(
    "/api/v1/lead-filters",
    { config: manage, schema: { ...tags, body: namedFilterInput, response: { 201: namedFilter } } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const saved = await database.transact((tx) => saveNamedFilter(tx, request.body, userId));
      return reply.code(201).send(saved);
    },
  );
  app.delete(
    "/api/v1/lead-filters/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await database.transact((tx) => removeNamedFilter(tx, id)))) throw notFound("filter", id);
      return reply.code(204).send(undefined);
    },
  );
}
