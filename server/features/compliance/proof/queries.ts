import { sql } from "kysely";
import { advisoryLocks } from "../../../kernel/advisory-locks.ts";
import type { Db, Tx } from "../../../kernel/db.ts";
import type { SealedRow } from "./chain.ts";
import "./tables.ts";

/** One sealer at a time; false: another is at it. */
export async function takeSealLock(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${advisoryLocks.seals}::bigint) as taken`.execute(tx);
  return rows[0]!.taken;
}

/** Takes committed decisions out of the queue, the oldest first. */
export async function takeUnsealed(tx: Tx, limit: number): Promise<number[]> {
  const { rows } = await sql<{ decision_id: number }>`
    delete from unsealed_decisions where decision_id in (
      select decision_id from unsealed_decisions order by decision_id limit ${limit}
    ) returning decision_id`.execute(tx);
  return rows.map((row) => row.decision_id).sort((a, b) => a - b);
}

/** By id; one that is gone is left out. */
export async function readDecisions(db: Db, ids: readonly number[]): Promise<Map<number, SealedRow>> {
  const { rows } = await sql<SealedRow>`
    select id, call_id as "callId", at, allowed, reasons::text as reasons, facts::text as facts,
      rules_version as "rulesVersion"
    from decisions where id = any(${ids}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Seal {
  id: number;
  at: Date;
  decision_ids: number[];
  row_hashes: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
}

/** The driver gives the elements of a `bigint[]` as text. */
const present = (row: Seal): Seal => ({ ...row, decision_ids: row.decision_ids.map(Number) });

export async function lastSeal(db: Db): Promise<Seal | undefined> {
  const row = await db
    .selectFrom("decision_seals")
    .selectAll()
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && present(row);
}

export async function findSeal(db: Db, id: number): Promise<Seal | undefined> {
  const row = await db.selectFrom("decision_seals").selectAll().where("id", "=", id).executeTakeFirst();
  return row && present(row);
}

export async function insertSeal(tx: Tx, seal: Omit<Seal, "id">): Promise<void> {
  await tx.insertInto("decision_seals").values(seal).execute();
}

export async function sealsAfter(db: Db, id: number, limit: number): Promise<Seal[]> {
  const rows = await db
    .selectFrom("decision_seals")
    .selectAll()
    .where("id", ">", id)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(present);
}

export interface SealCounts {
  /** null: not asked for. */
  decisions: number | null;
  sealed: number;
  waiting: number;
  /** When the oldest decision that waits was made. */
  waitingSince: Date | null;
}

/**
 * In one snapshot, so that the three numbers agree while decisions are made. To count `all` decisions takes the longest,
 * as long as they are many.
 */
export async function sealCounts(db: Db, { all }: { all: boolean }): Promise<SealCounts> {
  const { rows } = await sql<SealCounts>`
    select ${all ? sql`(select count(*) from decisions)` : sql`null::bigint`} as decisions,
      (select coalesce(sum(cardinality(decision_ids)), 0)::bigint from decision_seals) as sealed,
      (select count(*) from unsealed_decisions) as waiting,
      (select min(d.at) from unsealed_decisions u join decisions d on d.id = u.decision_id) as "waitingSince"
    `.execute(db);
  return rows[0]!;
}
