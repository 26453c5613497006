import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { advisoryLocks } from "./advisory-locks.ts";
import { StartupError } from "./errors.ts";

export interface Migration {
  /** File name, `0001_platform.sql`. Its number is its place in the order. */
  name: string;
  sql: string;
  checksum: string;
}

/** Two servers that start at once migrate one after the other. */
const lockKey = advisoryLocks.migration;

export function readMigrations(dir = join(import.meta.dirname, "../migrations")): Migration[] {
  const files = readdirSync(dir).filter((name) => name.endsWith(".sql"));
  const wrong = files.find((name) => !/^\d{4}_[a-z0-9-]+\.sql$/.test(name));
  if (wrong) throw new StartupError(`Migration ${wrong} is not named like 0001_some-words.sql.`);
  return files.sort().map((name) => {
    const sql = readFileSync(join(dir, name), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/** Compares what the database has seen with what we carry; returns what is left to run. */
export function pendingMigrations(
  applied: readonly { name: string; checksum: string }[],
  ours: readonly Migration[],
): Migration[] {
  const known = new Map(ours.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new StartupError(
        `The database has seen migration ${name}, which this version does not know: start the newer version that made it.`,
      );
    if (migration.checksum !== checksum)
      throw new StartupError(
        `Migration ${name} was changed after it ran on this database: restore the file and put the change into a new migration.`,
      );
  }
  const seen = new Set(applied.map(({ name }) => name));
  const last =
    applied
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? "";
  const pending = ours.filter(({ name }) => !seen.has(name));
  const late = pending.find(({ name }) => name < last);
  if (late)
    throw new StartupError(
      `Migration ${late.name} is older than ${last}, which already ran: give it a higher number.`,
    );
  return pending;
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(migration.sql);
    await client.query("insert into migrations (name, checksum) values ($1, $2)", [
      migration.name,
      migration.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new StartupError(`Migration ${migration.name} failed and was undone: ${(error as Error).message}.`);
  }
}

/** Brings the schema up to date, each file in a transaction of its own. Returns the names of those that ran. */
export async function migrate(pool: pg.Pool, ours = readMigrations()): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(
      "create table if not exists migrations (name text primary key, checksum text not null, at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      "select name, checksum from migrations",
    );
    const pending = pendingMigrations(rows, ours);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]).catch(() => undefined);
    client.release();
  }
}
