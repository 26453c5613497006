import { z } from "zod";
import { canaryReport, type CanaryWay } from "../../../shared/canary.ts";
import { health as healthBody } from "../../../shared/health.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import type { Health } from "./probes.ts";

export interface HealthRouteParts {
  health: Health;
  clock: Clock;
  version: string;
  canary: () => CanaryWay[];
}

export function healthRoutes(app: HttpApp, { health, clock, version, canary }: HealthRouteParts): void {
  const startedAt = clock.now();
  // For load balancers and service managers: says nothing but whether it works.
  app.get(
    "/healthz",
    {
      config: { allow: "public", rateLimit: false },
      schema: { response: { 200: z.object({ state: z.string() }), 503: z.object({ state: z.string() }) } },
    },
    async (_request, reply) => {
      const { state } = await health.check();
      return reply.code(state === "failed" ? 503 : 200).send({ state });
    },
  );
  app.get(
    "/api/v1/health",
    { config: { allow: "health.see" }, schema: { response: { 200: healthBody } } },
    async () => ({
      ...(await health.check()),
      version,
      uptimeSeconds: Math.round((clock.now() - startedAt) / 1000),
    }),
  );
  app.get(
    "/api/v1/health/canary",
    { config: { allow: "health.see" }, schema: { response: { 200: canaryReport } } },
    async () => ({ ways: canary() }),
  );
}
