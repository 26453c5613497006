import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../server/kernel/db.ts";
import { prepareDatabase } from "../../server/kernel/prepare-database.ts";
import { readMigrations } from "../../server/kernel/migrate.ts";
import { testEnv } from "./env.ts";
import { startTestPostgres } from "./postgres.ts";

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdmin<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated database that is cloned for each file; its name carries the schema, so it is never out of date. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const migrations = readMigrations();
  const schema = createHash("sha256")
    .update(migrations.map((m) => m.checksum).join())
    .digest("hex");
  const name = `template_${schema.slice(0, 16)}`;
  await asAdmin(serverUrl, async (client) => {
    await client.query("select pg_advisory_lock(1)");
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount) return;
    await client.query(`create database ${name}_new`);
    {
      await using database = openDatabase(databaseUrl(serverUrl, `${name}_new`), 2);
      await prepareDatabase(database.pool, migrations);
    }
    await client.query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

let server: Promise<{ url: string; template: string }> | undefined;

async function startServer() {
  const url = testEnv.postgresUrl ?? (await startTestPostgres());
  return { url, template: await makeTemplate(url) };
}

export interface TestDatabase extends Database {
  readonly url: string;
}

/**
 * A fresh, migrated database: `await using database = await testDatabase()`. It lives on the test run's
 * PostgreSQL, or on one started for this process when a file is run by hand; dropped on dispose.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template } = await (server ??= startServer());
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdmin(serverUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const url = databaseUrl(serverUrl, name);
  const database = openDatabase(url);
  return {
    ...database,
    url,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await asAdmin(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Starts the run's PostgreSQL with its template; for the test runner. */
export async function startTestServer(): Promise<string> {
  return (await (server ??= startServer())).url;
}
