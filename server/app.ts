import type { Config } from "./config.ts";
import { createBackOffice } from "./back-office.ts";
import { callerIdProbe } from "./caller-id-probe.ts";
import { webhookProbe } from "./webhook-probe.ts";
import { carrierWords, startCarrierProcess } from "./carrier-process.ts";
import { createContactCentre } from "./contact-centre.ts";
import { startDemoCallers } from "./demo-callers.ts";
import { type Seeded, seedOnce } from "./features/demo/index.ts";
import { banRoutes, coreProbes, createHealth, healthRoutes } from "./features/health/index.ts";
import { agentTimeRoutes, shiftRoutes } from "./features/agent-time/index.ts";
import { reportRoutes } from "./features/reports/index.ts";
import { trainingOf } from "./media/announcement-audio.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { takeDataFolder } from "./kernel/data-folder.ts";
import type { StartupError } from "./kernel/errors.ts";
import { createLog, type Log } from "./kernel/log.ts";
import { openServerDatabase } from "./kernel/open-database.ts";
import { startEmbeddedPostgres } from "./kernel/postgres/embedded.ts";
import { systemRandom } from "./kernel/random.ts";
import { createSpans } from "./kernel/spans.ts";
import { exposeMetrics } from "./metrics/expose.ts";
import { createPlatform } from "./platform.ts";
import { canaryProbe } from "./switch-canary.ts";
import { mailProbe } from "./mail-probe.ts";
import { smsProbe } from "./sms-probe.ts";
import { qualityProbe } from "./quality-probe.ts";
import { switchProbes } from "./switch-probes.ts";

export interface App extends AsyncDisposable {
  /** Where people open it. */
  readonly url: string;
  readonly seeded: Seeded;
  /** What listens where, a line each. */
  readonly listening: readonly string[];
  /** Resolves when it cannot go on, with what to say. */
  readonly over: Promise<StartupError>;
}

export interface AppOptions {
  clock?: Clock;
  log?: Log;
}

/** Builds and starts every part in order; disposing stops them in reverse. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { clock = systemClock, log = createLog(config.logLevel) } = options;
  const span = createSpans(log);
  await using stack = new AsyncDisposableStack();

  const folder = stack.use(await span("data folder", () => takeDataFolder(config.dataDir)));
  const postgres = config.databaseUrl
    ? undefined
    : stack.use(await span("postgres", () => startEmbeddedPostgres(folder.path)));
  const { database, over } = await span("database", () =>
    openServerDatabase(config.databaseUrl ?? postgres?.url ?? ""),
  );
  stack.use(database);
  const { jobs, http, events } = await span("platform", () =>
    createPlatform(stack, { config, database, clock, log }),
  );

  const health = createHealth(clock);
  coreProbes(health, { database, jobs, dataDir: folder.path });
  const parts = { database, clock, events };
  const office = await span("back office", () =>
    createBackOffice(stack, { ...parts, config, dataDir: folder.path, log, http, jobs }),
  );
  // Before the switch, so that at the end it still answers the switch's good-byes.
  const carrier = config.demo ? stack.use(await span("carrier", () => startCarrierProcess(log))) : undefined;
  const centre = await span("telephony", () =>
    createContactCentre(stack, { ...parts, config, dataDir: folder.path, log, http, jobs }),
  );
  switchProbes(health, centre.switch);
  callerIdProbe(health, { database, clock });
  webhookProbe(health, { database });
  mailProbe(health, { database, clock });
  smsProbe(health, { database });
  qualityProbe(health, { database, clock });
  if (centre.canary) canaryProbe(health, centre.canary);
  exposeMetrics(http.app, { config, centre, database, events });
  reportRoutes(http.app, { database, clock });
  agentTimeRoutes(http.app, { database, clock });
  shiftRoutes(http.app, { database, clock });
  banRoutes(http.app, { database, clock, guard: centre.switch });
  healthRoutes(http.app, {
    health,
    clock,
    version: config.version,
    canary: () => centre.canary?.ways() ?? [],
  });

  const seeded = await span("seed", () =>
    seedOnce({
      database,
      clock,
      carrierPort: carrier?.sip,
      postgresUrl: postgres?.url,
      announcements: carrier && (() => ({ trainingOf, ...carrierWords() })),
    }),
  );
  await span("reconcile", () => centre.start());
  const ourSip = centre.switch.sipLocal.find(({ transport }) => transport === "udp");
  if (carrier && ourSip)
    stack.use(
      startDemoCallers({
        control: carrier.control,
        sipPort: ourSip.port,
        agents: () => centre.agents.all(),
        clock,
        random: systemRandom,
        log,
      }),
    );
  await span("imports", () => office.start());
  await span("jobs", () => jobs.start());
  const port = await span("http", () => http.listen(config.http.host, config.http.port));

  const scheme = config.http.tls ? "https" : "http";
  const host = ["0.0.0.0", "127.0.0.1", "::", "::1"].includes(config.http.host)
    ? "localhost"
    : config.http.host;
  const url = `${scheme}://${host}:${port}`;
  folder.announce(url);
  const started = stack.move();
  return {
    url,
    seeded,
    over,
    listening: [
      `${scheme.toUpperCase()} ${config.http.host}:${port}`,
      ...centre.switch.sipLocal.map((at) => `SIP ${at.transport} ${at.host}:${at.port}`),
      ...(carrier ? [`Simulated carrier SIP udp 127.0.0.1:${carrier.sip}`] : []),
      config.databaseUrl ? "PostgreSQL from DATABASE_URL" : `PostgreSQL embedded in ${folder.path}/postgres`,
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
