import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { localeChange, type Me, me, passwordChange, signIn as signInBody } from "../../../shared/auth.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Db } from "../../kernel/db.ts";
import { AppError, invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type Authenticate, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf, sessionCookie } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import { findUser, setPassword, updateLocale, verifyPassword } from "../users/index.ts";
import { deleteSession } from "./queries.ts";
import { hashSecret } from "./secret.ts";
import { startSession } from "./sessions.ts";
import { createSignInLimiter } from "./sign-in-limiter.ts";
import { signIn } from "./sign-in.ts";

export interface AuthRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
  authenticate: Authenticate;
}

const signedIn = { allow: "signed-in" } as const;

async function present(db: Db, principal: Principal): Promise<Me> {
  const { userId, permissions, sessionToken: _token, address: _address, ...person } = principal;
  const { timeZone } = await readSettings(db);
  return { ...person, id: userId, permissions: [...permissions], timeZone };
}

function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.setCookie(sessionCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: request.protocol === "https",
    maxAge: 7 * 24 * 3600,
  });
}

const userAgentOf = (request: FastifyRequest) => request.headers["user-agent"] ?? "";

export function authRoutes(app: HttpApp, { database, clock, events, authenticate }: AuthRouteParts): void {
  const limiter = createSignInLimiter();
  const now = () => new Date(clock.now());

  app.post(
    "/api/v1/auth/sign-in",
    { config: { allow: "public" }, schema: { body: signInBody, response: { 200: me } } },
    async (request, reply) => {
      const address = request.ip;
      const from = { address, userAgent: userAgentOf(request) };
      const sessionToken = await signIn({ database, clock, limiter }, { ...request.body, ...from });
      const principal = await authenticate({ sessionToken, address });
      if (!principal) throw new AppError("not-signed-in", 401, "Sign in again.");
      setCookie(request, reply, sessionToken);
      return present(database.db, principal);
    },
  );
  app.get("/api/v1/auth/me", { config: signedIn, schema: { response: { 200: me } } }, async (request) =>
    present(database.db, principalOf(request)),
  );
  app.post(
    "/api/v1/auth/sign-out",
    { config: signedIn, schema: { response: { 204: z.undefined() } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { sessionToken } = principal;
      await database.transact(async (tx) => {
        if (sessionToken) await deleteSession(tx, hashSecret(sessionToken));
        const at = now();
        await recordAudit(tx, {
          actor: principal,
          at,
          action: "session.ended",
          noun: "user",
          nounId: principal.userId,
        });
      });
      if (sessionToken) events.publish("session.ended", { sessionHash: hashSecret(sessionToken) });
      return reply.clearCookie(sessionCookie, { path: "/" }).code(204).send(undefined);
    },
  );
  app.post(
    "/api/v1/auth/password",
    { config: signedIn, schema: { body: passwordChange, response: { 200: me } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { userId, address } = principal;
      const { current, password } = request.body;
      const retryAfterSeconds = limiter.attempt(principal.login, address, clock.now());
      if (retryAfterSeconds > 0)
        throw new AppError("sign-in-limited", 429, "Too many wrong passwords.", {
          retryAfterSeconds,
          minutes: Math.ceil(retryAfterSeconds / 60),
        });
      const stored = await findUser(database.db, userId);
      if (!(await verifyPassword(stored?.password_hash, current)))
        throw invalid("wrong-password", "The current password is wrong.");
      limiter.succeed(principal.login, address);
      if (current === password)
        throw invalid("same-password", "Choose a password that differs from the current one.");
      const at = now();
      const sessionToken = await database.transact(async (tx) => {
        await setPassword(tx, principal, { userId, password, mustChange: false, at });
        return startSession(tx, { userId, address, userAgent: userAgentOf(request), at });
      });
      events.publish("user.changed", { userId });
      setCookie(request, reply, sessionToken);
      return present(database.db, { ...principal, mustChangePassword: false, sessionToken });
    },
  );
  app.put(
    "/api/v1/auth/locale",
    { config: signedIn, schema: { body: localeChange, response: { 200: me } } },
    async (request) => {
      const principal = principalOf(request);
      const { locale } = request.body;
      await database.transact((tx) => updateLocale(tx, principal.userId, locale));
      return present(database.db, { ...principal, locale });
    },
  );
}
