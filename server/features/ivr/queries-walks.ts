import { type Insertable, sql } from "kysely";
import type { IvrStatistics } from "../../../shared/ivr/flow.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Tables } from "../../kernel/tables.ts";
import "./tables.ts";

export async function insertVisit(tx: Tx, visit: Insertable<Tables["ivr_visits"]>): Promise<void> {
  await tx.insertInto("ivr_visits").values(visit).execute();
}

export async function insertRating(tx: Tx, rating: Insertable<Tables["ivr_ratings"]>): Promise<void> {
  await tx.insertInto("ivr_ratings").values(rating).execute();
}

export async function insertFact(tx: Tx, fact: Insertable<Tables["ivr_facts"]>): Promise<void> {
  await tx.insertInto("ivr_facts").values(fact).execute();
}

/** Visits of a flow's blocks, whatever version, by callers who entered them since then. */
export async function statisticsOf(db: Db, flowId: number, since: Date): Promise<IvrStatistics> {
  const [blocks, calls] = await Promise.all([
    sql<IvrStatistics["blocks"][number]>`
      select block_id as "blockId", sum(visits)::integer as visits,
        jsonb_object_agg(exit, visits) as exits, (sum(ms) / sum(visits))::integer as "meanMs"
      from (select block_id, exit, count(*) as visits, sum(extract(epoch from left_at - entered_at) * 1000) as ms
        from ivr_visits where flow_id = ${flowId} and entered_at >= ${since} group by block_id, exit) v
      group by block_id order by block_id`.execute(db),
    sql<{ calls: number }>`select count(distinct call_id)::integer as calls from ivr_visits
      where flow_id = ${flowId} and entered_at >= ${since}`.execute(db),
  ]);
  return { calls: calls.rows[0]!.calls, blocks: blocks.rows };
}
