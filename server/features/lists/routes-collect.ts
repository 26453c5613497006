import { collectCount, collectedLeads, leadCollection } from "../../../shared/collect-leads.ts";
import { importRow } from "../../../shared/imports.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { beginCollection } from "./collect-leads.ts";
import type { Imports } from "./import/imports.ts";
import { requireImport } from "./import/start-import.ts";
import { countCollected } from "./queries-collect.ts";

const config = { allow: "leads.import" } as const;
const tags = { tags: ["leads"] };

export function collectRoutes(
  app: HttpApp,
  parts: { database: Database; clock: Clock; events: EventBus; imports: Imports },
): void {
  const { database, clock, events, imports } = parts;
  app.post(
    "/api/v1/leads/collect/count",
    { config, schema: { ...tags, body: collectedLeads, response: { 200: collectCount } } },
    async ({ body }) => countCollected(database.db, body, clock.now()),
  );
  app.post(
    "/api/v1/leads/collect",
    {
      config,
      schema: {
        ...tags,
        summary: "Copy leads into a new list; the answer is the import that does it",
        body: leadCollection,
        response: { 202: importRow },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const actor = principalOf(request);
      const at = new Date(clock.now());
      const row = await database.transact(async (tx) => {
        const id = await beginCollection(tx, body, { userId: actor.userId, at });
        const begun = await requireImport(tx, id);
        const detail = { ...body, importId: id };
        const act = { actor, at, action: "leads.collected", noun: "list", nounId: begun.list_id, detail };
        await recordAudit(tx, act);
        return begun;
      });
      imports.enqueue(row.id);
      events.publish("list.changed", { listId: row.list_id });
      return reply.code(202).send(imports.present(row));
    },
  );
}
