import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, conflict, invalid } from "../../kernel/errors.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { deleteOldKeys, findKey, freeKey, keepAnswer, type KeyOfRequest, takeKey } from "./queries.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "idempotency-keys.clean": Record<string, never>;
  }
}
declare module "fastify" {
  interface FastifyRequest {
    /** The key that this request holds until its answer is kept. */
    idempotency: KeyOfRequest | undefined;
  }
}

const keepMs = 24 * 3_600_000;
/** A request that has not answered by then is lost: its server was killed. */
const lostAfterMs = 60_000;
const header = "idempotency-key";
const form = /^[\x21-\x7e]{8,200}$/;

/** The request's own key, if its route takes one and it brings one. */
function keyOf(request: FastifyRequest, at: Date): KeyOfRequest | undefined {
  const key = request.headers[header];
  const { principal } = request;
  if (key === undefined || !request.routeOptions.config.idempotent || !principal) return undefined;
  if (typeof key !== "string" || !form.test(key))
    throw new AppError(
      "idempotency-key-invalid",
      400,
      "An Idempotency-Key has 8 to 200 printable characters.",
    );
  const content = `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`;
  return { userId: principal.userId, key, at, requestHash: createHash("sha256").update(content).digest() };
}

/**
 * `Idempotency-Key` on routes that say `config: { idempotent: true }`: the same request sent again within a day gets the first answer (with
 * `idempotency-replayed: true`) and is not carried out again, whether the first answer arrived or not. Errors:
 * `idempotency-key-reused` 422: another request had this key; `idempotency-in-progress` 409: the first one is not done.
 * An answer of 429 or 5xx is not kept. Register before the routes.
 */
export function keepIdempotent(
  app: HttpApp,
  { database, clock }: { database: Database; clock: Clock },
): void {
  app.decorateRequest("idempotency", undefined);
  app.addHook("preHandler", async (request, reply) => {
    const mine = keyOf(request, new Date(clock.now()));
    if (!mine) return;
    const lostBefore = new Date(mine.at.getTime() - lostAfterMs);
    if (await database.transact((tx) => takeKey(tx, mine, lostBefore))) {
      request.idempotency = mine;
      return;
    }
    const first = await findKey(database.db, mine.userId, mine.key);
    if (first && !first.request_hash.equals(mine.requestHash))
      throw invalid("idempotency-key-reused", "Another request was sent with this Idempotency-Key.");
    if (!first || first.status === null)
      throw conflict(
        "idempotency-in-progress",
        "The first request with this key is not done yet: try again.",
      );
    void reply.header("idempotency-replayed", "true").code(first.status);
    if (first.body !== null) void reply.type("application/json; charset=utf-8");
    return reply.serializer(String).send(first.body ?? "");
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const mine = request.idempotency;
    if (!mine) return payload;
    request.idempotency = undefined;
    const { statusCode: status } = reply;
    const body = typeof payload === "string" ? payload : null;
    const isKept = status !== 429 && status < 500;
    await database.transact((tx) => (isKept ? keepAnswer(tx, mine, { status, body }) : freeKey(tx, mine)));
    return payload;
  });
}

export function idempotencyJobs(jobs: Jobs, { database, clock }: { database: Database; clock: Clock }): void {
  jobs.handle("idempotency-keys.clean", () =>
    database.transact((tx) => deleteOldKeys(tx, new Date(clock.now() - keepMs))),
  );
  jobs.schedule("idempotency-keys.clean", "23 * * * *", {});
}
