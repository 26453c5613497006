import { type Database, openDatabase } from "./db.ts";
import { reasonOf, StartupError } from "./errors.ts";
import { databaseUnavailable } from "./db-lost.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { holdDatabase } from "./server-hold.ts";

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

async function checkVersion(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < 15) throw new StartupError(`The database is PostgreSQL ${major}; Waihu needs 15 or newer.`);
}

const anotherServer = (where: string) =>
  new StartupError(
    `Another Waihu server works on the database ${where}: stop it first, or set DATABASE_URL to another one.`,
  );

export interface ServerDatabase {
  database: Database;
  /** Names of the migrations that ran. */
  migrated: string[];
  /** Resolves, with what to say, when another server has taken the database and this one must stop. */
  over: Promise<StartupError>;
}

/**
 * Opens the database at `url`, migrates it and takes it for this process; every failure is one sentence
 * without the password. Nothing is written while it is not ours.
 */
export async function openServerDatabase(url: string): Promise<ServerDatabase> {
  const where = whereOf(url);
  await using stack = new AsyncDisposableStack();
  const database = stack.use(openDatabase(url, 20));
  try {
    await checkVersion(database);
    // Given back before the pool closes, which waits for every connection.
    const hold = await holdDatabase(database);
    if (!hold) throw anotherServer(where);
    stack.use(hold);
    const migrated = await prepareDatabase(database.pool);
    const held = stack.move();
    const transact: Database["transact"] = (work) =>
      hold.isHeld()
        ? database.transact(work)
        : Promise.reject(databaseUnavailable("The database cannot be reached: try again."));
    return {
      database: { ...database, transact, [Symbol.asyncDispose]: () => held.disposeAsync() },
      migrated,
      over: hold.over.then(
        () =>
          new StartupError(
            `Another Waihu server has taken the database ${where} while this one could not reach it: this one has stopped, so that nobody is called twice.`,
          ),
      ),
    };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { code = "" } = error as { code?: string };
    throw new StartupError(
      `The database ${where} cannot be used: ${reasons[code] ?? reasonOf(error)}. Check DATABASE_URL.`,
    );
  }
}
