import { z } from "zod";
import {
  type DeskCommand,
  deskCall,
  deskCommands,
  deskState,
  pauseReason,
  sipCredentials,
  sipCredentialsRequest,
} from "../../../shared/desk.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { BrowserIce } from "../../kernel/ice-servers.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type AgentRegistry, pauseReasons, type Phones } from "../agents/index.ts";
import type { Desk } from "./desk.ts";
import type { DeskUser } from "./desk-state.ts";
import { checkInCharge } from "./in-charge.ts";
import { unfinishedCalls } from "./unfinished.ts";

export const deskUserOf = (principal: Principal): DeskUser => ({
  userId: principal.userId,
  name: principal.name,
  unitId: principal.orgUnitId,
  seesPhones: principal.permissions.has("phones.see"),
});

interface DeskRouteParts {
  database: Database;
  desk: Desk;
  agents: AgentRegistry;
  phones: Phones;
  events: EventBus;
  realm: string;
  /** What a browser gets to find its way to us; with credentials of its own, so it is asked for each time. */
  iceOf: (sipUser: string) => BrowserIce;
}

const commands = Object.keys(deskCommands) as DeskCommand[];

export function deskRoutes(app: HttpApp, parts: DeskRouteParts): void {
  const { database, desk, agents, phones, events, realm } = parts;
  app.get(
    "/api/v1/desk",
    { config: { allow: "desk.use" }, schema: { response: { 200: deskState } } },
    async (request) => desk.state(deskUserOf(principalOf(request))),
  );
  for (const command of commands)
    app.post(
      `/api/v1/desk/${command}`,
      {
        config: { allow: command === "dial" ? "calls.dial" : "desk.use", idempotent: command === "dial" },
        schema: { body: deskCommands[command], response: { 200: deskState } },
      },
      async (request) => {
        const user = deskUserOf(principalOf(request));
        if (command !== "sign-in") checkInCharge(agents, user.userId, request.headers["x-desk-id"]);
        await desk.command(user, command, request.body as never);
        return desk.state(user);
      },
    );
  app.get(
    "/api/v1/desk/unfinished",
    {
      config: { allow: "desk.use" },
      schema: { response: { 200: z.object({ items: z.array(deskCall) }) } },
    },
    async (request) => ({ items: await unfinishedCalls(database.db, deskUserOf(principalOf(request))) }),
  );
  app.get(
    "/api/v1/desk/pause-reasons",
    {
      config: { allow: "desk.use" },
      schema: { response: { 200: z.object({ items: z.array(pauseReason) }) } },
    },
    async () => {
      const reasons = await pauseReasons(database.db);
      return { items: reasons.filter((reason) => !reason.archived) };
    },
  );
  app.post(
    "/api/v1/desk/sip-credentials",
    {
      config: { allow: "desk.use" },
      schema: { body: sipCredentialsRequest, response: { 200: sipCredentials } },
    },
    async (request) => {
      const { userId } = principalOf(request);
      const { user, password, expiresAt } = phones.issueForBrowser(userId);
      if (!request.body.renew) events.publish("agent.browser-renewed", { userId, sipUser: user });
      return {
        user,
        password,
        domain: realm,
        ...parts.iceOf(user),
        expiresAt: new Date(expiresAt).toISOString(),
      };
    },
  );
}
