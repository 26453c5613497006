import { sql } from "kysely";
import type {
  FollowUpRow,
  SurveyGroup,
  SurveyReportRow,
  SurveyResult,
  SurveyTrendRow,
} from "../../../shared/surveys.ts";
import type { Db } from "../../kernel/db.ts";
import "./tables.ts";

export interface ResultSpan {
  /** Days, both included, on the clock of `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
  by: SurveyGroup;
  surveyId: number | null;
  /** Who sees: their agents; "all": everybody's. */
  agents: "all" | readonly number[];
}

const inSpan = ({ from, to, timeZone }: ResultSpan, column: "r.asked_at" | "i.entered_at") => sql`
  ${sql.ref(column)} >= ${from}::timestamp at time zone ${timeZone}
  and ${sql.ref(column)} < (${to}::date + 1)::timestamp at time zone ${timeZone}`;

const idOf = {
  agent: sql`r.agent_user_id`,
  queue: sql`r.queue_id`,
  campaign: sql`r.campaign_id`,
  flow: sql`null::int`,
};

const ofSurveys = (span: ResultSpan) => sql`${inSpan(span, "r.asked_at")}
  and (${span.surveyId}::int is null or r.survey_id = ${span.surveyId}::int)
  and (${span.agents === "all"} or r.agent_user_id = any(${span.agents === "all" ? [] : span.agents}::int[]))`;

/** Answers to surveys by their agent, queue or campaign; of flows, each visit of a block that asks for a score. */
const results = (span: ResultSpan) =>
  span.by === "flow"
    ? sql`select i.flow_id as id, i.call_id, i.entered_at as asked_at, r.score, 1 as lowest, r.scale as highest,
          case when r.score is null then 'refused' else 'answered' end as how, null::text as survey,
          null::int as agent_user_id, case when r.score is null then '[]' else jsonb_build_array(r.score) end as answers
        from ivr_visits i left join lateral (select score, scale from ivr_ratings r where r.call_id = i.call_id
          and r.flow_id = i.flow_id and r.block_id = i.block_id and i.exit = 'rated' limit 1) r on true
        where i.kind = 'satisfaction' and ${inSpan(span, "i.entered_at")}
          and ${span.agents === "all" && span.surveyId === null}`
    : sql`select ${idOf[span.by]} as id, r.call_id, r.asked_at, (r.answers ->> 0)::int as score,
          (s.questions -> 0 ->> 'min')::int as lowest, (s.questions -> 0 ->> 'max')::int as highest, r.how,
          s.name as survey, r.agent_user_id, r.answers
        from survey_results r join surveys s on s.id = r.survey_id where ${ofSurveys(span)}`;

const nameOf = ({ by }: ResultSpan) => sql`coalesce(case ${by}::text
  when 'agent' then (select name from users where id = r.id) when 'queue' then (select name from queues where id = r.id)
  when 'flow' then (select name from ivr_flows where id = r.id) else (select name from campaigns where id = r.id) end, '')`;

/** 0 for the lowest key, 1 for the highest: scales of any length side by side. */
const index = sql`avg((score - lowest)::float8 / nullif(highest - lowest, 0))`;

/** By agent, queue, campaign or flow, by name. */
export async function surveyReport(db: Db, span: ResultSpan): Promise<SurveyReportRow[]> {
  const { rows } = await sql<SurveyReportRow>`
    with results as materialized (${results(span)}), counted as (
      select id, jsonb_object_agg(score, times) as counts
      from (select id, score, count(*) as times from results where score is not null group by id, score) s group by id
    )
    select r.id, ${nameOf(span)} as name, count(*)::int as asked, count(score)::int as rated,
      (count(*) filter (where how = 'refused'))::int as refused, avg(score)::float8 as mean, ${index} as index,
      coalesce((select counts from counted c where c.id is not distinct from r.id), '{}') as counts
    from results r group by r.id order by name, r.id`.execute(db);
  return rows;
}

/** The same by day, of those who were rated. */
export async function surveyTrend(db: Db, span: ResultSpan): Promise<SurveyTrendRow[]> {
  const { rows } = await sql<SurveyTrendRow>`
    with results as (${results(span)}), days as (
      select id, to_char(asked_at at time zone ${span.timeZone}, 'YYYY-MM-DD') as day, count(*)::int as rated, ${index} as index
      from results where score is not null group by 1, 2
    )
    select r.id, ${nameOf(span)} as name, r.day, r.rated, r.index from days r where r.index is not null
    order by r.day, name, r.id`.execute(db);
  return rows;
}

/** Answers to the questions after the first, by survey; which were asked follows from the score (`survey-machine.ts`). */
export async function followUps(db: Db, span: ResultSpan): Promise<FollowUpRow[]> {
  const { rows } = await sql<FollowUpRow>`
    select survey_id as "surveyId", survey, number::int as number, text, sum(times)::int as answered,
      jsonb_object_agg(answer, times) as counts
    from (
      select r.survey_id, s.name as survey, q.number, q.question ->> 'text' as text, r.answers ->> (q.place - 1) as answer,
        count(*) as times
      from survey_results r join surveys s on s.id = r.survey_id join lateral (
        select number, question, row_number() over (order by number)::int as place
        from jsonb_array_elements(s.questions) with ordinality as q (question, number)
        where number = 1 or question ->> 'onlyUpTo' is null
          or (r.answers ->> 0)::int <= (question ->> 'onlyUpTo')::int) q on true
      where ${ofSurveys(span)} and q.number > 1 and r.answers ->> (q.place - 1) is not null
      group by 1, 2, 3, 4, 5) a
    group by 1, 2, 3, 4 order by survey, 1, 3`.execute(db);
  return rows;
}

/** Single results, the newest first; 500 at most. */
export async function surveyResults(
  db: Db,
  span: ResultSpan,
  { id, rating }: { id: number | null; rating: number | null },
): Promise<SurveyResult[]> {
  const { rows } = await sql<Omit<SurveyResult, "askedAt"> & { askedAt: Date }>`
    with results as (${results(span)})
    select r.call_id as "callId", coalesce(r.survey, '') as survey, u.name as agent, r.asked_at as "askedAt", r.how, r.answers
    from results r left join users u on u.id = r.agent_user_id
    where (${id}::int is null or r.id = ${id}::int) and (${rating}::int is null or r.score = ${rating}::int)
    order by r.asked_at desc, r.call_id desc limit 500`.execute(db);
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }));
}
