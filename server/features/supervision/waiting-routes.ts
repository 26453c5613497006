import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import { keptPlace, keptPlacesQuery } from "../../../shared/kept-places.ts";
import { waitingCaller, waitingMove } from "../../../shared/waiting-callers.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { conflict } from "../../kernel/errors.ts";
import { phoneFor } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import type { Calls } from "../calls/index.ts";
import { cancelKeptPlace, listKeptPlaces } from "../queues/index.ts";

const callerParam = idParam.extend({ callerId: z.string().max(64) });
const tags = { tags: ["queues"] };

/** Who waits in queues and who keeps a place there: seen, re-ordered, moved; audited. */
export function waitingRoutes(
  app: HttpApp,
  { database, calls, clock }: { database: Database; calls: Calls; clock: Clock },
): void {
  const audit = (tx: Tx, actor: Actor, action: string, nounId: number, detail: Record<string, unknown>) =>
    recordAudit(tx, { actor, at: new Date(clock.now()), action, noun: "queue", nounId, detail });

  app.get(
    "/api/v1/queues/:id/waiting",
    {
      config: { allow: "live.see" },
      schema: { ...tags, params: idParam, response: { 200: pageOf(waitingCaller) } },
    },
    async (request) => {
      const shown = phoneFor(principalOf(request));
      const callers = calls.callersOf(request.params.id);
      return onePage(callers.map((caller) => ({ ...caller, phone: shown(caller.phone) })));
    },
  );
  app.post(
    "/api/v1/queues/:id/waiting/:callerId",
    {
      config: { allow: "agents.supervise" },
      schema: { ...tags, params: callerParam, body: waitingMove, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const { id, callerId } = request.params;
      const actor = principalOf(request);
      await database.transact((tx) =>
        audit(tx, actor, "queue.caller-moved", id, { callerId, ...request.body }),
      );
      calls.moveCaller(id, callerId, request.body, actor.userId);
      return reply.code(204).send(undefined);
    },
  );
  app.get(
    "/api/v1/kept-places",
    {
      config: { allow: "live.see" },
      schema: { ...tags, querystring: keptPlacesQuery, response: { 200: pageOf(keptPlace) } },
    },
    async (request) => {
      const { page, pageSize, queueId = null } = request.query;
      const shown = phoneFor(principalOf(request));
      const found = await listKeptPlaces(database.db, {
        queueId,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      return { ...found, items: found.items.map((place) => ({ ...place, phone: shown(place.phone) })) };
    },
  );
  app.delete(
    "/api/v1/kept-places/:id",
    {
      config: { allow: "agents.supervise" },
      schema: { ...tags, params: idParam, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        const queueId = await cancelKeptPlace(tx, id, new Date(clock.now()));
        if (queueId === undefined)
          throw conflict("kept-place-not-waiting", "This place is being called back, or is closed already.");
        await audit(tx, principalOf(request), "queue.kept-place-cancelled", queueId, { keptPlaceId: id });
      });
      await calls.keptPlacesChanged();
      return reply.code(204).send(undefined);
    },
  );
}
