import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { CallOrigin, Outcome } from "../../../shared/calls.ts";
import type { Db } from "../../kernel/db.ts";

export interface ExportedCall {
  id: string;
  planned_at: Date;
  direction: string;
  origin: CallOrigin;
  outcome: Outcome | null;
  cause: string | null;
  sip_status: number | null;
  name: string;
  phone: string;
  caller_id: string | null;
  answered_at: Date | null;
  connected_at: Date | null;
  ended_at: Date | null;
  note: string;
  mos: number | null;
  campaign: string | null;
  list: string | null;
  agent: string | null;
  trunk: string | null;
  disposition: string | null;
}

const batch = 2_000;

/** Calls of a filter, newest first, read in batches behind the last row: memory does not grow with their number. */
export async function* readCalls(
  db: Db,
  conditions: readonly RawBuilder<SqlBool>[],
): AsyncGenerator<ExportedCall> {
  let behind: RawBuilder<SqlBool> = sql`true`;
  for (;;) {
    const { rows } = await sql<ExportedCall>`
      select calls.id, calls.planned_at, calls.direction, calls.origin, calls.outcome, calls.cause, calls.sip_status,
        calls.name, calls.phone, calls.caller_id, calls.answered_at, calls.connected_at, calls.ended_at, calls.note,
        calls.mos,
        campaigns.name as campaign, lists.name as list, users.name as agent, trunks.name as trunk,
        dispositions.label as disposition
      from calls
        left join campaigns on campaigns.id = calls.campaign_id
        left join lists on lists.id = calls.list_id
        left join users on users.id = calls.agent_user_id
        left join trunks on trunks.id = calls.trunk_id
        left join dispositions on dispositions.id = calls.disposition_id
      where ${sql.join([...conditions, behind], sql` and `)}
      order by calls.planned_at desc, calls.id desc limit ${batch}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    // A Date has milliseconds, the column microseconds: the row itself is asked for its place.
    behind = sql`(calls.planned_at, calls.id) <
      (select last.planned_at, last.id from calls as last where last.id = ${last.id})`;
  }
}
