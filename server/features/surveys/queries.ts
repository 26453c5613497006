import { sql } from "kysely";
import {
  type SurveyDetail,
  type SurveyEnd,
  type SurveyInput,
  surveyQuestion,
  type SurveyReportRow,
  type SurveyResult,
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

export interface ResultSpan {
  /** Days, both included, on the clock of `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
  by: "agent" | "queue" | "campaign";
  surveyId: number | null;
  /** Who sees: their agents; "all": everybody's. */
  agents: "all" | readonly number[];
}

const keyOf = { agent: sql`r.agent_user_id`, queue: sql`r.queue_id`, campaign: sql`r.campaign_id` };

const inSpan = ({ from, to, timeZone, surveyId, agents }: ResultSpan) => sql`
  r.asked_at >= ${from}::timestamp at time zone ${timeZone}
  and r.asked_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
  and (${surveyId}::int is null or r.survey_id = ${surveyId}::int)
  and (${agents === "all"} or r.agent_user_id = any(${agents === "all" ? [] : agents}::int[]))`;

/** Results by agent, queue or campaign, by name. */
export async function surveyReport(db: Db, span: ResultSpan): Promise<SurveyReportRow[]> {
  const { rows } = await sql<SurveyReportRow>`
    with results as (
      select ${keyOf[span.by]} as id, r.how, (r.answers ->> 0)::int as score from survey_results r where ${inSpan(span)}
    ), counted as (
      select id, jsonb_object_agg(score, times) as counts
      from (select id, score, count(*) as times from results where score is not null group by id, score) s group by id
    )
    select r.id, coalesce(case ${span.by}::text when 'agent' then (select name from users where id = r.id)
        when 'queue' then (select name from queues where id = r.id)
        else (select name from campaigns where id = r.id) end, '') as name,
      count(*)::int as asked, count(score)::int as rated, (count(*) filter (where how = 'refused'))::int as refused,
      avg(score)::float8 as mean,
      coalesce((select counts from counted c where c.id is not distinct from r.id), '{}') as counts
    from results r group by r.id order by name, r.id`.execute(db);
  return rows;
}

/** Single results, the newest first; 500 at most. */
export async function surveyResults(
  db: Db,
  span: ResultSpan,
  { id, rating }: { id: number | null; rating: number | null },
): Promise<SurveyResult[]> {
  const { rows } = await sql<Omit<SurveyResult, "askedAt"> & { askedAt: Date }>`
    select r.call_id as "callId", s.name as survey, u.name as agent, r.asked_at as "askedAt", r.how, r.answers
    from survey_results r join surveys s on s.id = r.survey_id left join users u on u.id = r.agent_user_id
    where ${inSpan(span)} and (${id}::int is null or ${keyOf[span.by]} = ${id}::int)
      and (${rating}::int is null or (r.answers ->> 0)::int = ${rating}::int)
    order by r.asked_at desc, r.id desc limit 500`.execute(db);
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }));
}
