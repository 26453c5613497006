import { timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { collectDefaultMetrics, Registry } from "prom-client";
import { AppError } from "../kernel/errors.ts";
import type { HttpApp } from "../kernel/http/server.ts";

/** Every metric of this process in the Prometheus text format; its own (`process_*`, `nodejs_*`) are there from the start. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** The programs of this machine; a proxy on it speaks for others and says so. */
function isLocal(address: string, forwarded: boolean): boolean {
  const plain = address.replace(/^::ffff:/, "");
  return !forwarded && isIP(plain) !== 0 && (plain.startsWith("127.") || plain === "::1");
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(/^Bearer (\S+)$/i.exec(header ?? "")?.[1] ?? "");
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** `GET /metrics`: with the token where one is set, else for this machine alone. Errors: `metrics-refused` 403. */
export function metricsRoute(app: HttpApp, registry: Registry, token: string | undefined): void {
  app.get("/metrics", { config: { allow: "public", rateLimit: false } }, async (request, reply) => {
    const { authorization, forwarded, "x-forwarded-for": forwardedFor } = request.headers;
    const isProxied = forwarded !== undefined || forwardedFor !== undefined;
    const mayRead =
      token === undefined
        ? isLocal(request.socket.remoteAddress ?? "", isProxied)
        : isToken(authorization, token);
    if (!mayRead)
      throw new AppError("metrics-refused", 403, "Metrics need the bearer token WAIHU_METRICS_TOKEN.");
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
