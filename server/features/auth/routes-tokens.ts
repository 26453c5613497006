import type { Selectable } from "kysely";
import { z } from "zod";
import { type ApiToken, apiToken, createdApiToken, newApiToken } from "../../../shared/auth.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { deleteToken, insertToken, listTokens } from "./queries.ts";
import { hashSecret, newSecret } from "./secret.ts";
import type { ApiTokensTable } from "./tables.ts";

function present(row: Selectable<ApiTokensTable>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    prefix: row.prefix,
    createdAt: row.created_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}

const signedIn = { allow: "signed-in" } as const;

/** A person's own API tokens. A token may do what its owner may, within its scope. */
export function tokenRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/auth/tokens",
    { config: signedIn, schema: { response: { 200: z.array(apiToken) } } },
    async (request) => (await listTokens(database.db, principalOf(request).userId)).map(present),
  );
  app.post(
    "/api/v1/auth/tokens",
    { config: signedIn, schema: { body: newApiToken, response: { 201: createdApiToken } } },
    async (request, reply) => {
      const actor = principalOf(request);
      const { name, scope, expiresAt } = request.body;
      const at = new Date(clock.now());
      const token = newSecret("wh_");
      const row = await database.transact(async (tx) => {
        const made = await insertToken(tx, {
          userId: actor.userId,
          name,
          scope,
          at,
          tokenHash: hashSecret(token),
          prefix: token.slice(0, 9),
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
        });
        await recordAudit(tx, {
          actor,
          at,
          action: "token.created",
          noun: "token",
          nounId: made.id,
          detail: { name, scope },
        });
        return made;
      });
      return reply.code(201).send({ ...present(row), token });
    },
  );
  app.delete(
    "/api/v1/auth/tokens/:id",
    { config: signedIn, schema: { params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const actor = principalOf(request);
      const { id } = request.params;
      await database.transact(async (tx) => {
        const name = await deleteToken(tx, actor.userId, id);
        if (name === undefined) throw notFound("token", id);
        const at = new Date(clock.now());
        await recordAudit(tx, {
          actor,
          at,
          action: "token.deleted",
          noun: "token",
          nounId: id,
          detail: { name },
        });
      });
      return reply.code(204).send(undefined);
    },
  );
}
