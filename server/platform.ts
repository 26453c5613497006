import { join } from "node:path";
import { embeddedDeskPath } from "../shared/embed.ts";
import type { Config } from "./config.ts";
import { auditRoutes } from "./features/audit/index.ts";
import { authJobs, authRoutes, createAuthenticator, tokenRoutes } from "./features/auth/index.ts";
import { createEmbedOrigins, embeddingRoutes } from "./features/embedding/index.ts";
import { idempotencyJobs, keepIdempotent } from "./features/idempotency/index.ts";
import { settingsRoutes } from "./features/settings/index.ts";
import { orgUnitRoutes, userRoutes } from "./features/users/index.ts";
import { watchCertificate } from "./kernel/certificate.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";
import { createEventBus, type EventBus } from "./kernel/events.ts";
import { createHttpServer, type HttpServer } from "./kernel/http/server.ts";
import { createJobs, type Jobs } from "./kernel/jobs.ts";
import type { Log } from "./kernel/log.ts";

/** What stands before any telephony and business: people, sign-in, settings, audit, jobs, the HTTP server. */
export interface Platform {
  events: EventBus;
  jobs: Jobs;
  http: HttpServer;
}

export interface PlatformParts {
  config: Pick<Config, "version" | "http">;
  database: Database;
  clock: Clock;
  log: Log;
}

/** Registers everything with `stack`; routes may be added until the server listens. */
export async function createPlatform(
  stack: AsyncDisposableStack,
  { config, database, clock, log }: PlatformParts,
): Promise<Platform> {
  const events = createEventBus(log);
  const jobs = stack.use(createJobs(database, log));
  const authenticate = createAuthenticator({ database, events, clock });
  const embedOrigins = createEmbedOrigins({ database, events });
  const http = stack.use(
    await createHttpServer({
      log,
      authenticate,
      version: config.version,
      webDir: join(import.meta.dirname, "../dist/web"),
      certificate: config.http.tls && stack.use(watchCertificate(config.http.tls, clock, log)),
      trustProxy: config.http.trustProxy,
      openPages: { paths: [embeddedDeskPath], origins: embedOrigins },
    }),
  );
  const parts = { database, clock, events, authenticate };
  keepIdempotent(http.app, parts);
  auditRoutes(http.app, parts);
  userRoutes(http.app, parts);
  orgUnitRoutes(http.app, parts);
  settingsRoutes(http.app, parts);
  embeddingRoutes(http.app, { embedOrigins });
  authRoutes(http.app, parts);
  tokenRoutes(http.app, parts);
  authJobs(jobs, parts);
  idempotencyJobs(jobs, parts);
  return { events, jobs, http };
}
