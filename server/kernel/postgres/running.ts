import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { processesOf, readPidFile } from "./orphans.ts";

/**
 * URL of the embedded PostgreSQL that a server runs on this data folder, password inside: never log it. undefined: none
 * runs there.
 */
export function runningPostgres(dataDir: string): string | undefined {
  const root = resolve(dataDir);
  const dir = join(root, "postgres");
  if (!existsSync(dir)) return undefined;
  const lines = readPidFile(join(dir, "postmaster.pid"));
  const isRunning = lines[7]?.trim() === "ready" && processesOf(dir).includes(Number(lines[0]));
  if (!isRunning) return undefined;
  const password = readFileSync(join(root, "postgres-password"), "utf8").trim();
  return `postgres://waihu:${password}@127.0.0.1:${lines[3]!.trim()}/postgres`;
}
