import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import { leadStatuses, listArchived, listFilter, listInput, listRow } from "../../../shared/lists.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { phoneFor } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { exportCsv, exportXlsx } from "./export-list.ts";
import { findLists, setListArchived } from "./queries-lists.ts";
import { changeList, createList, removeList, requireList } from "./save-list.ts";
import "./import/events.ts";

export interface ListRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: ["leads.see", "leads.import"] } as const;
const manage = { allow: "leads.import" } as const;
const tags = { tags: ["lists"] };

export function listRoutes(app: HttpApp, parts: ListRouteParts): void {
  readRoutes(app, parts);
  writeRoutes(app, parts);
}

function auditor(clock: Clock) {
  return (tx: Tx, actor: Actor, action: string, nounId: number, detail: Record<string, unknown> = {}) =>
    recordAudit(tx, { actor, at: new Date(clock.now()), action, noun: "list", nounId, detail });
}

const exportTypes = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const exportQuery = z.object({
  format: z.enum(["csv", "xlsx"]).default("csv"),
  status: z.enum(leadStatuses).optional(),
});

function readRoutes(app: HttpApp, { database, clock }: ListRouteParts): void {
  const { db } = database;
  const audit = auditor(clock);
  app.get(
    "/api/v1/lists",
    { config: see, schema: { ...tags, querystring: listFilter, response: { 200: pageOf(listRow) } } },
    async ({ query }) => findLists(db, query),
  );
  app.get(
    "/api/v1/lists/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: listRow } } },
    async ({ params }) => requireList(db, params.id),
  );
  app.get(
    "/api/v1/lists/:id/export",
    {
      config: { allow: "leads.export" },
      schema: { ...tags, summary: "The list's leads as a file", params: idParam, querystring: exportQuery },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const list = await requireList(db, request.params.id);
      const { format, status } = request.query;
      await database.transact((tx) => audit(tx, principal, "list.exported", list.id, { format, status }));
      const wanted = {
        list,
        statuses: status && [status],
        language: principal.locale,
        showPhone: phoneFor(principal),
      };
      const name = encodeURIComponent(`${list.name}.${format}`);
      return reply
        .type(exportTypes[format])
        .header(
          "content-disposition",
          `attachment; filename="list-${list.id}.${format}"; filename*=UTF-8''${name}`,
        )
        .send(format === "csv" ? exportCsv(db, wanted) : exportXlsx(db, wanted));
    },
  );
}

function writeRoutes(app: HttpApp, { database, clock, events }: ListRouteParts): void {
  const audit = auditor(clock);
  app.post(
    "/api/v1/lists",
    {
      config: { ...manage, idempotent: true },
      schema: { ...tags, body: listInput, response: { 201: listRow } },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const list = await database.transact(async (tx) => {
        const made = await createList(tx, request.body, actor.userId);
        await audit(tx, actor, "list.created", made.id, { name: made.name });
        return made;
      });
      events.publish("list.changed", { listId: list.id });
      return reply.code(201).send(list);
    },
  );
  app.put(
    "/api/v1/lists/:id",
    { config: manage, schema: { ...tags, params: idParam, body: listInput, response: { 200: listRow } } },
    async (request) => {
      const { id } = request.params;
      const list = await database.transact(async (tx) => {
        const changed = await changeList(tx, id, request.body);
        await audit(tx, principalOf(request), "list.changed", id, { ...request.body });
        return changed;
      });
      events.publish("list.changed", { listId: id });
      return list;
    },
  );
  app.post(
    "/api/v1/lists/:id/archived",
    { config: manage, schema: { ...tags, params: idParam, body: listArchived, response: { 200: listRow } } },
    async (request) => {
      const { id } = request.params;
      const { archived } = request.body;
      const list = await database.transact(async (tx) => {
        await requireList(tx, id);
        await setListArchived(tx, id, archived ? new Date(clock.now()) : null);
        await audit(tx, principalOf(request), archived ? "list.archived" : "list.restored", id);
        return requireList(tx, id);
      });
      events.publish("list.changed", { listId: id });
      return list;
    },
  );
  app.delete(
    "/api/v1/lists/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const { name } = await removeList(tx, id);
        await audit(tx, principalOf(request), "list.deleted", id, { name });
      });
      events.publish("list.changed", { listId: id });
      return reply.code(204).send(undefined);
    },
  );
}
