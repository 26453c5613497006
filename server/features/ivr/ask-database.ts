/**
 * Questions of flows to databases of the company. Read-only in every way that is ours: the session, the transaction, and
 * the question, which stands inside a `select` of ours, so that it is one statement; bounded in time and rows.
 */
import pg from "pg";
import { sqlName } from "../../../shared/ivr/check-blocks.ts";
import type { Log } from "../../kernel/log.ts";

const connectMs = 3000;
const mostRows = 20;
const mostConnections = 4;
/** Nobody waits for a connection that was not used for so long. */
const idleMs = 30_000;

export type Asked = { rows: Record<string, unknown>[] } | { failed: "timeout" | "database" };

export interface Databases extends AsyncDisposable {
  /** `:name` in the question stands for a value. Never rejects. */
  ask(
    database: { id: number; url: string },
    query: string,
    values: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<Asked>;
}

/** `:name` as `$1`. */
export function numbered(query: string, values: Readonly<Record<string, string>>) {
  const names: string[] = [];
  const text = query.replaceAll(sqlName, (found: string, name?: string) => {
    if (name === undefined) return found;
    const at = names.indexOf(name);
    return `$${at >= 0 ? at + 1 : names.push(name)}`;
  });
  return { text, values: names.map((name) => values[name] ?? null) };
}

const isTimeout = (error: unknown) =>
  error instanceof Error && (("code" in error && error.code === "57014") || /timeout/i.test(error.message));

export function createDatabases({ log }: { log: Log }): Databases {
  const pools = new Map<number, { url: string; pool: pg.Pool }>();

  function poolOf({ id, url }: { id: number; url: string }): pg.Pool {
    const known = pools.get(id);
    if (known?.url === url) return known.pool;
    known?.pool.end().catch(() => undefined);
    const pool = new pg.Pool({
      connectionString: url,
      max: mostConnections,
      idleTimeoutMillis: idleMs,
      connectionTimeoutMillis: connectMs,
      application_name: "waihu ivr",
      options: "-c default_transaction_read_only=on",
    });
    // It may go at any time; the next question tells.
    pool.on("error", () => undefined);
    pools.set(id, { url, pool });
    return pool;
  }

  return {
    async ask(database, query, values, timeoutMs) {
      let client: pg.PoolClient | undefined;
      const timer = Promise.withResolvers<never>();
      const late = setTimeout(() => timer.reject(new Error("timeout")), timeoutMs + 500);
      const work = (async (): Promise<Asked> => {
        client = await poolOf(database).connect();
        client.on("error", () => undefined);
        await client.query("begin read only");
        await client.query(`set local statement_timeout = ${Math.round(timeoutMs)}`);
        const asked = numbered(query.replace(/;\s*$/, ""), values);
        const { rows } = await client.query<Record<string, unknown>>({
          text: `select * from (${asked.text}\n) as answer limit ${mostRows}`,
          values: asked.values,
        });
        await client.query("rollback");
        client.release();
        client = undefined;
        return { rows };
      })();
      try {
        return await Promise.race([work, timer.promise]);
      } catch (error) {
        work.catch(() => undefined);
        client?.release(true);
        const failed = isTimeout(error) ? "timeout" : "database";
        log.warn(
          { databaseId: database.id, failed, reason: (error as Error).message },
          "a flow's question failed",
        );
        return { failed };
      } finally {
        clearTimeout(late);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.end().catch(() => undefined)));
    },
  };
}
