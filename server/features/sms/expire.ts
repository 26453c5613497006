import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import { expireSms } from "./queries.ts";

const everyMs = 60_000;
const keptMs = 30 * 24 * 3_600_000;

/** Ends what waited too long, and forgets what ended a month ago. */
export function expireTexts(deps: { database: Database; clock: Clock; log: Log }): AsyncDisposable {
  const { database, clock, log } = deps;
  let running = Promise.resolve();
  async function look(): Promise<void> {
    const now = clock.now();
    await database.transact((tx) => expireSms(tx, new Date(now), new Date(now - keptMs)));
  }
  const timer = clock.every(everyMs, () => {
    running = look().catch((error: unknown) =>
      log.warn({ reason: reasonOf(error) }, "text messages were not looked through"),
    );
  });
  return {
    async [Symbol.asyncDispose]() {
      timer.cancel();
      await running;
    },
  };
}
