import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import {
  deliveryFilter,
  deliveryParam,
  deliveryRow,
  replayed,
  replayInput,
  webhookInput,
  webhookRow,
  webhookSecret,
} from "../../../shared/webhooks.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import {
  changeSecret,
  deleteWebhook,
  insertTest,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  replayDelivery,
  replayTime,
  requireWebhook,
  updateWebhook,
} from "./queries.ts";
import type { WebhookRelay } from "./relay.ts";
import { newWebhookSecret } from "./sign.ts";

export interface WebhookRouteParts {
  database: Database;
  clock: Clock;
  relay: Pick<WebhookRelay, "wake">;
}

const config = { allow: "settings.manage" } as const;
const tags = { tags: ["webhooks"] };
/** Two secrets sign for so long after a change. */
const overlapMs = 24 * 3_600_000;

export function webhookRoutes(app: HttpApp, parts: WebhookRouteParts): void {
  settingRoutes(app, parts);
  deliveryRoutes(app, parts);
}

type Change = "created" | "changed" | "deleted" | "secret-changed" | "tried" | "replayed";

const audited = (tx: Tx, clock: Clock, actor: Actor, change: Change, id: number, detail: object) =>
  recordAudit(tx, {
    actor,
    at: new Date(clock.now()),
    action: `webhook.${change}`,
    noun: "webhook",
    nounId: id,
    detail: { ...detail },
  });

function settingRoutes(app: HttpApp, { database, clock, relay }: WebhookRouteParts): void {
  const { db } = database;
  const now = () => new Date(clock.now());
  app.get(
    "/api/v1/webhooks",
    { config, schema: { ...tags, response: { 200: pageOf(webhookRow) } } },
    async () => onePage(await listWebhooks(db, now())),
  );
  app.get(
    "/api/v1/webhooks/:id",
    { config, schema: { ...tags, params: idParam, response: { 200: webhookRow } } },
    async ({ params }) => requireWebhook(db, params.id, now()),
  );
  app.post(
    "/api/v1/webhooks",
    { config, schema: { ...tags, body: webhookInput, response: { 201: webhookSecret } } },
    async (request, reply) => {
      const secret = newWebhookSecret();
      const id = await database.transact(async (tx) => {
        const made = await insertWebhook(tx, request.body, secret, now());
        await audited(tx, clock, principalOf(request), "created", made, request.body);
        return made;
      });
      return reply.code(201).send({ id, secret });
    },
  );
  app.put(
    "/api/v1/webhooks/:id",
    { config, schema: { ...tags, params: idParam, body: webhookInput, response: { 200: webhookRow } } },
    async (request) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await updateWebhook(tx, id, request.body, now());
        await audited(tx, clock, principalOf(request), "changed", id, request.body);
      });
      relay.wake();
      return requireWebhook(db, id, now());
    },
  );
  app.delete(
    "/api/v1/webhooks/:id",
    { config, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await audited(tx, clock, principalOf(request), "deleted", id, await deleteWebhook(tx, id));
      });
      return reply.code(204).send(undefined);
    },
  );
  app.post(
    "/api/v1/webhooks/:id/secret",
    { config, schema: { ...tags, params: idParam, response: { 200: webhookSecret } } },
    async (request) => {
      const { id } = request.params;
      const secret = newWebhookSecret();
      await database.transact(async (tx) => {
        await changeSecret(tx, id, secret, new Date(clock.now() + overlapMs));
        await audited(tx, clock, principalOf(request), "secret-changed", id, {});
      });
      return { id, secret };
    },
  );
}

function deliveryRoutes(app: HttpApp, { database, clock, relay }: WebhookRouteParts): void {
  const { db } = database;
  app.get(
    "/api/v1/webhooks/:id/deliveries",
    {
      config,
      schema: {
        ...tags,
        params: idParam,
        querystring: deliveryFilter,
        response: { 200: pageOf(deliveryRow) },
      },
    },
    async ({ params, query }) => listDeliveries(db, params.id, query),
  );
  app.post(
    "/api/v1/webhooks/:id/test",
    { config, schema: { ...tags, params: idParam, response: { 202: idParam } } },
    async (request, reply) => {
      const { id } = request.params;
      const at = new Date(clock.now());
      await requireWebhook(db, id, at);
      const deliveryId = await database.transact(async (tx) => {
        await audited(tx, clock, principalOf(request), "tried", id, {});
        return insertTest(tx, id, at);
      });
      relay.wake();
      return reply.code(202).send({ id: deliveryId });
    },
  );
  app.post(
    "/api/v1/webhooks/:id/deliveries/:deliveryId/replay",
    { config, schema: { ...tags, params: deliveryParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      await database.transact(async (tx) => {
        await replayDelivery(tx, id, deliveryId);
        await audited(tx, clock, principalOf(request), "replayed", id, { deliveryId });
      });
      relay.wake();
      return reply.code(204).send(undefined);
    },
  );
  app.post(
    "/api/v1/webhooks/:id/replay",
    { config, schema: { ...tags, params: idParam, body: replayInput, response: { 200: replayed } } },
    async (request) => {
      const { id } = request.params;
      const { from, to, failedOnly } = request.body;
      await requireWebhook(db, id, new Date(clock.now()));
      const count = await database.transact(async (tx) => {
        const sent = await replayTime(tx, id, { from: new Date(from), to: new Date(to), failedOnly });
        await audited(tx, clock, principalOf(request), "replayed", id, { ...request.body, events: sent });
        return sent;
      });
      relay.wake();
      return { events: count };
    },
  );
}
