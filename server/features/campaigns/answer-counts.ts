import { sql } from "kysely";
import type { Db } from "../../kernel/db.ts";
import type { AnswerCount } from "../lists/index.ts";

/** What was learned of when the people of a campaign answer, a quarter of an hour old at most. */
export async function answerCounts(db: Db, campaignId: number): Promise<AnswerCount[]> {
  const { rows } = await sql<AnswerCount>`
    select kind, slot, attempts, answered from answer_rates where campaign_id = ${campaignId}`.execute(db);
  return rows;
}
