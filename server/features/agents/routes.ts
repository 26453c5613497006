import { z } from "zod";
import {
  pauseReasonChange,
  pauseReasonInput,
  pauseReasonRow,
  phoneAccount,
  phonePassword,
} from "../../../shared/agents.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { findUser } from "../users/index.ts";
import type { Phones } from "./phones.ts";
import { addPauseReason, changePauseReason, pauseReasons } from "./queries.ts";

export interface AgentRouteParts {
  database: Database;
  phones: Phones;
  clock: Clock;
  events: EventBus;
  realm: string;
  /** Where phones register. */
  sipPort: number;
}

function pauseReasonRoutes(app: HttpApp, { database }: AgentRouteParts): void {
  app.get(
    "/api/v1/pause-reasons",
    {
      config: { allow: "signed-in" },
      schema: { response: { 200: z.object({ items: z.array(pauseReasonRow) }) } },
    },
    async () => ({ items: await pauseReasons(database.db) }),
  );
  app.post(
    "/api/v1/pause-reasons",
    {
      config: { allow: "settings.manage" },
      schema: { body: pauseReasonInput, response: { 201: z.object({ id: z.number() }) } },
    },
    async (request, reply) => {
      const known = (await pauseReasons(database.db)).some((reason) => reason.code === request.body.code);
      if (known) throw conflict("pause-reason-exists", "There is a reason with this code.");
      const id = await database.transact((tx) => addPauseReason(tx, request.body));
      return reply.code(201).send({ id });
    },
  );
  app.patch(
    "/api/v1/pause-reasons/:id",
    {
      config: { allow: "settings.manage" },
      schema: { params: idParam, body: pauseReasonChange, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const found = await database.transact((tx) => changePauseReason(tx, id, request.body));
      if (!found) throw notFound("pause reason", id);
      return reply.code(204).send(null);
    },
  );
}

function phoneRoutes(
  app: HttpApp,
  { database, phones, clock, events, realm, sipPort }: AgentRouteParts,
): void {
  async function reset(actor: Principal, userId: number) {
    const { sipUser, password } = await phones.resetPhone(userId);
    const at = new Date(clock.now());
    await database.transact((tx) =>
      recordAudit(tx, { actor, at, action: "phone.password-set", noun: "user", nounId: userId }),
    );
    events.publish("agent.phone-set", { userId });
    return { user: sipUser, domain: realm, port: sipPort, createdAt: at.toISOString(), password };
  }
  app.get(
    "/api/v1/desk/phone",
    { config: { allow: "desk.use" }, schema: { response: { 200: phoneAccount } } },
    async (request) => {
      const phone = await phones.phoneOf(principalOf(request).userId);
      return {
        user: phone?.sipUser ?? "",
        domain: realm,
        port: sipPort,
        createdAt: phone?.createdAt.toISOString() ?? null,
      };
    },
  );
  app.post(
    "/api/v1/desk/phone",
    { config: { allow: "desk.use" }, schema: { response: { 200: phonePassword } } },
    async (request) => {
      const actor = principalOf(request);
      return reset(actor, actor.userId);
    },
  );
  app.post(
    "/api/v1/users/:id/phone",
    { config: { allow: "users.manage" }, schema: { params: idParam, response: { 200: phonePassword } } },
    async (request) => {
      const { id } = request.params;
      if (!(await findUser(database.db, id))) throw notFound("user", id);
      return reset(principalOf(request), id);
    },
  );
}

export function agentRoutes(app: HttpApp, parts: AgentRouteParts): void {
  pauseReasonRoutes(app, parts);
  phoneRoutes(app, parts);
}
