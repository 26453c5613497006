import { z } from "zod";
import {
  callerIdParam,
  callerIdPoolDetail,
  callerIdPoolInput,
  callerIdPoolRow,
  callerIdRest,
} from "../../../shared/caller-ids.ts";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { listPools, poolDetail } from "./present.ts";
import { judgeAnew, restNumber } from "./queries.ts";
import { changePool, createPool, removePool, requirePoolOf } from "./save-pool.ts";
import "./events.ts";

export interface CallerIdRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: ["campaigns.see", "campaigns.manage"] } as const;
const manage = { allow: "campaigns.manage" } as const;
const tags = { tags: ["caller-ids"] };
const dayMs = 24 * 3_600_000;

export function callerIdRoutes(app: HttpApp, parts: CallerIdRouteParts): void {
  poolRoutes(app, parts);
  numberRoutes(app, parts);
}

function auditor(clock: Clock) {
  return (tx: Tx, actor: Actor, action: string, nounId: number, detail: Record<string, unknown>) =>
    recordAudit(tx, {
      actor,
      at: new Date(clock.now()),
      action,
      noun: "caller-id-pool",
      nounId,
      detail,
    });
}

function poolRoutes(app: HttpApp, { database, clock, events }: CallerIdRouteParts): void {
  const { db } = database;
  const audit = auditor(clock);
  const now = () => new Date(clock.now());
  const changed = (poolId: number) => events.publish("caller-ids.changed", { poolId });

  app.get(
    "/api/v1/caller-id-pools",
    { config: see, schema: { ...tags, response: { 200: pageOf(callerIdPoolRow) } } },
    async () => onePage(await listPools(db, clock.now())),
  );
  app.get(
    "/api/v1/caller-id-pools/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: callerIdPoolDetail } } },
    async ({ params }) => poolDetail(db, params.id, clock.now()),
  );
  app.post(
    "/api/v1/caller-id-pools",
    { config: manage, schema: { ...tags, body: callerIdPoolInput, response: { 201: callerIdPoolDetail } } },
    async (request, reply) => {
      const { id } = await database.transact(async (tx) => {
        const made = await createPool(tx, request.body, now());
        await audit(tx, principalOf(request), "caller-id-pool.created", made.id, { ...request.body });
        return made;
      });
      changed(id);
      return reply.code(201).send(await poolDetail(db, id, clock.now()));
    },
  );
  app.put(
    "/api/v1/caller-id-pools/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: callerIdPoolInput, response: { 200: callerIdPoolDetail } },
    },
    async (request) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await changePool(tx, id, request.body, now());
        await audit(tx, principalOf(request), "caller-id-pool.changed", id, { ...request.body });
      });
      changed(id);
      return poolDetail(db, id, clock.now());
    },
  );
  app.delete(
    "/api/v1/caller-id-pools/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const { name } = await removePool(tx, id);
        await audit(tx, principalOf(request), "caller-id-pool.deleted", id, { name });
      });
      changed(id);
      return reply.code(204).send(undefined);
    },
  );
}

function numberRoutes(app: HttpApp, { database, clock, events }: CallerIdRouteParts): void {
  const audit = auditor(clock);

  /** Changes one number; answers its pool as it then stands. */
  async function act(
    actor: Actor,
    number: string,
    action: string,
    detail: Record<string, unknown>,
    change: (tx: Tx, at: Date) => Promise<void>,
  ) {
    const poolId = await database.transact(async (tx) => {
      const id = await requirePoolOf(tx, number);
      await change(tx, new Date(clock.now()));
      await audit(tx, actor, action, id, { number, ...detail });
      return id;
    });
    events.publish("caller-ids.changed", { poolId });
    return poolDetail(database.db, poolId, clock.now());
  }

  app.post(
    "/api/v1/caller-ids/:number/rest",
    {
      config: manage,
      schema: { ...tags, params: callerIdParam, body: callerIdRest, response: { 200: callerIdPoolDetail } },
    },
    async (request) => {
      const { number } = request.params;
      const { days } = request.body;
      const action = days > 0 ? "caller-id.rests" : "caller-id.works";
      return act(principalOf(request), number, action, { days }, (tx, at) =>
        restNumber(tx, number, at, days > 0 ? new Date(at.getTime() + days * dayMs) : null),
      );
    },
  );
  app.post(
    "/api/v1/caller-ids/:number/judge-anew",
    {
      config: manage,
      schema: { ...tags, params: callerIdParam, response: { 200: callerIdPoolDetail } },
    },
    async (request) => {
      const { number } = request.params;
      return act(principalOf(request), number, "caller-id.judged-anew", {}, (tx, at) =>
        judgeAnew(tx, number, at),
      );
    },
  );
}
