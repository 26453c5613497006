import { sql } from "kysely";
import type { StrayNumber } from "../../../shared/numbers.ts";
import type { Db } from "../../kernel/db.ts";

/**
 * Is this number one of ours: it is led somewhere, or shown by calls of ours. Where no number is led anywhere yet,
 * every number that a carrier brings is.
 */
export async function isOurNumber(db: Db, phone: string): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select not exists (select from inbound_routes)
      or exists (select from inbound_routes where phone = ${phone})
      or exists (select from caller_ids where number = ${phone})
      or exists (select from trunks where ${phone} = any (caller_ids)) as ours`.execute(db);
  return rows[0]!.ours;
}

/** Numbers to which calls came that were refused as leading nowhere, the last first. */
export async function strayNumbers(db: Db, from: Date): Promise<StrayNumber[]> {
  const { rows } = await sql<Omit<StrayNumber, "lastAt"> & { lastAt: Date }>`
    select c.caller_id as phone, count(*)::int as calls, max(c.planned_at) as "lastAt" from calls c
    where c.direction = 'inbound' and c.outcome = 'invalid-number' and c.planned_at >= ${from}
      and c.caller_id is not null
      and not exists (select from inbound_routes r where r.phone = c.caller_id)
    group by c.caller_id order by max(c.planned_at) desc limit 20`.execute(db);
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
}
