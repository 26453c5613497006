import { callbackCancel, callbackChange, callbackFilter, callbackRow } from "../../../shared/callbacks.ts";
import type { CallbackRow } from "../../../shared/callbacks.ts";
import { idParam, pageOf } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { phoneFor, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { changeCallback, endCallback } from "./change-callback.ts";
import "./events.ts";
import { listCallbacks } from "./queries-list.ts";

const scopeOf = (principal: Principal) => ({
  userId: principal.userId,
  all: principal.permissions.has("agents.supervise"),
});

const shownTo = (principal: Principal, row: CallbackRow): CallbackRow => ({
  ...row,
  phone: phoneFor(principal)(row.phone),
});

export function callbackRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  const allow = ["desk.use", "agents.supervise"] as const;
  const tags = { tags: ["callbacks"] };
  const changed = (before: number | null, after: number | null) =>
    events.publish("callbacks.changed", { userIds: [before, after].flatMap((id) => id ?? []) });

  app.get(
    "/api/v1/callbacks",
    {
      config: { allow },
      schema: { ...tags, querystring: callbackFilter, response: { 200: pageOf(callbackRow) } },
    },
    async (request) => {
      const principal = principalOf(request);
      const now = new Date(clock.now());
      const { items, total } = await listCallbacks(database.db, request.query, scopeOf(principal), now);
      return { items: items.map((row) => shownTo(principal, row)), total };
    },
  );
  app.patch(
    "/api/v1/callbacks/:id",
    {
      config: { allow },
      schema: { ...tags, params: idParam, body: callbackChange, response: { 200: callbackRow } },
    },
    async (request) => {
      const principal = principalOf(request);
      const { id } = request.params;
      const at = new Date(clock.now());
      const row = await database.transact(async (tx) => {
        const moved = await changeCallback(tx, id, request.body, { scope: scopeOf(principal), at });
        const { note: _, ...detail } = request.body;
        const entry = { actor: principal, at, action: "callback.changed", noun: "callback", nounId: id };
        await recordAudit(tx, { ...entry, detail });
        return moved;
      });
      changed(null, row.agent?.id ?? null);
      return shownTo(principal, row);
    },
  );
  app.post(
    "/api/v1/callbacks/:id/cancel",
    {
      config: { allow },
      schema: { ...tags, params: idParam, body: callbackCancel, response: { 200: callbackRow } },
    },
    async (request) => {
      const principal = principalOf(request);
      const { id } = request.params;
      const at = new Date(clock.now());
      const row = await database.transact(async (tx) => {
        const ended = await endCallback(tx, id, request.body, { scope: scopeOf(principal), at });
        const entry = { actor: principal, at, action: "callback.cancelled", noun: "callback", nounId: id };
        await recordAudit(tx, { ...entry, detail: request.body });
        return ended;
      });
      changed(row.agent?.id ?? null, null);
      return shownTo(principal, row);
    },
  );
}
