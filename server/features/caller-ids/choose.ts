/** Which number a call shows. Pure: the pool as it stands in, choices and the pool after them out. */
import type { CallerIdStatus, Rotation } from "../../../shared/caller-ids.ts";
import { localityOf, type Place, placeOf } from "./locality.ts";

export interface PoolNumber {
  place: Place;
  enabled: boolean;
  /** Enabled trunks that may show it. */
  trunkIds: readonly number[];
  prefixes: readonly string[];
  /** Null: no cap. */
  maxPerHour: number | null;
  maxPerDay: number | null;
  usedThisHour: number;
  usedToday: number;
  /** ms; null: it does not rest. */
  restUntil: number | null;
  /** The pool's turn at which it was chosen last; 0: never. */
  turn: number;
  alarmed: boolean;
}

export interface Pool {
  id: number;
  rotation: Rotation;
  localPresence: boolean;
  sticky: boolean;
  turn: number;
  fallback: { number: string; trunkIds: readonly number[] } | null;
  numbers: PoolNumber[];
}

export interface Asked {
  callId: string;
  /** E.164. */
  phone: string;
  /** Trunks the call may take. */
  trunkIds: readonly number[];
  /** Numbers this person was shown before, the latest first. */
  shown: readonly string[];
  /** One that this person was not shown yet, if there is any. */
  other: boolean;
}

export interface Chosen {
  callId: string;
  number: string;
  /** Those of the asked trunks that may show it, in their order. */
  trunkIds: number[];
  /** `kept`: shown before; `local`: of the person's area; `turn`: by rotation; `fallback`: the pool had none left. */
  why: "kept" | "local" | "turn" | "fallback";
}

/** How many more calls may show the number now: Infinity without caps. */
export function roomOf(number: PoolNumber, now: number): number {
  if (!number.enabled || (number.restUntil !== null && number.restUntil > now)) return 0;
  const hour = (number.maxPerHour ?? Infinity) - number.usedThisHour;
  const day = (number.maxPerDay ?? Infinity) - number.usedToday;
  return Math.max(0, Math.min(hour, day));
}

export function statusOf(number: PoolNumber, now: number): CallerIdStatus {
  if (!number.enabled) return "off";
  if (number.trunkIds.length === 0) return "no-trunk";
  if (number.restUntil !== null && number.restUntil > now) return "resting";
  if (number.usedToday >= (number.maxPerDay ?? Infinity)) return "day-cap";
  if (number.usedThisHour >= (number.maxPerHour ?? Infinity)) return "hour-cap";
  return number.alarmed ? "alarm" : "ready";
}

const common = (wanted: readonly number[], able: readonly number[]) =>
  wanted.filter((id) => able.includes(id));

/** Calls over these trunks that the pool can give a number now; Infinity without caps or with a fallback. */
export function roomOfPool(pool: Pool, trunkIds: readonly number[], now: number): number {
  if (pool.fallback && common(trunkIds, pool.fallback.trunkIds).length > 0) return Infinity;
  return pool.numbers
    .filter((number) => common(trunkIds, number.trunkIds).length > 0)
    .reduce((sum, number) => sum + roomOf(number, now), 0);
}

/** Smaller comes first; a number breaks the last tie, so that the order is one. */
function rankOf(pool: Pool, asked: Asked, called: Place, number: PoolNumber): (number | string)[] {
  const shown = asked.shown.indexOf(number.place.number);
  const seen = asked.other
    ? // Not shown yet, else the one that was shown longest ago.
      shown < 0
      ? -1
      : asked.shown.length - shown
    : pool.sticky && shown >= 0
      ? shown
      : asked.shown.length;
  const near = pool.localPresence ? -localityOf(number.place, number.prefixes, called) : 0;
  const used = number.usedToday / (number.maxPerDay ?? 1);
  return [seen, near, ...(pool.rotation === "least-used" ? [used] : []), number.turn, number.place.number];
}

function isBefore(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

function whyOf(pool: Pool, asked: Asked, called: Place, number: PoolNumber): Chosen["why"] {
  if (!asked.other && pool.sticky && asked.shown.includes(number.place.number)) return "kept";
  return pool.localPresence && localityOf(number.place, number.prefixes, called) > 100 ? "local" : "turn";
}

function chooseOne(pool: Pool, asked: Asked, now: number): Chosen | null {
  const called = placeOf(asked.phone);
  let best: { number: PoolNumber; rank: (number | string)[] } | undefined;
  for (const number of pool.numbers) {
    if (roomOf(number, now) < 1 || common(asked.trunkIds, number.trunkIds).length === 0) continue;
    const rank = rankOf(pool, asked, called, number);
    if (!best || isBefore(rank, best.rank)) best = { number, rank };
  }
  const { callId } = asked;
  if (!best) {
    const trunkIds = common(asked.trunkIds, pool.fallback?.trunkIds ?? []);
    return pool.fallback && trunkIds.length > 0
      ? { callId, number: pool.fallback.number, trunkIds, why: "fallback" }
      : null;
  }
  const { number } = best;
  const why = whyOf(pool, asked, called, number);
  number.usedThisHour++;
  number.usedToday++;
  number.turn = ++pool.turn;
  return { callId, number: number.place.number, trunkIds: common(asked.trunkIds, number.trunkIds), why };
}

/**
 * A number for each call, in order; null where the pool has none left that one of its trunks may show. `pool` is
 * counted on.
 *
 * Calls keep the number their person saw before (`sticky`); else, or when it has reached its cap, the nearest comes
 * first (`localPresence`), and among equally near ones the rotation decides. A person who is to see another number
 * (`other`) gets one they did not see, else the one they saw longest ago.
 */
export function chooseCallerIds(pool: Pool, asked: readonly Asked[], now: number): (Chosen | null)[] {
  return asked.map((call) => chooseOne(pool, call, now));
}
