import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { MessageResults } from "../../../shared/broadcasts.ts";
import type { Db } from "../../kernel/db.ts";
import { messageFigure as figure, messageSecond } from "../calls/index.ts";

const count = (condition: RawBuilder<SqlBool>) => sql`count(*) filter (where ${condition})::integer`;

/** What became of the recorded messages of the calls under these conditions: one line of `call_events` for each. */
export async function countMessages(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
): Promise<MessageResults> {
  const { rows } = await sql<MessageResults>`
    with messages as materialized (
      select m.data from calls join call_events m on m.call_id = calls.id and m.type = 'message-ended'
      where ${sql.join(conditions, sql` and `)}
    ),
    keys as (
      select coalesce(m.data->>'keys', '') as keys, coalesce(max(m.data->>'label'), '') as label,
        count(*)::integer as calls
      from messages m where ${figure.calls} or m.data->>'keys' is not null group by 1
    ),
    seconds as (
      select ${messageSecond} as second, count(*)::integer as calls from messages m
      where ${figure.cut} group by 1
    )
    select ${count(figure.calls)} as calls, ${count(figure.heard)} as heard, ${count(figure.cut)} as cut,
      ${count(figure.machines)} as machines, ${count(figure.left)} as left,
      ${count(figure["opt-outs"])} as "optOuts", ${count(figure.callbacks)} as callbacks,
      ${count(figure.transfers)} as transfers, ${count(figure.connected)} as connected,
      (select coalesce(jsonb_agg(to_jsonb(k) order by k.calls desc, k.keys), '[]') from keys k) as keys,
      (select coalesce(jsonb_agg(to_jsonb(s) order by s.second), '[]') from seconds s) as seconds
    from messages m`.execute(db);
  return rows[0]!;
}
