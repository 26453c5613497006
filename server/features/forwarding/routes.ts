import { z } from "zod";
import { idParam, pageOf, pageQuery } from "../../../shared/common.ts";
import {
  directNumberInput,
  directNumbers,
  forwarding,
  type ForwardingInput,
  forwardingInput,
  storedMessage,
} from "../../../shared/forwarding.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { findUser, visibleUserIds } from "../users/index.ts";
import type { Diversions } from "./forwarding.ts";
import { changeMessage, directNumbers as allDirectNumbers, messagesOf } from "./queries.ts";

interface Parts {
  database: Database;
  diversions: Diversions;
  clock: Clock;
}

export function forwardingRoutes(app: HttpApp, parts: Parts): void {
  const { database, diversions, clock } = parts;

  async function save(actor: Principal, userId: number, input: ForwardingInput) {
    await diversions.save(userId, input);
    await audit(actor, userId, "forwarding.changed", input);
    return diversions.of(userId);
  }
  const audit = (actor: Principal, nounId: number, action: string, detail: object) =>
    database.transact((tx) =>
      recordAudit(tx, {
        actor,
        at: new Date(clock.now()),
        action,
        noun: "user",
        nounId,
        detail: { ...detail },
      }),
    );
  async function demandSeen(principal: Principal, userId: number): Promise<void> {
    const seen = await visibleUserIds(database.db, principal);
    const found = await findUser(database.db, userId);
    if (!found || (seen !== "all" && !seen.includes(userId))) throw notFound("user", userId);
  }

  const answer = { response: { 200: forwarding } };
  app.get("/api/v1/forwarding", { config: { allow: "desk.use" }, schema: answer }, async (request) =>
    diversions.of(principalOf(request).userId),
  );
  app.put(
    "/api/v1/forwarding",
    { config: { allow: "desk.use" }, schema: { body: forwardingInput, ...answer } },
    async (request) => save(principalOf(request), principalOf(request).userId, request.body),
  );
  app.get(
    "/api/v1/users/:id/forwarding",
    { config: { allow: "agents.supervise" }, schema: { params: idParam, ...answer } },
    async (request) => {
      await demandSeen(principalOf(request), request.params.id);
      return diversions.of(request.params.id);
    },
  );
  app.put(
    "/api/v1/users/:id/forwarding",
    { config: { allow: "agents.supervise" }, schema: { params: idParam, body: forwardingInput, ...answer } },
    async (request) => {
      await demandSeen(principalOf(request), request.params.id);
      return save(principalOf(request), request.params.id, request.body);
    },
  );
  app.get(
    "/api/v1/direct-numbers",
    { config: { allow: "users.see" }, schema: { response: { 200: directNumbers } } },
    async () => ({ items: await allDirectNumbers(database.db) }),
  );
  app.put(
    "/api/v1/users/:id/direct-number",
    { config: { allow: "users.manage" }, schema: { params: idParam, body: directNumberInput, ...answer } },
    async (request) => {
      const { id } = request.params;
      const { directNumber } = request.body;
      await demandSeen(principalOf(request), id);
      await diversions.saveDirectNumber(id, directNumber);
      await audit(principalOf(request), id, "direct-number.changed", { directNumber });
      return diversions.of(id);
    },
  );
  messageRoutes(app, parts);
}

function messageRoutes(app: HttpApp, { database, diversions, clock }: Parts): void {
  const one = z.object({ id: z.uuid() });
  app.get(
    "/api/v1/stored-messages",
    {
      config: { allow: "desk.use" },
      schema: { querystring: pageQuery, response: { 200: pageOf(storedMessage) } },
    },
    async (request) => {
      const { userId, permissions } = principalOf(request);
      const { items, total } = await messagesOf(database.db, userId, request.query);
      if (permissions.has("phones.see")) return { items, total };
      return { items: items.map((item) => ({ ...item, phone: maskPhone(item.phone) })), total };
    },
  );
  async function change(principal: Principal, id: string, to: Parameters<typeof changeMessage>[2]) {
    const { userId } = principal;
    if (!(await database.transact((tx) => changeMessage(tx, { id, userId }, to))))
      throw notFound("stored message", id);
    diversions.messagesChanged(userId);
  }
  app.patch(
    "/api/v1/stored-messages/:id",
    {
      config: { allow: "desk.use" },
      schema: { params: one, body: z.object({ heard: z.boolean() }), response: { 204: z.null() } },
    },
    async (request, reply) => {
      const at = request.body.heard ? new Date(clock.now()) : null;
      await change(principalOf(request), request.params.id, { heard_at: at });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/stored-messages/:id",
    { config: { allow: "desk.use" }, schema: { params: one, response: { 204: z.null() } } },
    async (request, reply) => {
      await change(principalOf(request), request.params.id, { deleted_at: new Date(clock.now()) });
      return reply.code(204).send(null);
    },
  );
}
