import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import { trunkEnabled, trunkInput, trunkOrder, trunkRow, trunkTestRow } from "../../../shared/trunks.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { listTrunks, listTrunkTests, setTrunkEnabled } from "./queries.ts";
import { changeTrunk, createTrunk, orderTrunks, removeTrunk, requireTrunk } from "./save-trunk.ts";
import "./events.ts";

export interface TrunkRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: "trunks.see" } as const;
const manage = { allow: "trunks.manage" } as const;
const tags = { tags: ["trunks"] };

export function trunkRoutes(app: HttpApp, { database, clock, events }: TrunkRouteParts): void {
  const now = () => new Date(clock.now());

  app.get(
    "/api/v1/trunks",
    { config: see, schema: { ...tags, response: { 200: pageOf(trunkRow) } } },
    async () => onePage(await listTrunks(database.db)),
  );
  app.get(
    "/api/v1/trunks/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: trunkRow } } },
    async ({ params }) => requireTrunk(database.db, params.id),
  );
  app.get(
    "/api/v1/trunks/:id/tests",
    { config: see, schema: { ...tags, params: idParam, response: { 200: pageOf(trunkTestRow) } } },
    async ({ params }) => {
      await requireTrunk(database.db, params.id);
      return onePage(await listTrunkTests(database.db, params.id));
    },
  );
  app.post(
    "/api/v1/trunks",
    { config: manage, schema: { ...tags, body: trunkInput, response: { 201: trunkRow } } },
    async (request, reply) => {
      const trunk = await database.transact(async (tx) => {
        const made = await createTrunk(tx, request.body);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: now(),
          action: "trunk.created",
          noun: "trunk",
          nounId: made.id,
          detail: { ...made },
        });
        return made;
      });
      events.publish("trunk.changed", { trunkId: trunk.id });
      return reply.code(201).send(trunk);
    },
  );
  app.put(
    "/api/v1/trunks/order",
    { config: manage, schema: { ...tags, body: trunkOrder, response: { 200: pageOf(trunkRow) } } },
    async (request) => {
      const { ids } = request.body;
      const trunks = await database.transact(async (tx) => {
        const ordered = await orderTrunks(tx, ids);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: now(),
          action: "trunk.ordered",
          noun: "trunk",
          detail: { ids },
        });
        return ordered;
      });
      events.publish("trunk.changed", { trunkId: null });
      return onePage(trunks);
    },
  );
  app.put(
    "/api/v1/trunks/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: trunkInput, response: { 200: trunkRow } },
    },
    async (request) => {
      const { id } = request.params;
      const trunk = await database.transact(async (tx) => {
        const changed = await changeTrunk(tx, id, request.body);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: now(),
          action: "trunk.changed",
          noun: "trunk",
          nounId: id,
          detail: { ...changed, passwordChanged: request.body.password !== undefined },
        });
        return changed;
      });
      events.publish("trunk.changed", { trunkId: id });
      return trunk;
    },
  );
  app.post(
    "/api/v1/trunks/:id/enabled",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: trunkEnabled, response: { 200: trunkRow } },
    },
    async (request) => {
      const { id } = request.params;
      const { enabled } = request.body;
      const trunk = await database.transact(async (tx) => {
        await requireTrunk(tx, id);
        await setTrunkEnabled(tx, id, enabled);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: now(),
          action: enabled ? "trunk.enabled" : "trunk.disabled",
          noun: "trunk",
          nounId: id,
        });
        return requireTrunk(tx, id);
      });
      events.publish("trunk.changed", { trunkId: id });
      return trunk;
    },
  );
  app.delete(
    "/api/v1/trunks/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const { name } = await removeTrunk(tx, id);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: now(),
          action: "trunk.deleted",
          noun: "trunk",
          nounId: id,
          detail: { name },
        });
      });
      events.publish("trunk.changed", { trunkId: id });
      return reply.code(204).send(undefined);
    },
  );
}
