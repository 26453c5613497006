import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { foldLeadCounts } from "./queries-counts.ts";

const everyMs = 5_000;

/**
 * Folds the differences of `lead_counts`, and of tables that are kept like it, now and then: at 50 calls a second some 250 rows lie between two folds,
 * which claims and pages sum up in a fraction of a millisecond.
 */
export function foldCountsInBackground(parts: {
  database: Database;
  clock: Clock;
  log: Log;
  /** Of other features, each in a transaction of its own. */
  folds?: readonly ((tx: Tx) => Promise<void>)[];
}): AsyncDisposable {
  let folding = Promise.resolve();
  let timer: Timer;
  const foldAll = async () => {
    for (const fold of [foldLeadCounts, ...(parts.folds ?? [])]) await parts.database.transact(fold);
  };
  const fold = () => {
    folding = foldAll()
      .catch((error: unknown) => parts.log.warn({ err: error }, "lists: counts not folded"))
      .then(again);
  };
  const again = () => {
    if (!isClosed) timer = parts.clock.after(everyMs, fold);
  };
  let isClosed = false;
  again();
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true;
      timer.cancel();
      await folding;
    },
  };
}
