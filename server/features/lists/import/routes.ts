import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import multipart from "@fastify/multipart";
import { z } from "zod";
import { idParam, pageOf, pageQuery } from "../../../../shared/common.ts";
import {
  importOptions,
  importPreview,
  importRow,
  previewOptions,
  undoResult,
} from "../../../../shared/imports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Tx } from "../../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../../kernel/errors.ts";
import type { EventBus } from "../../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../../audit/index.ts";
import { requireList } from "../save-list.ts";
import type { Imports } from "./imports.ts";
import { previewImport } from "./preview.ts";
import { insertImport, listImports } from "./queries.ts";
import { requireImport, startImport } from "./start-import.ts";
import { undoImport } from "./undo.ts";
import { storeUpload } from "./upload.ts";

export interface ImportRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
  imports: Imports;
  /** Largest file that may be uploaded. */
  maxUploadBytes: number;
}

const allowed = { allow: "leads.import" } as const;
const tags = { tags: ["imports"] };

export async function importRoutes(app: HttpApp, parts: ImportRouteParts): Promise<void> {
  await app.register(multipart, { limits: { fileSize: parts.maxUploadBytes, files: 1, fields: 10 } });
  uploadRoutes(app, parts);
  readRoutes(app, parts);
  runRoutes(app, parts);
}

const audit = (tx: Tx, actor: Actor, at: Date, action: string, id: number, detail: Record<string, unknown>) =>
  recordAudit(tx, { actor, at, action, noun: "import", nounId: id, detail });

function uploadRoutes(app: HttpApp, { database, imports, maxUploadBytes }: ImportRouteParts): void {
  app.post(
    "/api/v1/imports",
    {
      config: allowed,
      schema: {
        ...tags,
        summary: "Upload a CSV or XLSX file (multipart/form-data, one file) for a list",
        querystring: z.object({ listId: z.coerce.number().int() }),
        response: { 201: importRow },
      },
    },
    async (request, reply) => {
      const { listId } = request.query;
      const list = await requireList(database.db, listId);
      if (list.archivedAt !== null)
        throw conflict("list-archived", "The list is archived.", { list: list.name });
      if (!request.isMultipart()) throw invalid("no-file", "Send the file as multipart/form-data.");
      const file = await request.file();
      if (!file) throw invalid("no-file", "The request has no file.");
      const upload = { fileName: file.filename, stream: file.file };
      const stored = await storeUpload(upload, (name) => imports.pathOf(name), maxUploadBytes);
      const byUserId = principalOf(request).userId;
      const id = await database.transact((tx) => insertImport(tx, { ...stored, listId, byUserId }));
      return reply.code(201).send(imports.present(await requireImport(database.db, id)));
    },
  );
  app.post(
    "/api/v1/imports/:id/preview",
    {
      config: allowed,
      schema: { ...tags, params: idParam, body: previewOptions, response: { 200: importPreview } },
    },
    async (request) => {
      const row = await requireImport(database.db, request.params.id);
      if (row.path === null || row.state !== "uploaded")
        throw conflict("import-not-uploaded", `This import is ${row.state} already.`, { state: row.state });
      const list = await requireList(database.db, row.list_id);
      return previewImport({
        path: imports.pathOf(row.path),
        options: request.body,
        country: list.country,
        listColumns: list.columns,
        firstRows: (source, count) => imports.firstRows(source, count),
      });
    },
  );
}

function readRoutes(app: HttpApp, { database, imports }: ImportRouteParts): void {
  app.get(
    "/api/v1/imports",
    {
      config: { allow: "leads.see" },
      schema: {
        ...tags,
        querystring: pageQuery.extend({ listId: z.coerce.number().int().optional() }),
        response: { 200: pageOf(importRow) },
      },
    },
    async ({ query }) => {
      const { items, total } = await listImports(database.db, query);
      return { items: items.map((row) => imports.present(row)), total };
    },
  );
  app.get(
    "/api/v1/imports/:id",
    { config: { allow: "leads.see" }, schema: { ...tags, params: idParam, response: { 200: importRow } } },
    async ({ params }) => imports.present(await requireImport(database.db, params.id)),
  );
  app.get(
    "/api/v1/imports/:id/errors.csv",
    { config: allowed, schema: { ...tags, summary: "Rows that did not become leads", params: idParam } },
    async (request, reply) => {
      const row = await requireImport(database.db, request.params.id);
      const path = imports.pathOf(row.error_path ?? "");
      const size = row.error_path === null ? undefined : (await stat(path).catch(() => undefined))?.size;
      if (size === undefined || row.state === "running") throw notFound("error file of import", row.id);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-length", size)
        .header("content-disposition", `attachment; filename="import-${row.id}-errors.csv"`)
        .send(createReadStream(path));
    },
  );
}

function runRoutes(app: HttpApp, { database, clock, events, imports }: ImportRouteParts): void {
  const now = () => new Date(clock.now());
  app.post(
    "/api/v1/imports/:id/start",
    {
      config: allowed,
      schema: { ...tags, params: idParam, body: importOptions, response: { 202: importRow } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const row = await database.transact(async (tx) => {
        const started = await startImport(tx, id, request.body, now());
        const { list_id: listId, file_name: fileName } = started;
        await audit(tx, principalOf(request), now(), "import.started", id, { listId, fileName });
        return started;
      });
      imports.enqueue(id);
      events.publish("import.changed", { item: imports.present(row) });
      return reply.code(202).send(imports.present(row));
    },
  );
  app.post(
    "/api/v1/imports/:id/cancel",
    { config: allowed, schema: { ...tags, params: idParam, response: { 202: importRow } } },
    async (request, reply) => {
      const row = await requireImport(database.db, request.params.id);
      if (row.state !== "running")
        throw conflict("import-not-running", `This import is ${row.state}.`, { state: row.state });
      imports.cancel(row.id);
      return reply.code(202).send(imports.present(row));
    },
  );
  app.post(
    "/api/v1/imports/:id/undo",
    { config: allowed, schema: { ...tags, params: idParam, response: { 200: undoResult } } },
    async (request) => {
      const { id } = request.params;
      const result = await undoImport(database, id, now());
      const row = await requireImport(database.db, id);
      if (row.error_path !== null) await rm(imports.pathOf(row.error_path), { force: true });
      await database.transact((tx) =>
        audit(tx, principalOf(request), now(), "import.undone", id, { ...result }),
      );
      events.publish("import.changed", { item: imports.present(row) });
      events.publish("list.changed", { listId: row.list_id });
      return result;
    },
  );
}
