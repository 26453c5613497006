import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { type CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { isConnectionLost } from "./db-lost.ts";
import { watchDatabase, watchLimits } from "./db-watch.ts";
import type { Tables } from "./tables.ts";

export { isConnectionLost };

/** Reads. Take this when a function only looks. */
export type Db = Kysely<Tables>;
/** Writes demand a transaction by type. */
export type Tx = Transaction<Tables>;

export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** The application name of this pool's connections, and of no others. */
  readonly name: string;
  /** Runs `work` in one transaction; a throw rolls it back. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

// int8 as number: our ids stay far below 2^53. Numeric as number: we hold no money.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

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

/**
 * So that the server itself notices within half a minute that we are gone, and gives our locks free; a transaction of
 * ours never stands idle for long. Statements are not compiled (`jit`): that takes longer than our longest report.
 */
const sessionSettings = `
  set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
  set tcp_user_timeout = 20000; set idle_in_transaction_session_timeout = 60000;
  set jit = off`;

/** Opens a pool of at most `max` connections. A way that swallows everything fails within some ten seconds (`limits`). */
export function openDatabase(
  url: string,
  max = 12,
  onQuery?: (query: CompiledQuery, ms: number) => void,
  limits = watchLimits,
): Database {
  const name = `waihu ${randomBytes(6).toString("hex")}`;
  const watch = watchDatabase(url, name, limits);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    Client: watch.Client,
    // Waits for what it returns, although its type does not say so.
    onConnect: (client) => client.query(sessionSettings) as unknown as void,
  });
  // An idle connection may break when the server restarts; the pool replaces it, the next query tells.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    preparing(client);
  });
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: onQuery && ((event) => onQuery(event.query, event.queryDurationMillis)),
  });
  return {
    db,
    pool,
    name,
    transact: (work) => db.transaction().execute(work),
    async [Symbol.asyncDispose]() {
      await db.destroy();
      // Kysely leaves a pool alone that it has not used.
      if (!pool.ended) await pool.end();
      watch[Symbol.dispose]();
    },
  };
}
