import { z } from "zod";
import { idParam } from "../../../shared/common.ts";
import {
  floorPreferences,
  floorResults,
  forceInput,
  messageAcknowledge,
  messageInput,
  messageSent,
  moveInput,
} from "../../../shared/floor.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type ActParts, createActs } from "./act.ts";
import { createMessages } from "./messages.ts";
import { readPreferences, savePreferences } from "./queries.ts";

const allow = { allow: "agents.supervise" } as const;
const none = { 204: z.null() };

function preferenceRoutes(app: HttpApp, { database, clock }: ActParts): void {
  const path = "/api/v1/floor/preferences";
  app.get(
    path,
    { config: { allow: "live.see" }, schema: { response: { 200: floorPreferences } } },
    async (request) => {
      const stored = await readPreferences(database.db, principalOf(request).userId);
      // What an older version stored may not fit any more.
      return floorPreferences.safeParse(stored).data ?? floorPreferences.parse({});
    },
  );
  app.put(
    path,
    { config: { allow: "live.see" }, schema: { body: floorPreferences, response: none } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      await database.transact((tx) => savePreferences(tx, userId, request.body, new Date(clock.now())));
      return reply.code(204).send(null);
    },
  );
}

export function floorRoutes(app: HttpApp, parts: ActParts): void {
  const acts = createActs(parts);
  const messages = createMessages(parts);
  preferenceRoutes(app, parts);
  app.post(
    "/api/v1/floor/force",
    { config: allow, schema: { body: forceInput, response: { 200: floorResults } } },
    async (request) => ({ results: await acts.force(principalOf(request), request.body) }),
  );
  app.post(
    "/api/v1/floor/move",
    { config: allow, schema: { body: moveInput, response: { 200: floorResults } } },
    async (request) => ({ results: await acts.move(principalOf(request), request.body) }),
  );
  app.post(
    "/api/v1/floor/messages",
    { config: allow, schema: { body: messageInput, response: { 201: messageSent } } },
    async (request, reply) => reply.code(201).send(await messages.send(principalOf(request), request.body)),
  );
  app.post(
    "/api/v1/desk/messages/:id/acknowledge",
    {
      config: { allow: "desk.use" },
      schema: { params: idParam, body: messageAcknowledge, response: none },
    },
    async (request, reply) => {
      await messages.acknowledge(principalOf(request).userId, request.params.id, request.body.reply);
      return reply.code(204).send(null);
    },
  );
}
