import { idParam } from "../../../shared/common.ts";
import {
  directNumberInput,
  directNumbers,
  forwarding,
  type ForwardingInput,
  forwardingInput,
} from "../../../shared/forwarding.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { directNumbers as allDirectNumbers } from "../numbers/index.ts";
import { recordAudit } from "../audit/index.ts";
import { findUser, visibleUserIds } from "../users/index.ts";
import type { Diversions } from "./forwarding.ts";

interface Parts {
  database: Database;
  diversions: Diversions;
  clock: Clock;
}

export function forwardingRoutes(app: HttpApp, { database, diversions, clock }: Parts): void {
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
}
