import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { processesOf, stopOrphans } from "../../server/kernel/postgres/orphans.ts";

const main = join(import.meta.dirname, "../../server/main.ts");

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
  /** What listens where, as it says at the start. */
  readonly listening: readonly string[];
  /** All it says on stderr until its end. */
  readonly complaints: Promise<string>;
  /** Ends it as Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`: nothing is put in order. */
  kill(): Promise<void>;
}

function launch(env: Record<string, string>): ChildProcess {
  const quiet = {
    WAIHU_PORT: "0",
    WAIHU_SIP_PORT: "0",
    WAIHU_SIP_HOST: "127.0.0.1",
    WAIHU_LOG_LEVEL: "error",
  };
  return spawn(process.execPath, [main], {
    env: { ...process.env, ...quiet, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The whole server in a process of its own, as `npm start` runs it, on free ports. Waits until it is ready. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child = launch(env);
  const errors = text(child.stderr!);
  const ready = Promise.withResolvers<string>();
  let told = "";
  child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
    told += chunk;
    const [, url] = /Waihu is ready: (\S+)/.exec(told) ?? [];
    if (url && told.includes("Ctrl-C")) ready.resolve(url);
  });
  child.once("exit", (code) => {
    void errors.then((reason) => ready.reject(new Error(`The server ended with ${code}: ${reason}`)));
  });
  const url = await ready.promise;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    url,
    process: child,
    complaints: errors,
    listening: told.split("\n").map((line) => line.trim()),
    async stop() {
      await end("SIGINT");
      return child.exitCode;
    },
    kill: () => end("SIGKILL"),
    [Symbol.asyncDispose]: () => end("SIGINT"),
  };
}

/** A start that must fail: its exit code and what it said. */
export async function failServerProcess(
  env: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const child = launch(env);
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, "exit") as Promise<[number]>]);
  return { code, said };
}

export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Processes of the embedded PostgreSQL in it. */
  postgres(): number[];
}

/** A data folder for one test; whatever still runs on it is ended. */
export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "waihu-data-"));
  const cluster = join(path, "postgres");
  return {
    path,
    postgres: () => processesOf(cluster),
    async [Symbol.asyncDispose]() {
      await stopOrphans(cluster).catch(() => undefined);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
