import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";

/** Of a caller, what rules may ask for. */
export interface CallerRecord {
  customerId: number | null;
  name: string | null;
  vip: number;
  fields: Record<string, string>;
  listIds: number[];
}

/** Whose number this is, and on which lists it stands; `phone` in E.164. */
export async function callerRecord(db: Db, phone: string): Promise<CallerRecord> {
  const { rows } = await sql<CallerRecord>`
    select c.id as "customerId", c.name, coalesce(c.vip, 0) as vip, coalesce(c.fields, '{}') as fields,
      coalesce((select array_agg(distinct list_id) from leads where phone = n.phone), '{}') as "listIds"
    from (values (${phone})) as n (phone)
      left join customer_phones p on p.phone = n.phone left join customers c on c.id = p.customer_id
    limit 1`.execute(db);
  return rows[0]!;
}
