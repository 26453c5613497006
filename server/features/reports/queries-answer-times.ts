import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { AnswerTimes } from "../../../shared/reports.ts";
import type { Db } from "../../kernel/db.ts";
import { counted } from "../calls/index.ts";

/** Calls that meet `conditions`, by the hour of the called person's week in which they were placed. */
export async function countAnswerTimes(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
): Promise<AnswerTimes["cells"]> {
  const { rows } = await sql<AnswerTimes["cells"][number]>`
    select local_slot as slot, count(*) as dialled,
      count(*) filter (where ${counted.answered}) as answered,
      count(*) filter (where ${counted.connected}) as connected
    from calls
    where ${sql.join([...conditions, counted.dialled, sql`local_slot is not null`], sql` and `)}
    group by local_slot order by local_slot`.execute(db);
  return rows;
}
