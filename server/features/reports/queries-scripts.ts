import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { ScriptDocument } from "../../../shared/scripts.ts";
import type { Db } from "../../kernel/db.ts";
import { scriptFigure } from "../calls/index.ts";

export interface WalkCounts {
  started: number;
  ended: number;
  complete: number;
  meanMs: number | null;
}
/** `row` is empty but for a matrix. */
export interface AnswerCount {
  question: string;
  row: string;
  answer: string;
  calls: number;
}
export interface AnswerCounts {
  walks: WalkCounts;
  /** By question. */
  answered: Map<string, number>;
  counts: AnswerCount[];
  texts: { question: string; callId: string; at: Date; text: string }[];
}

type Conditions = readonly RawBuilder<SqlBool>[];
const walks = (scriptId: number, conditions: Conditions) => sql`walks as materialized (
  select w.* from calls join script_walks w on w.call_id = calls.id
  where w.script_id = ${scriptId} and ${sql.join(conditions, sql` and `)})`;
const count = (condition: RawBuilder<SqlBool>) => sql`count(*) filter (where ${condition})::integer`;

/** Answers on the way that was walked, of the calls under these conditions. `texts`: questions whose answers are not counted but read. */
export async function countAnswers(
  db: Db,
  scriptId: number,
  conditions: Conditions,
  texts: readonly string[],
): Promise<AnswerCounts> {
  const { rows } = await sql<{
    walks: WalkCounts;
    answered: Record<string, number>;
    counts: AnswerCount[];
    texts: { question: string; callId: string; at: string; text: string }[];
  }>`
    with ${walks(scriptId, conditions)},
    given as materialized (
      select a.* from walks w join script_answers a on a.call_id = w.call_id and a.on_path
    ),
    flat as (
      select g.question, one.row, one.answer from given g, lateral (
        select '' as row, g.value #>> '{}' as answer where jsonb_typeof(g.value) in ('string', 'number', 'boolean')
        union all
        select '', e from jsonb_array_elements_text(case jsonb_typeof(g.value) when 'array' then g.value else '[]' end) e
        union all
        select p.key, p.value from jsonb_each_text(case jsonb_typeof(g.value) when 'object' then g.value else '{}' end) p
      ) one where g.question <> all(${[...texts]}::text[]) and one.answer is not null
    ),
    counted as (select question, row, answer, count(*)::integer as calls from flat group by 1, 2, 3),
    ranked as (
      select question, call_id as "callId", answered_at as at, value #>> '{}' as text,
        row_number() over (partition by question order by answered_at desc, call_id) as n
      from given where question = any(${[...texts]}::text[])
    )
    select
      (select jsonb_build_object('started', count(*)::integer, 'ended', ${count(scriptFigure.ended)},
        'complete', ${count(scriptFigure.complete)},
        'meanMs', (avg(extract(epoch from w.updated_at - w.started_at) * 1000)
          filter (where ${scriptFigure.ended}))::double precision) from walks w) as walks,
      (select coalesce(jsonb_object_agg(question, calls), '{}') from
        (select question, count(*)::integer as calls from given group by 1) as by_question) as answered,
      (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from counted c) as counts,
      (select coalesce(jsonb_agg(to_jsonb(r) order by r.n), '[]') from ranked r where r.n <= 50) as texts`.execute(
    db,
  );
  const found = rows[0]!;
  return {
    walks: found.walks,
    answered: new Map(Object.entries(found.answered)),
    counts: found.counts,
    texts: found.texts.map((text) => ({ ...text, at: new Date(text.at) })),
  };
}

/** Every version's pages, the newest first. */
export async function documentsOf(db: Db, scriptId: number): Promise<ScriptDocument[]> {
  const rows = await db
    .selectFrom("script_versions")
    .select("document")
    .where("script_id", "=", scriptId)
    .orderBy("number", "desc")
    .execute();
  return rows.map((row) => row.document);
}

export interface WalkRow {
  callId: string;
  at: Date;
  name: string;
  phone: string;
  agent: string | null;
  campaign: string | null;
  list: string | null;
  number: number;
  complete: boolean | null;
  answers: Record<string, unknown>;
}

const batch = 1_000;

/** Every walk with its answers, in the order of the calls' ids (which grow with time); memory does not grow with their number. */
export async function* readWalks(db: Db, scriptId: number, conditions: Conditions): AsyncGenerator<WalkRow> {
  for (let after = ""; ;) {
    const { rows } = await sql<WalkRow>`
      select calls.id as "callId", calls.planned_at as at, calls.name, calls.phone, u.name as agent,
        ca.name as campaign, l.name as list, v.number, w.complete,
        (select coalesce(jsonb_object_agg(a.question, a.value), '{}') from script_answers a
          where a.call_id = w.call_id and a.on_path) as answers
      from calls join script_walks w on w.call_id = calls.id join script_versions v on v.id = w.version_id
        left join users u on u.id = calls.agent_user_id left join campaigns ca on ca.id = calls.campaign_id
        left join lists l on l.id = calls.list_id
      where w.script_id = ${scriptId} and ${sql.join([...conditions, sql`calls.id > ${after}`], sql` and `)}
      order by calls.id limit ${batch}`.execute(db);
    yield* rows;
    if (rows.length < batch) return;
    after = rows.at(-1)!.callId;
  }
}
