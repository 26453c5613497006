import { sql } from "kysely";
import {
  type SurveyDetail,
  type SurveyEnd,
  type SurveyInput,
  surveyQuestion,
} from "../../../shared/surveys.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** All that are not deleted, by name. */
export async function allSurveys(db: Db): Promise<SurveyDetail[]> {
  const { rows } = await sql<SurveyDetail>`
    select s.id, s.name, s.language, s.questions, s.thanks,
      coalesce((select json_agg(json_build_object('queueId', u.queue_id, 'campaignId', u.campaign_id,
        'when', u.asked_when) order by u.queue_id, u.campaign_id) from survey_uses u where u.survey_id = s.id), '[]') as uses
    from surveys s where s.deleted_at is null order by s.name, s.id`.execute(db);
  return rows.map((row) => ({ ...row, questions: row.questions.map((one) => surveyQuestion.parse(one)) }));
}

/** A name that is taken, a queue or campaign that has another survey, and ids that name nothing. */
export async function surveyProblems(db: Db, { name, uses, questions }: SurveyInput, id: number) {
  const queues = uses.flatMap(({ queueId }) => queueId ?? []);
  const campaigns = uses.flatMap(({ campaignId }) => campaignId ?? []);
  const prompts = questions.flatMap(({ promptId }) => promptId ?? []);
  const { rows } = await sql<{ nameTaken: boolean; used: boolean; unknown: boolean }>`
    select exists (select from surveys where name = ${name} and id <> ${id} and deleted_at is null) as "nameTaken",
      exists (select from survey_uses where survey_id <> ${id}
        and (queue_id = any(${queues}::int[]) or campaign_id = any(${campaigns}::int[]))) as used,
      exists (select from unnest(${queues}::int[]) as q (id) where q.id not in (select id from queues))
        or exists (select from unnest(${campaigns}::int[]) as c (id) where c.id not in (select id from campaigns))
        or exists (select from unnest(${prompts}::int[]) as p (id) where p.id not in (select id from prompts)) as unknown`.execute(
    db,
  );
  return rows[0]!;
}

/** Its id; undefined: there is none of this id. `id` null: a new one. */
export async function saveSurvey(
  tx: Tx,
  id: number | null,
  { name, language, questions, thanks, uses }: SurveyInput,
): Promise<number | undefined> {
  const columns = { name, language, thanks, questions: JSON.stringify(questions) };
  const row =
    id === null
      ? await tx
          .insertInto("surveys")
          .values({ ...columns, deleted_at: null })
          .returning("id")
          .executeTakeFirst()
      : await tx
          .updateTable("surveys")
          .set(columns)
          .where("id", "=", id)
          .where("deleted_at", "is", null)
          .returning("id")
          .executeTakeFirst();
  if (!row) return undefined;
  await tx.deleteFrom("survey_uses").where("survey_id", "=", row.id).execute();
  if (uses.length > 0)
    await tx
      .insertInto("survey_uses")
      .values(
        uses.map(({ queueId, campaignId, when }) => ({
          survey_id: row.id,
          queue_id: queueId,
          campaign_id: campaignId,
          asked_when: when,
        })),
      )
      .execute();
  return row.id;
}

/** Its results stay. The name; undefined: there is none. */
export async function deleteSurvey(tx: Tx, id: number, at: Date): Promise<string | undefined> {
  const row = await tx
    .updateTable("surveys")
    .set({ deleted_at: at })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  await tx.deleteFrom("survey_uses").where("survey_id", "=", id).execute();
  return row?.name;
}

export interface NewResult {
  surveyId: number;
  callId: string;
  agentUserId: number | null;
  queueId: number | null;
  campaignId: number | null;
  askedAt: number;
  how: SurveyEnd;
  answers: readonly number[];
}

/** What a customer answered, or that they did not. */
export async function insertResult(tx: Tx, result: NewResult): Promise<void> {
  await tx
    .insertInto("survey_results")
    .values({
      survey_id: result.surveyId,
      call_id: result.callId,
      agent_user_id: result.agentUserId,
      queue_id: result.queueId,
      campaign_id: result.campaignId,
      asked_at: new Date(result.askedAt),
      how: result.how,
      answers: JSON.stringify(result.answers),
    })
    .execute();
}
