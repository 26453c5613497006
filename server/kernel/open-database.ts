import { advisoryLocks } from "./advisory-locks.ts";
import { type Database, openDatabase } from "./db.ts";
import { reasonOf, StartupError } from "./errors.ts";
import { prepareDatabase } from "./prepare-database.ts";

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing answers there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name cannot be looked up",
  ETIMEDOUT: "it does not answer",
  "28P01": "the password is wrong",
  "28000": "the user may not connect",
  "3D000": "there is no such database",
  "42501": "the user may not create tables in it",
};

function whereOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port && `:${port}`}${pathname}`;
}

/** Holds the database for this process as long as its connection lives. */
async function takeDatabase(database: Database, where: string): Promise<() => void> {
  const client = await database.pool.connect();
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
    advisoryLocks.server,
  ]);
  if (!rows[0]?.taken) {
    client.release();
    throw new StartupError(
      `Another Waihu server works on the database ${where}: stop it first, or set DATABASE_URL to another one.`,
    );
  }
  return () => client.release();
}

async function checkVersion(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < 15) throw new StartupError(`The database is PostgreSQL ${major}; Waihu needs 15 or newer.`);
}

/**
 * Opens the database at `url`, migrates it and takes it for this process; every failure is one sentence
 * without the password.
 */
export async function openServerDatabase(url: string): Promise<{ database: Database; migrated: string[] }> {
  const where = whereOf(url);
  await using stack = new AsyncDisposableStack();
  const database = stack.use(openDatabase(url, 20));
  try {
    await checkVersion(database);
    // Given back before the pool closes, which waits for every connection.
    stack.defer(await takeDatabase(database, where));
    const migrated = await prepareDatabase(database.pool);
    const held = stack.move();
    return { database: { ...database, [Symbol.asyncDispose]: () => held.disposeAsync() }, migrated };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { code = "" } = error as { code?: string };
    throw new StartupError(
      `The database ${where} cannot be used: ${reasons[code] ?? reasonOf(error)}. Check DATABASE_URL.`,
    );
  }
}
