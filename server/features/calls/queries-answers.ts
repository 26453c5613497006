import { sql } from "kysely";
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { AnswerCount } from "../lists/index.ts";

const counts = sql`coalesce(phone_kind, 'other') as kind, local_slot as slot, count(*)::integer as attempts,
  (count(*) filter (where answered_at is not null))::integer as answered`;
const counted = sql`direction = 'outbound' and dialled_at is not null and local_slot is not null
  and state = 'closed' and origin <> 'test'`;

/** Attempts and answers of a campaign since then, straight from its calls. */
export async function countAnswers(db: Db, campaignId: number, since: Date): Promise<AnswerCount[]> {
  const { rows } = await sql<AnswerCount & { kind: PhoneKind }>`
    select ${counts} from calls where campaign_id = ${campaignId} and planned_at >= ${since} and ${counted}
    group by 1, 2 order by 2, 1`.execute(db);
  return rows;
}

/** Campaigns that dialled since then and whose rates are to be counted anew. */
export async function campaignsWithRules(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from campaigns where deleted_at is null and status in ('running', 'paused')
      and jsonb_path_exists(retries, '$.*.when ? (@ == "best-time")') order by id`.execute(db);
  return rows.map((row) => row.id);
}

export async function saveAnswerCounts(
  tx: Tx,
  campaignId: number,
  learned: readonly AnswerCount[],
): Promise<void> {
  await sql`delete from answer_rates where campaign_id = ${campaignId}`.execute(tx);
  await sql`
    insert into answer_rates (campaign_id, kind, slot, attempts, answered)
    select ${campaignId}, kind, slot, attempts, answered
    from jsonb_to_recordset(${JSON.stringify(learned)}::jsonb)
      as r (kind text, slot smallint, attempts integer, answered integer)`.execute(tx);
}
