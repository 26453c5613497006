import type { CallerIdPoolInput } from "../../../shared/caller-ids.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { readSettings } from "../settings/index.ts";
import { allTrunkSettings } from "../trunks/index.ts";
import {
  deletePool,
  insertPool,
  type PoolRecord,
  poolOf,
  poolProblems,
  poolRecords,
  savePoolNumbers,
  updatePool,
} from "./queries.ts";

export async function requirePool(db: Db, id: number): Promise<PoolRecord> {
  const [pool] = await poolRecords(db, id);
  if (!pool) throw notFound("caller-id pool", id);
  return pool;
}

/** The pool of a number; 404 for a number of none. */
export async function requirePoolOf(db: Db, number: string): Promise<number> {
  const poolId = await poolOf(db, number);
  if (poolId === undefined) throw notFound("caller ID", number);
  return poolId;
}

function refuse(code: string, wrong: readonly string[], message: string, detail = {}): void {
  if (wrong.length === 0) return;
  const numbers = wrong.join(", ");
  throw invalid(code, `${message}: ${numbers}.`, { numbers, ...detail });
}

/**
 * Errors: `caller-id-pool-name-taken` 409; 422 with `detail.numbers`: `caller-id-repeated` (twice in this pool),
 * `caller-id-elsewhere` (`detail.pool` has it), `caller-id-no-trunk` (no trunk lists it, so no carrier would show it).
 */
async function check(db: Db, input: CallerIdPoolInput, id = 0): Promise<void> {
  const numbers = input.numbers.map((number) => number.number);
  const { nameTaken, elsewhere } = await poolProblems(db, input, id);
  if (nameTaken)
    throw conflict("caller-id-pool-name-taken", `A pool is called ${input.name} already.`, {
      name: input.name,
    });
  const repeated = [...new Set(numbers.filter((number, i) => numbers.indexOf(number) !== i))];
  refuse("caller-id-repeated", repeated, "These numbers stand twice in the pool");
  refuse(
    "caller-id-elsewhere",
    elsewhere.map((found) => found.number),
    "These numbers are in another pool",
    { pool: elsewhere[0]?.pool },
  );
  const shown = new Set((await allTrunkSettings(db)).flatMap((trunk) => trunk.callerIds));
  const all = input.fallback === null ? numbers : [...numbers, input.fallback];
  refuse(
    "caller-id-no-trunk",
    all.filter((number) => !shown.has(number)),
    "No trunk may show these numbers; add them to a trunk first",
  );
}

async function save(tx: Tx, id: number, input: CallerIdPoolInput, at: Date): Promise<PoolRecord> {
  const { timeZone } = await readSettings(tx);
  await savePoolNumbers(tx, id, input.numbers, { at, timeZone });
  return requirePool(tx, id);
}

export async function createPool(tx: Tx, input: CallerIdPoolInput, at: Date): Promise<PoolRecord> {
  await check(tx, input);
  return save(tx, await insertPool(tx, input), input, at);
}

export async function changePool(
  tx: Tx,
  id: number,
  input: CallerIdPoolInput,
  at: Date,
): Promise<PoolRecord> {
  await requirePool(tx, id);
  await check(tx, input, id);
  await updatePool(tx, id, input);
  return save(tx, id, input, at);
}

/** Errors: `caller-id-pool-in-use` 409 while campaigns show its numbers. */
export async function removePool(tx: Tx, id: number): Promise<PoolRecord> {
  const pool = await requirePool(tx, id);
  if (pool.campaigns.length > 0) {
    const names = pool.campaigns.map((campaign) => campaign.name).join(", ");
    throw conflict("caller-id-pool-in-use", `Campaigns show its numbers: ${names}.`, { campaigns: names });
  }
  await deletePool(tx, id);
  return pool;
}
