import { runMigrations } from "graphile-worker";
import type pg from "pg";
import { migrate, readMigrations } from "./migrate.ts";

/** Brings our schema and the job library's up to date; returns the names of our migrations that ran. */
export async function prepareDatabase(pool: pg.Pool, migrations = readMigrations()): Promise<string[]> {
  const ran = await migrate(pool, migrations);
  await runMigrations({ pgPool: pool });
  return ran;
}
