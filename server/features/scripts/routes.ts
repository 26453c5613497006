import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import {
  scriptChange,
  scriptCopy,
  scriptDetail,
  scriptFilter,
  scriptInput,
  scriptPublish,
  scriptRow,
  scriptVersion,
} from "../../../shared/scripts.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { auditedActs } from "../audit/index.ts";
import "./events.ts";
import { campaignsWithScript, findVersion, listScripts } from "./queries.ts";
import {
  changeScript,
  createScript,
  deleteScript,
  publishScript,
  requireScript,
  restoreVersion,
} from "./save-script.ts";

interface ScriptRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: "campaigns.see" } as const;
const manage = { allow: "campaigns.manage" } as const;
const audited = { noun: "script", prefix: "script" };
const tags = { tags: ["scripts"] };

export function scriptRoutes(app: HttpApp, parts: ScriptRouteParts): void {
  readRoutes(app, parts);
  saveRoutes(app, parts);
  publishRoutes(app, parts);
}

function readRoutes(app: HttpApp, { database: { db } }: ScriptRouteParts): void {
  app.get(
    "/api/v1/scripts",
    { config: see, schema: { ...tags, querystring: scriptFilter, response: { 200: pageOf(scriptRow) } } },
    async ({ query }) => {
      const { items, total } = await listScripts(db, query);
      return { items: items.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })), total };
    },
  );
  app.get(
    "/api/v1/scripts/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: scriptDetail } } },
    async ({ params }) => requireScript(db, params.id),
  );
  app.get(
    "/api/v1/script-versions/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: scriptVersion } } },
    async ({ params }) => {
      const version = await findVersion(db, params.id);
      if (!version) throw notFound("script version", params.id);
      return version;
    },
  );
}

function saveRoutes(app: HttpApp, parts: ScriptRouteParts): void {
  const { db } = parts.database;
  const act = auditedActs(parts, audited);
  app.post(
    "/api/v1/scripts",
    { config: manage, schema: { ...tags, body: scriptInput, response: { 201: scriptDetail } } },
    async (request, reply) => {
      const { body } = request;
      const actor = principalOf(request);
      const id = await act(actor, "created", (tx) => createScript(tx, body, actor.userId), {
        name: body.name,
      });
      return reply.code(201).send(await requireScript(db, id));
    },
  );
  app.put(
    "/api/v1/scripts/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: scriptChange, response: { 200: scriptDetail } },
    },
    async (request) => {
      const { params, body } = request;
      const change = (tx: Tx) => changeScript(tx, params.id, body).then(() => params.id);
      await act(principalOf(request), "changed", change, { name: body.name, revision: body.revision + 1 });
      return requireScript(db, params.id);
    },
  );
  app.post(
    "/api/v1/scripts/:id/copy",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: scriptCopy, response: { 201: scriptDetail } },
    },
    async (request, reply) => {
      const { params, body } = request;
      const actor = principalOf(request);
      const copy = async (tx: Tx) => {
        const { kind, document } = await requireScript(tx, params.id);
        return createScript(tx, { kind, document, name: body.name }, actor.userId);
      };
      const id = await act(actor, "created", copy, { copyOf: params.id });
      return reply.code(201).send(await requireScript(db, id));
    },
  );
  app.delete(
    "/api/v1/scripts/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await act(principalOf(request), "deleted", (tx, at) => deleteScript(tx, id, at).then(() => id));
      return reply.code(204).send(undefined);
    },
  );
}

function publishRoutes(app: HttpApp, parts: ScriptRouteParts): void {
  const { db } = parts.database;
  const act = auditedActs(parts, audited);
  async function told(scriptId: number) {
    const [script, campaigns] = await Promise.all([
      requireScript(db, scriptId),
      campaignsWithScript(db, scriptId),
    ]);
    parts.events.publish("script.published", { scriptId, versionId: script.version!.id, campaigns });
    return script;
  }
  app.post(
    "/api/v1/scripts/:id/publish",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: scriptPublish, response: { 200: scriptDetail } },
    },
    async (request) => {
      const { id } = request.params;
      const actor = principalOf(request);
      const { note } = request.body;
      const publish = (tx: Tx, at: Date) =>
        publishScript(tx, id, { note, userId: actor.userId, at }).then(() => id);
      await act(actor, "published", publish, { note });
      return told(id);
    },
  );
  app.post(
    "/api/v1/script-versions/:id/restore",
    { config: manage, schema: { ...tags, params: idParam, response: { 200: scriptDetail } } },
    async (request) => {
      const { id } = request.params;
      const scriptId = await act(principalOf(request), "restored", (tx) => restoreVersion(tx, id), {
        versionId: id,
      });
      return told(scriptId);
    },
  );
}
