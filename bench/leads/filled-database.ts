import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../server/kernel/db.ts";
import { readMigrations } from "../../server/kernel/migrate.ts";
import { startEmbeddedPostgres } from "../../server/kernel/postgres/embedded.ts";
import { prepareDatabase } from "../../server/kernel/prepare-database.ts";
import { fillLeads } from "./fill.ts";

/** When the leads of the filled database are due. */
export const filledAt = Date.UTC(2026, 0, 5, 10);

async function fill(dir: string, rows: number): Promise<void> {
  await using postgres = await startEmbeddedPostgres(dir);
  await using database = openDatabase(postgres.url);
  await prepareDatabase(database.pool);
  const client = await database.pool.connect();
  await fillLeads(client, rows, filledAt);
  await client.query("checkpoint");
  client.release();
}

/** Where the filled database is kept for the next run. */
const keptIn = (rows: number) => join(tmpdir(), `waihu-bench-leads-${rows}`);

/** A database that has run other migrations than ours begin with is of no use any more. */
async function keptDatabase(rows: number): Promise<string> {
  const kept = keptIn(rows);
  const note = join(kept, "filled");
  const ours = readMigrations()
    .map((migration) => migration.name)
    .join("\n");
  if (existsSync(note) && ours.startsWith(readFileSync(note, "utf8"))) return kept;
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept);
  await fill(kept, rows);
  writeFileSync(note, ours);
  return kept;
}

/**
 * The embedded PostgreSQL, durable as in the product, with so many leads on lists 1 to 5 (none: no lists); gone at the end. `keep`: a
 * filled one stays in the folder for temporary files and the next run begins with a copy of it, which saves minutes.
 */
export async function openFilledDatabase({
  rows,
  keep,
}: {
  rows: number;
  keep: boolean;
}): Promise<AsyncDisposable & { database: Database; dir: string; listIds: number[]; fillSeconds: number }> {
  await using stack = new AsyncDisposableStack();
  const dir = stack.adopt(mkdtempSync(join(tmpdir(), "waihu-bench-")), async (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const begun = performance.now();
  if (keep && rows > 0) execFileSync("cp", ["-a", `${await keptDatabase(rows)}/.`, dir]);
  else if (rows > 0) await fill(dir, rows);
  const fillSeconds = (performance.now() - begun) / 1000;
  const postgres = stack.use(await startEmbeddedPostgres(dir));
  const database = stack.use(openDatabase(postgres.url));
  await prepareDatabase(database.pool);
  const opened = stack.move();
  return {
    database,
    dir,
    listIds: [1, 2, 3, 4, 5],
    fillSeconds,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
