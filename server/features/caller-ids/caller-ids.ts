import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { readSettings } from "../settings/index.ts";
import type { TrunkSettings } from "../trunks/index.ts";
import { type Asked, type Chosen, chooseCallerIds, type Pool, roomOfPool } from "./choose.ts";
import { countUses, lockPools, nextRoom, numbersShown, readPools, saveTurns } from "./queries-choose.ts";
import "./events.ts";
import "./tables.ts";

export interface AskedOfPool extends Omit<Asked, "shown" | "other"> {
  poolId: number;
  leadId: number | null;
  /** Numbers that this person is not to see again, if there are others; empty: they keep theirs. */
  avoid: readonly string[];
}

/** Null: the pool has no number left for this call; `retryAt`, ms, when it may have one. */
export type CallerIdChoice = { chosen: Chosen } | { chosen: null; retryAt: number };

export interface CallerIds extends Disposable {
  /**
   * A number for each of these calls, within the caps whatever else chooses at the same time: the pools stay locked
   * until `tx` ends. By call id; a pool that is gone gives none.
   */
  choose(tx: Tx, asked: readonly AskedOfPool[], at: number): Promise<Map<string, CallerIdChoice>>;
  /** Counts these calls' numbers against their caps; call it in the transaction that writes the calls. */
  count(tx: Tx, shown: readonly string[], at: number): Promise<void>;
  /** Calls over these trunks that the pool can give a number now; Infinity without caps. */
  room(poolId: number, trunkIds: readonly number[]): Promise<number>;
  /** When a pool without room has some again (ms). */
  roomFrom(poolId: number): Promise<number>;
}

/**
 * A pool is held in memory: each choice counts on it, changes drop it. What else uses its numbers (a choice rolled back, a
 * call by hand over a trunk's number) is read after this, and at the quarters of an hour, in which caps begin anew.
 */
const freshMs = 10_000;
const quarterMs = 900_000;

export function createCallerIds(deps: {
  database: Pick<Database, "db">;
  trunks: () => readonly TrunkSettings[];
  clock: Clock;
  events: EventBus;
}): CallerIds {
  const { database, clock, events } = deps;
  const known = new Map<number, { pool: Pool | undefined; at: number }>();
  let timeZone: Promise<string> | undefined;
  const stops = [
    events.on("settings.changed", () => {
      timeZone = undefined;
    }),
    events.on("trunk.changed", () => known.clear()),
    events.on("caller-ids.changed", ({ poolId }) => void known.delete(poolId)),
  ];

  async function seenAt(ms: number) {
    timeZone ??= readSettings(database.db).then((settings) => settings.timeZone);
    return { at: new Date(ms), timeZone: await timeZone, trunks: deps.trunks() };
  }

  async function poolNow(poolId: number): Promise<Pool | undefined> {
    const now = clock.now();
    let entry = known.get(poolId);
    const sameQuarter = entry && Math.floor(now / quarterMs) === Math.floor(entry.at / quarterMs);
    if (!entry || !sameQuarter || Math.abs(now - entry.at) >= freshMs) {
      const pools = await readPools(database.db, [poolId], await seenAt(now));
      entry = { pool: pools.get(poolId), at: now };
      known.set(poolId, entry);
    }
    return entry.pool;
  }

  async function chooseFrom(
    tx: Tx,
    pool: Pool | undefined,
    asked: readonly AskedOfPool[],
    now: Awaited<ReturnType<typeof seenAt>>,
  ): Promise<[string, CallerIdChoice][]> {
    const later = async () => (pool ? nextRoom(tx, pool, now) : now.at.getTime() + 3_600_000);
    const shown = await numbersShown(tx, asked);
    const withShown = asked.map((call) => ({
      ...call,
      shown: [...new Set([...(shown.get(call.callId) ?? []), ...call.avoid])],
      other: call.avoid.length > 0,
    }));
    const choices = pool ? chooseCallerIds(pool, withShown, now.at.getTime()) : asked.map(() => null);
    if (pool) await saveTurns(tx, pool);
    const retryAt = choices.includes(null) ? await later() : 0;
    return asked.map(({ callId }, i): [string, CallerIdChoice] => {
      const chosen = choices[i] ?? null;
      return [callId, chosen ? { chosen } : { chosen, retryAt }];
    });
  }

  return {
    async choose(tx, asked, at) {
      const ids = [...new Set(asked.map((call) => call.poolId))];
      if (ids.length === 0) return new Map();
      const now = await seenAt(at);
      await lockPools(tx, ids);
      const pools = await readPools(tx, ids, now);
      const choices: [string, CallerIdChoice][] = [];
      for (const id of ids) {
        known.set(id, { pool: pools.get(id), at: clock.now() });
        const own = asked.filter((call) => call.poolId === id);
        choices.push(...(await chooseFrom(tx, pools.get(id), own, now)));
      }
      return new Map(choices);
    },
    async count(tx, shown, at) {
      await countUses(tx, shown, await seenAt(at));
    },
    async room(poolId, trunkIds) {
      const pool = await poolNow(poolId);
      return pool ? roomOfPool(pool, trunkIds, clock.now()) : 0;
    },
    async roomFrom(poolId) {
      const now = await seenAt(clock.now());
      const pool = await poolNow(poolId);
      return pool ? nextRoom(database.db, pool, now) : now.at.getTime() + 3_600_000;
    },
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
