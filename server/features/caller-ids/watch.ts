import type { Drift } from "../../../shared/caller-ids.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database, Db } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { readSettings } from "../settings/index.ts";
import { holm, watchDrift } from "./drift.ts";
import { numberRecords, type PoolRecord, poolRecords, setAlarm } from "./queries.ts";
import { driftBlocks, dropOldUses, lastHour, sumHours } from "./queries-watch.ts";
import "./events.ts";

const everyMs = 5 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How far back an answer rate is judged, and how long hours are kept. */
export const windowDays = 14;
/** So long an hour is summed up again: its last calls still ring and end. */
const settledMs = 2 * hourMs;
/** By then an hour is over and its last call has rung out. */
const completeMs = hourMs + 5 * 60_000;

/** Every number of the pool with its statistic, p corrected for all of them; `now` in ms. */
export async function poolDrift(db: Db, poolId: number, now: number): Promise<Map<string, Drift>> {
  const blocks = await driftBlocks(db, poolId, {
    since: new Date(now - windowDays * dayMs),
    until: new Date(now - completeMs),
  });
  const sums = [...blocks].map(([number, list]) => ({ number, ...watchDrift(list) }));
  const corrected = holm(sums.map((sum) => sum.p));
  return new Map(
    sums.map(({ number, since, ...sum }, i) => [
      number,
      { ...sum, p: corrected[i]!, since: since === null ? null : new Date(since).toISOString() },
    ]),
  );
}

/** Sums up the last hours, judges every number, raises alarms. Answers the pools that changed. */
export async function watchOnce(database: Database, now: number): Promise<number[]> {
  const { timeZone } = await readSettings(database.db);
  const last = (await lastHour(database.db))?.getTime() ?? now - windowDays * dayMs;
  const from = new Date(Math.min(last, now - settledMs));
  await database.transact(async (tx) => {
    await sumHours(tx, { from, timeZone });
    await dropOldUses(tx, { uses: new Date(now - 3 * dayMs), hours: new Date(now - 60 * dayMs) });
  });
  const changed: number[] = [];
  for (const pool of await poolRecords(database.db))
    if (await judgePool(database, pool, now)) changed.push(pool.id);
  return changed;
}

async function judgePool(database: Database, pool: PoolRecord, now: number): Promise<boolean> {
  const drifts = await poolDrift(database.db, pool.id, now);
  const sound = (await numberRecords(database.db, pool.id)).filter((number) => !number.alarm);
  const fallen = sound.filter(({ number }) => (drifts.get(number)?.p ?? 1) <= pool.alarm_p);
  if (fallen.length === 0) return false;
  const restUntil = pool.rest_on_alarm ? new Date(now + pool.rest_days * dayMs) : null;
  await database.transact(async (tx) => {
    for (const { number } of fallen)
      await setAlarm(tx, number, { ...drifts.get(number)!, at: new Date(now).toISOString() }, restUntil);
  });
  return true;
}

/** Watches the answer rates of all pools every five minutes. */
export function watchCallerIds(parts: {
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
}): AsyncDisposable {
  const { database, clock, events, log } = parts;
  let isClosed = false;
  let timer: Timer;
  let watching = Promise.resolve();
  const again = () => {
    if (!isClosed) timer = clock.after(everyMs, watch);
  };
  async function look(): Promise<void> {
    for (const poolId of await watchOnce(database, clock.now())) {
      log.warn({ poolId }, "caller IDs: a number's answer rate has fallen");
      events.publish("caller-ids.changed", { poolId });
    }
  }
  const watch = () => {
    watching = look()
      .catch((error: unknown) => log.warn({ err: error }, "caller IDs: answer rates not judged"))
      .then(again);
  };
  again();
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true;
      timer.cancel();
      await watching;
    },
  };
}
