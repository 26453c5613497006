import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "../../server/app.ts";
import type { Config } from "../../server/config.ts";
import type { Clock } from "../../server/kernel/clock.ts";
import { noIceServers } from "../../server/kernel/ice-servers.ts";
import { createLog, type Log, silentLog } from "../../server/kernel/log.ts";
import { type Carrier, type CarrierOptions, startCarrier } from "../../tools/carrier/carrier.ts";
import type { Role } from "../../shared/permissions.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { type BedAgent, bedAgent } from "./bed-agent.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { type Person, person } from "./person.ts";
import { createSeed, type Seed } from "./seed.ts";
import { aroundTheClock } from "../../shared/week.ts";
import { startServerProcess } from "./server-process.ts";
import { type TcpRelay, tcpRelay } from "./tcp-relay.ts";

export interface Running extends AsyncDisposable {
  url: string;
  sip: { host: string; port: number };
}

/**
 * The whole server with a telephone network beside it: real SIP and RTP over UDP on loopback, a database of its
 * own, agents with desk phones. Nothing in it is ours pretending to be ours.
 */
export interface CallBed extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly carrier: Carrier;
  readonly seed: Seed;
  readonly manager: Person;
  readonly dataDir: string;
  /** The server's way to its database, with `databaseRelay`. */
  readonly relay: TcpRelay | undefined;
  /** The server now running. */
  server: Running;
  agent(name: string, options?: { toneHz?: number; role?: Role }): Promise<BedAgent>;
  /** `kill -9` of a server that runs as a process of its own, and a new start on the same data. */
  crash(): Promise<void>;
}

export interface CallBedOptions {
  carrier?: CarrierOptions;
  /** In a process of its own, so that it can be killed. */
  ownProcess?: boolean;
  logLevel?: string;
  /** What the server says goes here; not for one of its own. */
  log?: Log;
  /** Settings of the process that differ; not for one of its own. */
  config?: Partial<Config>;
  /** The server reaches its database by a way that can be broken. */
  databaseRelay?: boolean;
  /** The server's time; not for one of its own. */
  clock?: Clock;
}

/** A configuration on loopback with free ports, changed as `config` says. */
export function configOf(databaseUrl: string, dataDir: string, change: Partial<Config>): Config {
  return {
    version: "test",
    dataDir,
    databaseUrl,
    http: { host: "127.0.0.1", port: 0, tls: undefined, trustProxy: false },
    sip: {
      host: "127.0.0.1",
      port: 0,
      advertisedHost: undefined,
      tls: { port: 0, minVersion: "TLSv1.2", files: undefined },
      neverBanned: [],
    },
    rtp: { minPort: 0, maxPort: 0 },
    ice: noIceServers,
    maxUploadBytes: 2 ** 20,
    mediaProcesses: 1,
    logLevel: "silent",
    canary: false,
    metricsToken: undefined,
    demo: false,
    ...change,
  };
}

function sipOf(lines: readonly string[]): Running["sip"] {
  const [, port] = lines.map((line) => /SIP udp 127\.0\.0\.1:(\d+)$/.exec(line)).find((m) => m) ?? [];
  if (!port) throw new Error(`No SIP port among: ${lines.join("; ")}`);
  return { host: "127.0.0.1", port: Number(port) };
}

async function startHere(
  databaseUrl: string,
  dataDir: string,
  { logLevel, log = logLevel ? createLog(logLevel) : silentLog, config = {}, clock }: CallBedOptions,
): Promise<Running> {
  const app = await startApp(configOf(databaseUrl, dataDir, config), { log, ...(clock && { clock }) });
  return {
    url: app.url,
    sip: sipOf(app.listening),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

async function startApart(databaseUrl: string, dataDir: string, logLevel = "error") {
  const server = await startServerProcess({
    DATABASE_URL: databaseUrl,
    WAIHU_DATA: dataDir,
    WAIHU_DEMO: "off",
    WAIHU_LOG_LEVEL: logLevel,
  });
  return Object.assign(server, { sip: sipOf(server.listening) });
}

/** A call that never comes fails its test, which would wait for it without an end. */
function within(coming: Promise<CarrierCall>, number = "any number"): Promise<CarrierCall> {
  const late = Promise.withResolvers<never>();
  const say = () => late.reject(new Error(`No call to ${number} came in 60 s.`));
  const timer = setTimeout(say, 60_000).unref();
  const call = Promise.race([coming, late.promise]).finally(() => clearTimeout(timer));
  call.catch(() => undefined);
  return call;
}

function patient(carrier: Carrier): Carrier {
  const nextCall = carrier.nextCall.bind(carrier);
  const seeCall = carrier.seeCall.bind(carrier);
  return Object.assign(carrier, {
    nextCall: (number?: string) => within(nextCall(number), number),
    seeCall: (number?: string) => within(seeCall(number), number),
  });
}

export async function callBed(options: CallBedOptions = {}): Promise<CallBed> {
  await using stack = new AsyncDisposableStack();
  const [database, carrier, dataDir] = await Promise.all([
    testDatabase(),
    startCarrier(options.carrier),
    mkdtemp(join(tmpdir(), "waihu-bed-")),
  ]);
  stack.use(database);
  stack.use(carrier);
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const at = new URL(database.url);
  const relay = options.databaseRelay
    ? stack.use(await tcpRelay({ host: at.hostname, port: Number(at.port) }))
    : undefined;
  if (relay) at.host = `127.0.0.1:${relay.port}`;
  let apart: Awaited<ReturnType<typeof startApart>> | undefined;
  const start = async (): Promise<Running> => {
    if (!options.ownProcess) return startHere(at.href, dataDir, options);
    return (apart = await startApart(at.href, dataDir, options.logLevel));
  };
  let server = await start();
  const folk = stack.use(new AsyncDisposableStack());
  const manager = await person(database, server.url, "manager", "administrator");
  // A test's numbers are nobody's: no country's law holds until the test chooses one, and it is never night.
  await manager.ask("PATCH", "/settings", { rulePack: "none", manualHours: aroundTheClock });
  const seed = createSeed({ database, carrier, manager });
  let tones = 500;
  const held = stack.move();
  const bed: CallBed = {
    database,
    carrier: patient(carrier),
    seed,
    manager,
    dataDir,
    relay,
    get server() {
      return server;
    },
    async agent(name, { toneHz = (tones += 100), role = "agent" } = {}) {
      const who = await person(database, server.url, name, role);
      return folk.use(await bedAgent(who, server.sip, toneHz));
    },
    async crash() {
      if (!apart) throw new Error("Only a server in a process of its own can be killed.");
      await apart.kill();
      server = await start();
    },
    async [Symbol.asyncDispose]() {
      await folk.disposeAsync();
      await server[Symbol.asyncDispose]();
      await held.disposeAsync();
    },
  };
  return bed;
}
