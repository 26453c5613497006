import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartupError } from "../errors.ts";
import { give, postgresAccount, type Account } from "./account.ts";
import { postgresBinaries } from "./binaries.ts";
import { readPidFile, stopOrphans } from "./orphans.ts";
import { tuning } from "./tuning.ts";

export interface EmbeddedPostgres extends AsyncDisposable {
  /** URL of the database `waihu`'s server; loopback, password inside: never log it. */
  readonly url: string;
  readonly pid: number;
}

interface Cluster {
  /** Holds `postgres/`, `postgres-password` and `postgres.log`. */
  root: string;
  dir: string;
  bin: string;
  account: Account | undefined;
}

/**
 * PostgreSQL gets its own folder as working folder before it gives up root, so it needs no access to the
 * folders above (a clone under /root is closed to others).
 */
const here = "/proc/self/cwd";

function createCluster({ root, dir, bin, account }: Cluster): void {
  const unfinished = `${dir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  give(unfinished, account);
  const password = randomBytes(24).toString("base64url");
  const secrets = mkdtempSync(join(tmpdir(), "waihu-"));
  try {
    const file = join(secrets, "password");
    writeFileSync(file, password, { mode: 0o600 });
    give(file, account);
    give(secrets, account);
    const made = spawnSync(
      join(bin, "initdb"),
      ["-D", here, "-U", "waihu", "--auth=scram-sha-256", `--pwfile=${file}`, "--encoding=UTF8"].concat([
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ]),
      { ...account, cwd: unfinished, encoding: "utf8" },
    );
    if (made.status !== 0)
      throw new StartupError(
        `The database cannot be created in ${dir}: ${(made.stderr || made.error?.message || "initdb failed").trim().split("\n").at(-1)}`,
      );
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  writeFileSync(join(root, "postgres-password"), password, { mode: 0o600 });
  renameSync(unfinished, dir);
}

function checkVersion({ dir, bin }: Cluster): void {
  const made = readFileSync(join(dir, "PG_VERSION"), "utf8").trim();
  const version = spawnSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).stdout;
  if (!version.includes(` ${made}.`))
    throw new StartupError(
      `The database in ${dir} was made by PostgreSQL ${made} and this is ${version.trim()}: dump it with the old version and load it with the new one.`,
    );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function launch(cluster: Cluster, port: number, parameters: Record<string, string>): ChildProcess {
  const log = openSync(join(cluster.root, "postgres.log"), "a", 0o600);
  const settings = {
    ...parameters,
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
  };
  // Detached: Ctrl-C in a terminal must reach our server alone, which then closes the database last.
  const child = spawn(
    join(cluster.bin, "postgres"),
    ["-D", here, ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])],
    { ...cluster.account, cwd: cluster.dir, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  child.on("error", () => undefined);
  return child;
}

async function ready(cluster: Cluster, child: ChildProcess): Promise<boolean> {
  const pidFile = join(cluster.dir, "postmaster.pid");
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const lines = readPidFile(pidFile);
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    await delay(10);
  }
  return false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.ref();
  child.kill("SIGINT");
  const patience = setTimeout(() => child.kill("SIGQUIT"), 30_000);
  await exited;
  clearTimeout(patience);
}

function lastLogLines(root: string): string {
  const lines = readFileSync(join(root, "postgres.log"), "utf8").trim().split("\n");
  return lines.filter((line) => /FATAL|ERROR|PANIC/.test(line)).at(-1) ?? lines.at(-1) ?? "";
}

/**
 * Starts the PostgreSQL that comes with us on a free loopback port, its files in `<dataDir>/postgres`; makes
 * them on first use (0.6 s) and stops an orphan of a killed server first. As root it runs as another account.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  parameters: Record<string, string> = tuning(),
): Promise<EmbeddedPostgres> {
  const root = resolve(dataDir);
  const dir = join(root, "postgres");
  const account = postgresAccount(dir);
  const cluster: Cluster = { root, dir, bin: postgresBinaries(account), account };
  if (existsSync(join(dir, "PG_VERSION"))) checkVersion(cluster);
  else createCluster(cluster);
  await stopOrphans(dir);
  const password = readFileSync(join(root, "postgres-password"), "utf8").trim();
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = launch(cluster, port, parameters);
    if (await ready(cluster, child)) {
      child.unref();
      return {
        url: `postgres://waihu:${password}@127.0.0.1:${port}/postgres`,
        pid: child.pid!,
        [Symbol.asyncDispose]: () => stop(child),
      };
    }
    // The port may have been taken between our look and its bind.
    if (attempt === 3)
      throw new StartupError(
        `PostgreSQL did not start; ${join(root, "postgres.log")} ends with: ${lastLogLines(root)}`,
      );
  }
}
