import type { Clock, Timer } from "../../../kernel/clock.ts";
import type { Database, Db } from "../../../kernel/db.ts";
import type { Log } from "../../../kernel/log.ts";
import { growsWithTime } from "./compile.ts";
import { arrangeSets, buildStep, lookAgain, sweepStep, type WantedSet, workStep } from "./queries-sets.ts";

const everyMs = 500;
const lookAgainMs = 3_600_000;

export interface FilterSets extends AsyncDisposable {
  /** Everything that is to be done now is done; for tests. */
  settle(): Promise<void>;
  start(): void;
}

/**
 * Keeps the sets of leads that filters of running campaigns keep: a changed filter has its first leads within a second,
 * and each step is a transaction of its own, so that a crash loses none.
 */
export function keepFilterSets(deps: {
  database: Database;
  clock: Clock;
  log: Log;
  /** The filters of campaigns that dial or may dial any moment. */
  wanted: (db: Db) => Promise<WantedSet[]>;
}): FilterSets {
  const { database, clock, log, wanted } = deps;
  let timer: Timer | undefined;
  let running: Promise<void> = Promise.resolve();
  let arranged = "";
  let isClosed = false;

  async function arrange(): Promise<void> {
    const sets = await wanted(database.db);
    const now = clock.now();
    const growing = sets.filter((set) => growsWithTime(set.filter)).map((set) => set.campaignId);
    const text = JSON.stringify(sets);
    if (text !== arranged) await database.transact((tx) => arrangeSets(tx, sets, new Date(now)));
    arranged = text;
    if (growing.length > 0)
      await database.transact((tx) => lookAgain(tx, growing, new Date(now - lookAgainMs)));
  }

  /** Some steps of each kind of work; true: there is more. */
  async function step(): Promise<boolean> {
    await arrange();
    const worked = await database.transact((tx) => workStep(tx, clock.now()));
    const built = await database.transact((tx) => buildStep(tx, clock.now()));
    const swept = !built && (await database.transact(sweepStep));
    return worked > 0 || built || swept;
  }

  async function round(): Promise<void> {
    let isMore = false;
    try {
      isMore = await step();
    } catch (error) {
      log.warn({ err: error }, "lists: filters not kept up");
    }
    if (!isClosed) timer = clock.after(isMore ? 0 : everyMs, () => void (running = round()));
  }

  return {
    async settle() {
      while (await step());
    },
    start() {
      timer ??= clock.after(0, () => void (running = round()));
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      timer?.cancel();
      await running;
    },
  };
}
