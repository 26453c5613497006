/** A contact centre at work for benchmarks: the server as a process of its own, SIPp as carrier, agents with phones. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCarrierProcess } from "../server/carrier-process.ts";
import { type Database, openDatabase } from "../server/kernel/db.ts";
import { silentLog } from "../server/kernel/log.ts";
import { startEmbeddedPostgres } from "../server/kernel/postgres/embedded.ts";
import { type BedAgent, bedAgent } from "../test/kit/bed-agent.ts";
import { type Person, person } from "../test/kit/person.ts";
import { createSeed, type Seed } from "../test/kit/seed.ts";
import { startServerProcess } from "../test/kit/server-process.ts";
import { startSipp } from "../test/kit/sipp.ts";
import type { Population } from "../tools/carrier/population.ts";

export interface Floor extends AsyncDisposable {
  database: Database;
  seed: Seed;
  manager: Person;
  agents: BedAgent[];
  url: string;
  sip: { host: string; port: number };
  serverPid: number;
}

export interface FloorOptions {
  agents: number;
  /** A SIPp scenario, or people of the simulated carrier, in a process of its own. */
  scenario: string | Partial<Population>;
  /** The agents' phones send a tone; else nothing. */
  agentsSpeak: boolean;
  sippArgs?: string[];
}

/** A free range of media ports of its own, so that two runs do not meet. */
const rtpPorts = "34000-37999";

async function startNetwork(stack: AsyncDisposableStack, options: FloorOptions): Promise<number> {
  const { scenario, sippArgs: args } = options;
  if (typeof scenario !== "string")
    return stack.use(await startCarrierProcess(silentLog, scenario, ["--no-suffixes"])).sip;
  const load = { scenario, calls: 1_000_000, limit: 10_000, timeoutSeconds: 3600, args };
  return stack.use(await startSipp(load)).port;
}

export async function openFloor(options: FloorOptions): Promise<Floor> {
  await using stack = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), "waihu-floor-"));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  const postgres = stack.use(await startEmbeddedPostgres(dir));
  const port = await startNetwork(stack, options);
  const server = stack.use(
    await startServerProcess({
      DATABASE_URL: postgres.url,
      WAIHU_DATA: join(dir, "data"),
      WAIHU_DEMO: "off",
      WAIHU_RTP_PORTS: rtpPorts,
    }),
  );
  const line = server.listening.find((text) => text.startsWith("SIP udp ")) ?? "";
  const sip = { host: "127.0.0.1", port: Number(line.split(":").at(-1)) };
  const database = stack.use(openDatabase(postgres.url, 2));
  const manager = await person(database, server.url, "boss", "administrator");
  // Dialled without consent, at any hour.
  await manager.ask("PATCH", "/settings", { rulePack: "none" });
  const seed = createSeed({ database, carrier: { host: "127.0.0.1", port }, manager });
  const agents: BedAgent[] = [];
  for (let n = 1; n <= options.agents; n++) {
    const who = await person(database, server.url, `bench${n}`, "agent");
    agents.push(stack.use(await bedAgent(who, sip, options.agentsSpeak ? 600 : null)));
  }
  const held = stack.move();
  return {
    database,
    seed,
    manager,
    agents,
    url: server.url,
    sip,
    serverPid: server.process.pid!,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Numbers that nobody has. */
export const benchPhones = (count: number) =>
  Array.from({ length: count }, (_, i) => `+861390${String(1_000_000 + i)}`);

export const pauseMs = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
