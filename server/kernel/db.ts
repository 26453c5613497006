import { createHash } from "node:crypto";
import pg from "pg";
import { type CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** Reads. Take this when a function only looks. */
export type Db = Kysely<Tables>;
/** Writes demand a transaction by type. */
export type Tx = Transaction<Tables>;

export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Runs `work` in one transaction; a throw rolls it back. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

// int8 as number: our ids stay far below 2^53. Numeric as number: we hold no money.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "57P01", // admin shutdown
  "57P02", // crash shutdown
  "57P03", // starting up
]);

/** The database is not there, or the way to it: what failed may be tried again. SQLSTATE class 08 is the connection's. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === "string" && (lostCodes.has(code) || code.startsWith("08"))) return true;
  return (
    typeof message === "string" &&
    /connection terminated|connection error|timeout exceeded when trying to connect|not queryable/i.test(
      message,
    )
  );
}

const mark = "/* prepared */";

/**
 * At the begin of a statement that is run again and again: each connection parses and plans it once, and knows it by its
 * text from then on. The text may vary in a few forms only, for each stays with its connection.
 */
export const prepared = sql.raw(mark);

const nameOf = (text: string) => createHash("md5").update(text).digest("hex");

/** Statements with the mark get a name, by which `pg` and the server find them prepared. */
function preparing(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const named = (text: unknown, ...rest: unknown[]) =>
    typeof text === "string" && text.startsWith(mark)
      ? query({ name: nameOf(text), text, values: rest[0] }, ...rest.slice(1))
      : query(text, ...rest);
  client.query = named as typeof client.query;
}

/** Opens a pool of at most `max` connections. */
export function openDatabase(
  url: string,
  max = 12,
  onQuery?: (query: CompiledQuery, ms: number) => void,
): Database {
  const pool = new pg.Pool({ connectionString: url, max, application_name: "waihu" });
  // An idle connection may break when the server restarts; the pool replaces it, the next query tells.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("connect", preparing);
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: onQuery && ((event) => onQuery(event.query, event.queryDurationMillis)),
  });
  return {
    db,
    pool,
    transact: (work) => db.transaction().execute(work),
    async [Symbol.asyncDispose]() {
      await db.destroy();
      // Kysely leaves a pool alone that it has not used.
      if (!pool.ended) await pool.end();
    },
  };
}
