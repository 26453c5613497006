import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import {
  ivrFlowChange,
  ivrFlowDetail,
  ivrFlowFilter,
  ivrFlowInput,
  ivrFlowRow,
  ivrPublish,
  ivrStatistics,
  ivrStatisticsQuery,
  ivrVersion,
} from "../../../shared/ivr/flow.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { auditedActs } from "../audit/index.ts";
import type { Ivr } from "./ivr.ts";
import { findVersion, listFlows } from "./queries.ts";
import { statisticsOf } from "./queries-walks.ts";
import { changeFlow, createFlow, deleteFlow, publishFlow, requireFlow, restoreVersion } from "./save-flow.ts";

interface IvrRouteParts {
  database: Database;
  ivr: Pick<Ivr, "refresh">;
  clock: Clock;
}

const see = { allow: "campaigns.see" } as const;
const manage = { allow: "campaigns.manage" } as const;
const audited = { noun: "ivr-flow", prefix: "ivr" };
const tags = { tags: ["ivr"] };
const dayMs = 86_400_000;

export function ivrRoutes(app: HttpApp, parts: IvrRouteParts): void {
  readRoutes(app, parts);
  saveRoutes(app, parts);
  forceRoutes(app, parts);
}

function readRoutes(app: HttpApp, { database: { db }, clock }: IvrRouteParts): void {
  app.get(
    "/api/v1/ivr/flows",
    { config: see, schema: { ...tags, querystring: ivrFlowFilter, response: { 200: pageOf(ivrFlowRow) } } },
    async ({ query }) => {
      const { items, total } = await listFlows(db, query);
      return { items: items.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })), total };
    },
  );
  app.get(
    "/api/v1/ivr/flows/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: ivrFlowDetail } } },
    async ({ params }) => requireFlow(db, params.id),
  );
  app.get(
    "/api/v1/ivr/flows/:id/statistics",
    {
      config: see,
      schema: { ...tags, params: idParam, querystring: ivrStatisticsQuery, response: { 200: ivrStatistics } },
    },
    ({ params, query }) => statisticsOf(db, params.id, new Date(clock.now() - query.days * dayMs)),
  );
  app.get(
    "/api/v1/ivr/versions/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: ivrVersion } } },
    async ({ params }) => {
      const version = await findVersion(db, params.id);
      if (!version) throw notFound("IVR version", params.id);
      return version;
    },
  );
}

function saveRoutes(app: HttpApp, parts: IvrRouteParts): void {
  const { db } = parts.database;
  const act = auditedActs(parts, audited);
  app.post(
    "/api/v1/ivr/flows",
    { config: manage, schema: { ...tags, body: ivrFlowInput, response: { 201: ivrFlowDetail } } },
    async (request, reply) => {
      const { body } = request;
      const actor = principalOf(request);
      const id = await act(actor, "created", (tx) => createFlow(tx, body, actor.userId), { name: body.name });
      return reply.code(201).send(await requireFlow(db, id));
    },
  );
  app.put(
    "/api/v1/ivr/flows/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: ivrFlowChange, response: { 200: ivrFlowDetail } },
    },
    async (request) => {
      const { params, body } = request;
      const change = (tx: Tx) => changeFlow(tx, params.id, body).then(() => params.id);
      await act(principalOf(request), "changed", change, { name: body.name, revision: body.revision + 1 });
      return requireFlow(db, params.id);
    },
  );
  app.delete(
    "/api/v1/ivr/flows/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await act(principalOf(request), "deleted", (tx, at) => deleteFlow(tx, id, at).then(() => id));
      await parts.ivr.refresh();
      return reply.code(204).send(undefined);
    },
  );
}

/** What changes where callers go. */
function forceRoutes(app: HttpApp, parts: IvrRouteParts): void {
  const act = auditedActs(parts, audited);
  const told = async (flowId: number) => {
    await parts.ivr.refresh();
    return requireFlow(parts.database.db, flowId);
  };
  app.post(
    "/api/v1/ivr/flows/:id/publish",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: ivrPublish, response: { 200: ivrFlowDetail } },
    },
    async (request) => {
      const { id } = request.params;
      const actor = principalOf(request);
      const { note } = request.body;
      const by = { note, userId: actor.userId };
      await act(actor, "published", (tx, at) => publishFlow(tx, id, { ...by, at }).then(() => id), { note });
      return told(id);
    },
  );
  app.post(
    "/api/v1/ivr/versions/:id/restore",
    { config: manage, schema: { ...tags, params: idParam, response: { 200: ivrFlowDetail } } },
    async (request) => {
      const { id } = request.params;
      const detail = { versionId: id };
      return told(await act(principalOf(request), "restored", (tx) => restoreVersion(tx, id), detail));
    },
  );
}
