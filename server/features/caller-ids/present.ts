import type { CallerIdPoolDetail, CallerIdPoolRow, CallerIdRow } from "../../../shared/caller-ids.ts";
import type { Db } from "../../kernel/db.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { readSettings } from "../settings/index.ts";
import { allTrunkSettings } from "../trunks/index.ts";
import { areaOf } from "./areas.ts";
import { roomOfPool, statusOf } from "./choose.ts";
import { numberRecords, type PoolRecord, poolRecords } from "./queries.ts";
import { readPools } from "./queries-choose.ts";
import { numberDays } from "./queries-watch.ts";
import { requirePool } from "./save-pool.ts";
import { poolDrift, windowDays } from "./watch.ts";

const factsOf = (pool: PoolRecord) => ({
  id: pool.id,
  name: pool.name,
  note: pool.note,
  rotation: pool.rotation,
  localPresence: pool.local_presence,
  sticky: pool.sticky,
  maxPerHour: pool.max_per_hour,
  maxPerDay: pool.max_per_day,
  fallback: pool.fallback,
  alarmP: Number(pool.alarm_p.toFixed(6)),
  restOnAlarm: pool.rest_on_alarm,
  restDays: pool.rest_days,
  campaigns: pool.campaigns,
});

async function standing(db: Db, ids: readonly number[], now: number) {
  const [{ timeZone }, trunks] = await Promise.all([readSettings(db), allTrunkSettings(db)]);
  const at = new Date(now);
  return { timeZone, trunks, at, pools: await readPools(db, ids, { at, timeZone, trunks }) };
}

export async function listPools(db: Db, now: number): Promise<CallerIdPoolRow[]> {
  const records = await poolRecords(db);
  const { pools, trunks } = await standing(
    db,
    records.map((record) => record.id),
    now,
  );
  return records.map((record) => {
    const pool = pools.get(record.id)!;
    const statuses = pool.numbers.map((number) => statusOf(number, now));
    const usable = pool.numbers.map((number) => ({ ...number, maxPerHour: null, usedThisHour: 0 }));
    const left = roomOfPool(
      { ...pool, fallback: null, numbers: usable },
      trunks.map((trunk) => trunk.id),
      now,
    );
    return {
      ...factsOf(record),
      numbers: pool.numbers.length,
      ready: statuses.filter((status) => status === "ready" || status === "alarm").length,
      resting: statuses.filter((status) => status === "resting").length,
      alarms: pool.numbers.filter((number) => number.alarmed).length,
      usedToday: pool.numbers.reduce((sum, number) => sum + number.usedToday, 0),
      leftToday: Number.isFinite(left) ? left : null,
    };
  });
}

export async function poolDetail(db: Db, id: number, now: number): Promise<CallerIdPoolDetail> {
  const record = await requirePool(db, id);
  const { pools, trunks, timeZone, at } = await standing(db, [id], now);
  const pool = pools.get(id)!;
  const [rows, days, drifts] = await Promise.all([
    numberRecords(db, id),
    numberDays(db, id, { at, timeZone, days: windowDays }),
    poolDrift(db, id, now),
  ]);
  const numbers = rows.map((row): CallerIdRow => {
    const number = pool.numbers.find((n) => n.place.number === row.number)!;
    const area = areaOf(row.number);
    return {
      number: row.number,
      enabled: row.enabled,
      maxPerHour: row.max_per_hour,
      maxPerDay: row.max_per_day,
      prefixes: row.prefixes,
      status: statusOf(number, now),
      restUntil: row.rest_until && row.rest_until > at ? row.rest_until.toISOString() : null,
      trunks: trunks
        .filter((trunk) => trunk.callerIds.includes(row.number))
        .map(({ id, name, enabled }) => ({ id, name, enabled })),
      country: parsePhone(row.number, "CN")?.country ?? null,
      area: area?.region ?? area?.area ?? null,
      usedThisHour: number.usedThisHour,
      usedToday: number.usedToday,
      capPerHour: number.maxPerHour,
      capPerDay: number.maxPerDay,
      days: days
        .filter((day) => day.number === row.number)
        .map(({ day, rated, answered }) => ({ day, rated, answered })),
      drift: drifts.get(row.number) ?? null,
      alarm: row.alarm,
    };
  });
  return { ...factsOf(record), numbers };
}
