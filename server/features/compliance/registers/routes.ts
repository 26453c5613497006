import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import { numberCheck, registerInput, registerRow, type RegisterRow } from "../../../../shared/registers.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Db, Tx } from "../../../kernel/db.ts";
import { AppError, conflict, invalid, notFound } from "../../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { parsePhone } from "../../../kernel/phone-number.ts";
import { type Actor, recordAudit } from "../../audit/index.ts";
import { readSettings } from "../../settings/index.ts";
import { entriesOf } from "../queries.ts";
import {
  findRegister,
  insertRegister,
  listRegisters,
  registersOnNumber,
  removeRegister,
  type StoredRegister,
  updateRegister,
} from "./queries.ts";
import type { Registers } from "./registers.ts";

const tags = ["do-not-call"];

const present = (row: StoredRegister): RegisterRow => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  key: row.key,
  campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? "" },
  whenUnknown: row.when_unknown,
  expiresAt: row.expires_at?.toISOString() ?? null,
  state: row.state,
  numbers: row.numbers,
  invalid: row.invalid,
  fileName: row.file_name,
  loadedAt: row.loaded_at?.toISOString() ?? null,
  error: row.error,
  url: row.url,
  hasAuthorization: row.auth_header !== null,
  timeoutMs: row.timeout_ms,
  cacheMinutes: row.cache_minutes,
  createdBy: row.created_by_name,
  createdAt: row.created_at.toISOString(),
});

async function requireRegister(db: Db, id: number) {
  const row = await findRegister(db, id);
  if (!row) throw notFound("register", id);
  return row;
}

export interface RegisterRouteParts {
  database: Database;
  clock: Clock;
  registers: Registers;
  /** Largest file that may be uploaded. */
  maxUploadBytes: number;
}

/** Registers of numbers that may not be called, and what all sources say of one number. */
export function registerRoutes(app: HttpApp, parts: RegisterRouteParts): void {
  const { database, clock } = parts;
  const audit = (tx: Tx, actor: Actor, action: string, nounId: number, detail: Record<string, unknown>) =>
    recordAudit(tx, { actor, at: new Date(clock.now()), action, noun: "register", nounId, detail });

  app.get(
    "/api/v1/registers",
    { config: { allow: "compliance.see" }, schema: { tags, response: { 200: pageOf(registerRow) } } },
    async () => onePage((await listRegisters(database.db)).map(present)),
  );
  app.post(
    "/api/v1/registers",
    {
      config: { allow: "compliance.manage" },
      schema: { tags, body: registerInput, response: { 201: z.object({ id: z.number() }) } },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const { authorization: _, ...shown } = request.body;
      const id = await database.transact(async (tx) => {
        const added = await insertRegister(tx, request.body, actor.userId);
        await audit(tx, actor, "register.added", added, shown);
        return added;
      });
      return reply.code(201).send({ id });
    },
  );
  app.put(
    "/api/v1/registers/:id",
    {
      config: { allow: "compliance.manage" },
      schema: { tags, params: idParam, body: registerInput, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { authorization: _, ...shown } = request.body;
      await database.transact(async (tx) => {
        const { kind } = await requireRegister(tx, id);
        if (kind !== request.body.kind)
          throw conflict("register-kind", "A register keeps its kind.", { kind });
        await updateRegister(tx, id, request.body);
        await audit(tx, principalOf(request), "register.changed", id, shown);
      });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/registers/:id",
    {
      config: { allow: "compliance.manage" },
      schema: { tags, params: idParam, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const { name, numbers } = await requireRegister(tx, id);
        await removeRegister(tx, id, new Date(clock.now()));
        await audit(tx, principalOf(request), "register.removed", id, { name, numbers });
      });
      return reply.code(204).send(null);
    },
  );
  fileRoute(app, parts, audit);
  checkRoute(app, parts);
}

function fileRoute(
  app: HttpApp,
  { database, registers, maxUploadBytes }: RegisterRouteParts,
  audit: (tx: Tx, actor: Actor, action: string, id: number, detail: Record<string, unknown>) => Promise<void>,
): void {
  app.post(
    "/api/v1/registers/:id/file",
    {
      config: { allow: "compliance.manage" },
      schema: {
        tags,
        summary: "Load a file of numbers, one a line (multipart/form-data); it replaces the one before",
        params: idParam,
        response: { 202: z.object({ id: z.number() }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { kind } = await requireRegister(database.db, id);
      if (kind !== "file") throw conflict("register-kind", "A service has no file.", { kind });
      if (!request.isMultipart()) throw invalid("no-file", "Send the file as multipart/form-data.");
      const file = await request.file();
      if (!file) throw invalid("no-file", "The request has no file.");
      const path = registers.pathOf(`${randomUUID()}.txt`);
      const fileName = file.filename.slice(0, 200);
      try {
        await pipeline(file.file, createWriteStream(path));
        if (file.file.truncated)
          throw new AppError("file-too-large", 413, "The file is larger than allowed; split it.", {
            maxMb: Math.floor(maxUploadBytes / 2 ** 20),
          });
        if (!(await registers.load(id, { path, fileName })))
          throw conflict("register-loading", "A file of this register is being loaded already.");
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      await database.transact((tx) => audit(tx, principalOf(request), "register.file", id, { fileName }));
      return reply.code(202).send({ id });
    },
  );
}

function checkRoute(app: HttpApp, { database, clock }: RegisterRouteParts): void {
  app.get(
    "/api/v1/do-not-call/check",
    {
      config: { allow: "compliance.see" },
      schema: {
        tags,
        summary: "What every source says of one number",
        querystring: z.object({ phone: z.string().min(2).max(40) }),
        response: { 200: numberCheck },
      },
    },
    async ({ query }) => {
      const { defaultCountry } = await readSettings(database.db);
      const phone = parsePhone(query.phone, defaultCountry)?.e164;
      if (!phone) throw invalid("phone-invalid", "This is no telephone number.", { phone: query.phone });
      const entries = await entriesOf(database.db, phone);
      const facts = await registersOnNumber(database.db, phone, clock.now());
      return {
        phone,
        entries: entries.map((row) => ({
          campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? "" },
          source: row.source,
          reason: row.reason,
          by: row.by_name,
          createdAt: row.created_at.toISOString(),
          expiresAt: row.expires_at?.toISOString() ?? null,
        })),
        registers: facts.map(({ fact: { id, name, listed, asOf } }) => ({
          id,
          name,
          listed,
          asOf: asOf === null ? null : new Date(asOf).toISOString(),
        })),
      };
    },
  );
}
