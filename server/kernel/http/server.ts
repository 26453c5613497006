import type { IncomingMessage } from "node:http";
import type { Server as HttpsServer } from "node:https";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { WatchedCertificate } from "../certificate.ts";
import { AppError } from "../errors.ts";
import { listenError } from "../listen-error.ts";
import type { Log } from "../log.ts";
import {
  type Access,
  type Authenticate,
  checkAccess,
  checkTokenScope,
  checkCsrf,
  checkOrigin,
  csrfHeader,
  type Credentials,
  type Principal,
} from "./access.ts";
import { translateFailures } from "./failures.ts";
import { type OpenPages, setSecurityHeaders } from "./headers.ts";
import { describeApi } from "./openapi.ts";
import { serveWeb } from "./static.ts";
import { createUpgrades, type Upgrades } from "./upgrades.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    allow?: Access;
    /** A `POST` that may bring an `Idempotency-Key`; its answer, which is kept for a day, holds no secret. */
    idempotent?: boolean;
  }
  interface FastifyRequest {
    principal: Principal | undefined;
  }
}

/** What features register their routes on: schemas are zod, and every route says `config: { allow }`. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpOptions {
  log: Log;
  authenticate: Authenticate;
  version: string;
  /** HTTPS with this certificate; a renewed one is taken up. */
  certificate?: WatchedCertificate;
  /** Believe `X-Forwarded-*`: true only behind a proxy that sets them. */
  trustProxy?: boolean;
  webDir: string;
  /** Pages that pages of other origins may have within them. */
  openPages?: OpenPages;
  /** Requests a minute of one person, or of one address when nobody is signed in. */
  requestsPerMinute?: number;
}

export interface HttpServer extends AsyncDisposable {
  app: HttpApp;
  upgrades: Upgrades;
  /** Call when every route is registered; returns the port. */
  listen(host: string, port: number): Promise<number>;
}

export const sessionCookie = "waihu_session";

/** The signed-in person; for handlers of routes that are not public. */
export function principalOf(request: { principal: Principal | undefined }): Principal {
  if (!request.principal) throw new AppError("not-signed-in", 401, "Sign in first.");
  return request.principal;
}

function demandDeclarations(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (route.config?.allow !== undefined || route.url === "*" || route.url === "/*" || route.url === "/")
      return;
    throw new Error(`Route ${String(route.method)} ${route.url} does not say who may use it (config.allow).`);
  });
}

function guard(
  app: FastifyInstance,
  options: HttpOptions,
  credentialsOf: (raw: IncomingMessage) => Credentials,
): void {
  app.decorateRequest("principal", undefined);
  app.addHook("onRequest", async (request) => {
    const changes = !["GET", "HEAD", "OPTIONS"].includes(request.method);
    if (changes) checkOrigin(request.headers.origin, request.host);
    const allow = request.routeOptions.config?.allow;
    if (allow === undefined || allow === "public") return;
    request.principal = await options.authenticate({ ...credentialsOf(request.raw), address: request.ip });
    checkAccess(allow, request.principal);
    if (!changes) return;
    checkTokenScope(allow, request.principal);
    checkCsrf(request.principal, request.headers[csrfHeader]);
  });
}

async function limitRequests(app: FastifyInstance, max: number): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: 60_000,
    hook: "preHandler",
    keyGenerator: (request) => String(request.principal?.userId ?? request.ip),
    errorResponseBuilder: (_request, { ttl }) => {
      const retryAfterSeconds = Math.ceil(ttl / 1000);
      return new AppError(
        "too-many-requests",
        429,
        `Too many requests: try again in ${retryAfterSeconds} s.`,
        {
          retryAfterSeconds,
        },
      );
    },
  });
}

/** The HTTP server with its protections in place and no routes of the business yet. */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { certificate, trustProxy = false } = options;
  const app = fastify({
    ...(certificate && { https: certificate.current }),
    trustProxy,
    bodyLimit: 1024 * 1024,
    requestTimeout: 0,
    connectionTimeout: 0,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 500 },
  } as object).withTypeProvider<ZodTypeProvider>() as unknown as HttpApp;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const plain = app as unknown as FastifyInstance;
  await app.register(cookie);
  const credentialsOf = (raw: IncomingMessage): Credentials => ({
    sessionToken: app.parseCookie(raw.headers.cookie ?? "")[sessionCookie],
    bearer: /^Bearer (\S+)$/i.exec(raw.headers.authorization ?? "")?.[1],
    address: raw.socket.remoteAddress ?? "",
  });
  translateFailures(plain, options.log);
  setSecurityHeaders(plain, certificate !== undefined, options.openPages);
  guard(plain, options, credentialsOf);
  await limitRequests(plain, options.requestsPerMinute ?? 1200);
  demandDeclarations(plain);
  await describeApi(plain, options.version);
  await serveWeb(plain, options.webDir);
  const upgrades = createUpgrades(options.authenticate, credentialsOf, options.log);
  app.server.on("upgrade", upgrades.handle);
  certificate?.onChange((renewed) => (app.server as unknown as HttpsServer).setSecureContext(renewed));
  return {
    app,
    upgrades,
    async listen(host, port) {
      try {
        await app.listen({ host, port });
      } catch (error) {
        const names = { what: "the web interface", hostSetting: "WAIHU_HOST", portSetting: "WAIHU_PORT" };
        throw listenError(error, { ...names, host, port });
      }
      const bound = app.server.address();
      return typeof bound === "object" && bound ? bound.port : port;
    },
    async [Symbol.asyncDispose]() {
      upgrades.close();
      await app.close();
    },
  };
}
