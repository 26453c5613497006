import type { WallDay } from "../../../shared/wallboards.ts";
import { parseWallKey } from "../../../shared/wallboards.ts";
import { wallClockOf } from "../../../shared/zoned-time.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { makeShortReport } from "../reports/index.ts";
import { readSettings } from "../settings/index.ts";

export interface DayFigures extends Disposable {
  /** The figures of a key; counted now when nobody watched it before, then anew every few seconds. */
  read(key: string): Promise<WallDay | undefined>;
}

const everyMs = 5_000;
/** Counting takes at most this share of the time, however long a day's calls take to count. */
const workShare = 0.1;

/** The scope of a unit with all below it, or of everybody; of no person. */
export const scopeOfUnit = (unitId: number | null) =>
  ({ userId: 0, orgUnitId: unitId, scope: unitId === null ? "all" : "subtree" }) as const;

async function countDay(db: Db, key: string, now: number): Promise<WallDay | undefined> {
  const asked = parseWallKey(key);
  if (!asked) return undefined;
  const { timeZone } = await readSettings(db);
  const today = wallClockOf(now, timeZone).slice(0, 10);
  const query = {
    from: today,
    to: today,
    ...(asked.campaignId !== null && { campaignId: asked.campaignId }),
  };
  const counted = await makeShortReport(db, scopeOfUnit(asked.unitId), query, now);
  return { ...counted, asOf: new Date(now).toISOString(), isOld: false };
}

interface Entry {
  value: Promise<WallDay | undefined>;
  /** Since it was counted last; a key that nobody reads is counted no more. */
  isRead: boolean;
}

/** One count of each key for all its watchers. `changed` is told after each, also when counting failed. */
export function createDayFigures(deps: {
  db: Db;
  clock: Clock;
  log: Log;
  changed: (key: string) => void;
}): DayFigures {
  const { db, clock, log, changed } = deps;
  const known = new Map<string, Entry>();
  let timer: Timer | undefined;

  async function renew(key: string, entry: Entry): Promise<void> {
    entry.isRead = false;
    const before = await entry.value.catch(() => undefined);
    try {
      const next = await countDay(db, key, clock.now());
      entry.value = Promise.resolve(next);
    } catch (error) {
      log.warn({ err: error, key }, "the day's figures could not be counted");
      entry.value = Promise.resolve(before && { ...before, isOld: true });
    }
    changed(key);
  }

  async function renewAll(): Promise<void> {
    const began = clock.now();
    for (const [key, entry] of known) {
      if (entry.isRead) await renew(key, entry);
      else known.delete(key);
    }
    if (timer) plan(Math.max(everyMs, (clock.now() - began) / workShare));
  }
  const plan = (ms: number) => (timer = clock.after(ms, () => void renewAll()));
  plan(everyMs);

  return {
    read(key) {
      const entry = known.get(key);
      if (entry) {
        entry.isRead = true;
        return entry.value;
      }
      const value = countDay(db, key, clock.now());
      value.catch(() => known.delete(key));
      known.set(key, { value, isRead: true });
      return value;
    },
    [Symbol.dispose]() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
