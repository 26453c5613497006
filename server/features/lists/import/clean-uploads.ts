import { readdir, rm, stat } from "node:fs/promises";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import type { Jobs } from "../../../kernel/jobs.ts";
import type { Imports } from "./imports.ts";
import { forgetUploads, uploadedPaths } from "./queries.ts";

/** A file that nobody imports within a day is removed: it holds personal data. */
const maxAgeMs = 24 * 3_600_000;

declare module "../../../kernel/jobs.ts" {
  interface JobMap {
    "uploads.clean": Record<string, never>;
  }
}

interface Parts {
  database: Database;
  imports: Pick<Imports, "pathOf">;
  clock: Clock;
}

/**
 * Removes uploads that were never imported, and files that a crash left behind without a row. Returns how many files
 * went.
 */
export async function cleanUploads({ database, imports, clock }: Parts): Promise<number> {
  const oldest = clock.now() - maxAgeMs;
  const stale = await database.transact((tx) => forgetUploads(tx, new Date(oldest)));
  for (const path of stale) await rm(imports.pathOf(path), { force: true });
  const files = (await readdir(imports.pathOf(""))).filter((name) => name.endsWith(".upload"));
  const known = new Set(await uploadedPaths(database.db));
  let orphans = 0;
  for (const name of files.filter((file) => !known.has(file))) {
    const found = await stat(imports.pathOf(name)).catch(() => undefined);
    if (!found || found.mtimeMs > oldest) continue;
    await rm(imports.pathOf(name), { force: true });
    orphans += 1;
  }
  return stale.length + orphans;
}

/** Once an hour. */
export function importJobs(jobs: Jobs, parts: Parts): void {
  jobs.handle("uploads.clean", async () => void (await cleanUploads(parts)));
  jobs.schedule("uploads.clean", "41 * * * *", {});
}
