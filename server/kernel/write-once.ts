import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { type Database, isConnectionLost, type Tx } from "./db.ts";

const retryMs = 500;

/** What became of a transaction; null when nobody remembers it. */
async function fateOf(database: Database, xid: string): Promise<string | null> {
  const { rows } = await sql<{ fate: string | null }>`
    select pg_xact_status(${xid}::xid8) as fate`.execute(database.db);
  return rows[0]?.fate ?? null;
}

/**
 * Commits `work` once, however long the database is gone and whenever the connection breaks: where it broke while
 * the commit was on its way, the database is asked afterwards what became of it. Rejects with what `work` throws,
 * and with a lost connection where `goOn` says no.
 */
export async function writeOnce(
  database: Database,
  work: (tx: Tx) => Promise<void>,
  goOn: (error: unknown) => boolean,
): Promise<void> {
  let xid: string | undefined;
  const attempt = async () => {
    if (xid !== undefined) {
      const fate = await fateOf(database, xid);
      if (fate === "committed") return;
      if (fate === "in progress") throw Object.assign(new Error("It is not yet decided."), { code: "08007" });
      xid = undefined;
    }
    let begun: string | undefined;
    try {
      await database.transact(async (tx) => {
        const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(tx);
        await work(tx);
        begun = rows[0]!.xid;
      });
    } finally {
      // Only of use when the commit was asked for and its answer did not come.
      xid = begun;
    }
  };
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionLost(error) || !goOn(error)) throw error;
      await delay(retryMs);
    }
  }
}
