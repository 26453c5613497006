import { statfs } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "../../kernel/db.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import type { Health } from "./probes.ts";

const GB = 2 ** 30;

/** Database, disk and jobs. */
export function coreProbes(health: Health, parts: { database: Database; jobs: Jobs; dataDir: string }): void {
  const { database, jobs, dataDir } = parts;
  health.add("database", async () => {
    const started = performance.now();
    const { rows } = await sql<{ version: string; bytes: number }>`
      select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`.execute(
      database.db,
    );
    const ms = Math.round(performance.now() - started);
    const state = ms > 1000 ? "warning" : "ok";
    return { state, code: "database", detail: { ...rows[0], ms } };
  });
  health.add("disk", async () => {
    const { bavail, blocks, bsize } = await statfs(dataDir);
    const freeGb = Math.round(((bavail * bsize) / GB) * 10) / 10;
    const percentFree = Math.round((bavail / blocks) * 100);
    // A two-channel recording takes 1.9 MB a minute: 1 GB is about 9 hours of talk.
    const state = freeGb < 1 ? "failed" : freeGb < 5 ? "warning" : "ok";
    return {
      state,
      code: state === "ok" ? "disk" : "disk-low",
      detail: { freeGb, percentFree, path: dataDir },
    };
  });
  health.add("jobs", async () => {
    const counts = await jobs.counts();
    const state = counts.failed > 0 || counts.waiting > 1000 ? "warning" : "ok";
    return { state, code: "jobs", detail: counts };
  });
}
