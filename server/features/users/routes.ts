import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import { newUser, passwordReset, user, userChange, userQuery } from "../../../shared/users.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { changeUser, createUser, setPassword } from "./manage-users.ts";
import { findUser, findUsers, present } from "./queries.ts";
import "./events.ts";

export interface UserRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const manage = { allow: "users.manage" } as const;

export function userRoutes(app: HttpApp, { database, clock, events }: UserRouteParts): void {
  const now = () => new Date(clock.now());
  app.get(
    "/api/v1/users",
    { config: { allow: "users.see" }, schema: { querystring: userQuery, response: { 200: pageOf(user) } } },
    async (request) => findUsers(database.db, request.query),
  );
  app.get(
    "/api/v1/users/:id",
    { config: { allow: "users.see" }, schema: { params: idParam, response: { 200: user } } },
    async ({ params }) => {
      const row = await findUser(database.db, params.id);
      if (!row) throw notFound("user", params.id);
      return present(row);
    },
  );
  app.post(
    "/api/v1/users",
    { config: manage, schema: { body: newUser, response: { 201: user } } },
    async (request, reply) => {
      const created = await database.transact((tx) =>
        createUser(tx, principalOf(request), request.body, now()),
      );
      events.publish("user.changed", { userId: created.id });
      return reply.code(201).send(created);
    },
  );
  app.put(
    "/api/v1/users/:id",
    { config: manage, schema: { params: idParam, body: userChange, response: { 200: user } } },
    async (request) => {
      const { id } = request.params;
      const changed = await database.transact((tx) =>
        changeUser(tx, principalOf(request), id, request.body, now()),
      );
      events.publish("user.changed", { userId: id });
      return changed;
    },
  );
  app.post(
    "/api/v1/users/:id/password",
    { config: manage, schema: { params: idParam, body: passwordReset, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const userId = request.params.id;
      const { password, mustChangePassword } = request.body;
      await database.transact((tx) =>
        setPassword(tx, principalOf(request), {
          userId,
          password,
          mustChange: mustChangePassword,
          at: now(),
        }),
      );
      events.publish("user.changed", { userId });
      return reply.code(204).send(undefined);
    },
  );
}
