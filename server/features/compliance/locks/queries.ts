import { sql } from "kysely";
import type { Db, Tx } from "../../../kernel/db.ts";
import "../tables.ts";

export interface LockRow {
  phone: string;
  reason: string;
  expires_at: Date | null;
  created_at: Date;
  by: string | null;
}

/** Locks that hold at `at`, the longest first. */
export async function locksOn(db: Db, phones: readonly string[], at: Date): Promise<LockRow[]> {
  const { rows } = await sql<LockRow>`
    select d.phone, d.reason, d.expires_at, d.created_at, u.name as by
    from do_not_call d left join users u on u.id = d.created_by
    where d.phone = any(${[...phones]}::text[]) and d.source = 'lock' and d.campaign_id is null
      and (d.expires_at is null or d.expires_at > ${at})
    order by d.expires_at desc nulls first, d.id`.execute(db);
  return rows;
}

/** Returns how many there were; entries that are no locks stay. */
export async function deleteLocks(tx: Tx, phones: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("do_not_call")
    .where("phone", "in", phones)
    .where("source", "=", "lock")
    .where("campaign_id", "is", null)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
