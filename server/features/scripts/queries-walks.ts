import { sql } from "kysely";
import { answersOnPath, scriptPageOf } from "../../../shared/script-machine.ts";
import type { CallScript, ScriptInForce, ScriptVersion, ScriptWalk } from "../../../shared/scripts.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** The version a call walks; undefined: nothing was said or written yet. */
export async function scriptOfWalk(db: Db, callId: string): Promise<ScriptInForce | undefined> {
  const { rows } = await sql<ScriptInForce>`
    select s.id, w.version_id as "versionId", s.name, s.kind
    from script_walks w join scripts s on s.id = w.script_id where w.call_id = ${callId}`.execute(db);
  return rows[0];
}

export async function walkOf(db: Db, callId: string): Promise<ScriptWalk | undefined> {
  const { rows } = await sql<ScriptWalk>`
    select page_id as "pageId", trail,
      (select coalesce(jsonb_object_agg(a.question, a.value), '{}') from script_answers a
        where a.call_id = w.call_id) as answers
    from script_walks w where call_id = ${callId}`.execute(db);
  return rows[0];
}

/** Position and answers as they now are, whole: what is sent again or late by a lost network does no harm. */
export async function saveWalk(
  tx: Tx,
  save: { callId: string; version: ScriptVersion; walk: ScriptWalk; userId: number; at: Date },
): Promise<void> {
  const { callId, version, walk, userId, at } = save;
  const page = scriptPageOf(version.document, walk.pageId)!;
  const onPath = answersOnPath(version.document, walk);
  const rows = Object.entries(walk.answers).map(([question, value]) => ({
    question,
    value,
    on_path: question in onPath,
  }));
  await sql`
    insert into script_walks (call_id, script_id, version_id, page_id, trail, complete, started_at, updated_at)
    values (${callId}, ${version.scriptId}, ${version.id}, ${walk.pageId}, ${walk.trail},
      ${page.end ? page.end.complete : null}::boolean, ${at}, ${at})
    on conflict (call_id) do update set page_id = excluded.page_id, trail = excluded.trail,
      complete = excluded.complete, updated_at = excluded.updated_at`.execute(tx);
  await sql`delete from script_answers where call_id = ${callId}
    and question <> all(${rows.map((row) => row.question)}::text[])`.execute(tx);
  await sql`
    insert into script_answers as a (call_id, question, value, on_path, answered_at, answered_by)
    select ${callId}, given.question, given.value, given.on_path, ${at}, ${userId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (question text, value jsonb, on_path boolean)
    on conflict (call_id, question) do update set value = excluded.value, on_path = excluded.on_path,
      answered_at = case when a.value = excluded.value then a.answered_at else excluded.answered_at end,
      answered_by = case when a.value = excluded.value then a.answered_by else excluded.answered_by end
    where a.value <> excluded.value or a.on_path <> excluded.on_path`.execute(tx);
}

type StoredAnswer = Omit<CallScript["answers"][number], "at"> & { at: Date };

/** What was asked and answered on a call, for its page. */
export async function scriptOfCall(db: Db, callId: string): Promise<CallScript | undefined> {
  const { rows } = await sql<Omit<CallScript, "answers">>`
    select w.script_id as "scriptId", w.version_id as "versionId", s.name, s.kind, v.number, v.document,
      w.page_id as "pageId", w.trail, w.complete
    from script_walks w join script_versions v on v.id = w.version_id join scripts s on s.id = w.script_id
    where w.call_id = ${callId}`.execute(db);
  if (!rows[0]) return undefined;
  const answers = await sql<StoredAnswer>`
    select question, value, answered_at as at, on_path as "onPath"
    from script_answers where call_id = ${callId} order by answered_at, question`.execute(db);
  return {
    ...rows[0],
    answers: answers.rows.map((answer) => ({ ...answer, at: answer.at.toISOString() })),
  };
}
