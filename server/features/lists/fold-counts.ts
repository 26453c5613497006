import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { findNumberKinds } from "./number-kinds.ts";
import { findFilterHeads, findQueueHeads, foldLeadCounts } from "./queries-counts.ts";

const foldMs = 5_000;
const headsMs = 1_000;
const headsAgainMs = 100;
const kindsMs = 2_000;
const kindsAgainMs = 250;

/** Does `work` again and again, never twice at once; it says after how many ms. Disposing waits for the last. */
function repeat(clock: Clock, firstMs: number, work: () => Promise<number>): AsyncDisposable {
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const wait = (ms: number): Timer => clock.after(ms, () => void (running = work().then(again)));
  const again = (ms: number) => {
    if (!isClosed) timer = wait(ms);
  };
  let timer = wait(firstMs);
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true;
      timer.cancel();
      await running;
    },
  };
}

/**
 * Folds the differences of `lead_counts`, and of tables that are kept like it, now and then: at 50 calls a second some
 * 250 rows lie between two folds, which claims and pages sum up in a fraction of a millisecond. Finds the heads of the
 * queue each second, and the kinds of numbers that came without.
 */
export function foldCountsInBackground(parts: {
  database: Database;
  clock: Clock;
  log: Log;
  /** Of other features, each in a transaction of its own. */
  folds?: readonly ((tx: Tx) => Promise<void>)[];
}): AsyncDisposable {
  const { database, clock, log } = parts;
  async function fold(): Promise<number> {
    try {
      for (const one of [foldLeadCounts, ...(parts.folds ?? [])]) await database.transact(one);
    } catch (error) {
      log.warn({ err: error }, "lists: counts not folded");
    }
    return foldMs;
  }
  async function findHeads(find: (tx: Tx) => Promise<boolean>): Promise<number> {
    try {
      return (await database.transact(find)) ? headsMs : headsAgainMs;
    } catch (error) {
      log.warn({ err: error }, "lists: heads of the queue not found");
      return headsMs;
    }
  }
  let kindsFoundTo = 0;
  async function findKinds(): Promise<number> {
    try {
      const last = await database.transact((tx) => findNumberKinds(tx, kindsFoundTo));
      kindsFoundTo = last ?? 0;
      return last === null ? kindsMs : kindsAgainMs;
    } catch (error) {
      log.warn({ err: error }, "lists: kinds of numbers not found");
      return kindsMs;
    }
  }
  const stack = new AsyncDisposableStack();
  stack.use(repeat(clock, foldMs, fold));
  stack.use(repeat(clock, headsMs, () => findHeads(findQueueHeads)));
  stack.use(repeat(clock, headsMs, () => findHeads(findFilterHeads)));
  stack.use(repeat(clock, kindsMs, findKinds));
  return stack;
}
