import { type RawBuilder, sql } from "kysely";
import type { Use } from "../../../shared/uses.ts";
import type { Db } from "../../kernel/db.ts";

type Uses = RawBuilder<Use>;

/** Does the document hold this id where the path leads? In the path `$id` is the id. */
const holds = (document: string, path: string, id: number) =>
  sql<boolean>`jsonb_path_exists(${sql.ref(document)}, ${path}::text::jsonpath, jsonb_build_object('id', ${id}::int))`;

/** Blocks that have the id under this key, at any depth, in the draft or the version in force; a flow's own do not count. */
const ofFlows = (key: "promptId" | "queueId" | "flowId" | "boxId" | "calendarId", id: number): Uses => sql`
  select case when bool_or(d.in_force) then 'flow' else 'flow-draft' end as kind, f.id, f.name,
    coalesce(max(nullif(b.block->>'title', '')), b.block->>'id', '') as place
  from ivr_flows f left join ivr_versions v on v.id = f.version_id
    cross join lateral (values (f.draft, false), (v.document, true)) as d (document, in_force)
    cross join lateral jsonb_array_elements(d.document->'blocks' || coalesce(d.document->'parting', '{}')) as b (block)
  where f.archived_at is null and ${holds("b.block", `$.**.${key} ? (@ == $id)`, id)}
    and ${key === "flowId" ? sql`f.id <> ${id}` : sql`true`}
  group by f.id, f.name, b.block->>'id'`;

const ofNumbers = (
  column: "queue_id" | "flow_id" | "box_id" | "prompt_id" | "calendar_id",
  id: number,
): Uses => sql`
  select 'number' as kind, r.id, coalesce(r.phone, t.name, '') as name, coalesce(r.rule, '') as place
  from inbound_routes r left join trunks t on t.id = r.trunk_id where ${sql.ref(`r.${column}`)} = ${id}`;

const ofQueues = (kind: "queue-waiting" | "queue-overflow", path: string, id: number): Uses => sql`
  select ${kind}::text as kind, id, name, '' as place from queues
  where deleted_at is null and ${holds(kind === "queue-waiting" ? "waiting" : "overflow", path, id)}`;

const ofSettings = (keys: string[], id: number): Uses => sql`
  select 'settings' as kind, null::int as id, key as name, '' as place from settings
  where key = any(${keys}::text[]) and ${holds("value", "$[*] ? (@ == $id)", id)}`;

const ofSurveys = (column: "queue_id" | "campaign_id", id: number): Uses => sql`
  select 'survey' as kind, s.id, s.name, '' as place from survey_uses u join surveys s on s.id = u.survey_id
  where ${sql.ref(`u.${column}`)} = ${id} and s.deleted_at is null`;

const parts = {
  prompt: (id) => [
    ofSettings(["abandonPromptId", "voicemailPromptId"], id),
    ofNumbers("prompt_id", id),
    ofFlows("promptId", id),
    ofQueues("queue-waiting", "$ ? (@.greetingPromptId == $id || @.promptIds[*] == $id)", id),
    sql`select 'survey' as kind, id, name, '' as place from surveys
      where deleted_at is null and ${holds("questions", "$[*].promptId ? (@ == $id)", id)}`,
    sql`select 'greeting' as kind, null::int as id, r.rule->>'name' as name, '' as place
      from greeting_rules, jsonb_array_elements(rules) as r (rule)
      where ${holds("r.rule", "$.says.promptId ? (@ == $id)", id)}`,
    sql`select 'campaign-message' as kind, c.id, c.name, '' as place
      from campaign_prompts p join campaigns c on c.id = p.campaign_id
      where p.prompt_id = ${id} and c.deleted_at is null`,
  ],
  sound: (id) => [
    ofSettings(["holdSoundIds"], id),
    ofQueues("queue-waiting", "$.musicSoundId ? (@ == $id)", id),
    sql`select 'prompt' as kind, id, name, '' as place from prompts
      where ${holds("parts", "$[*].soundId ? (@ == $id)", id)}`,
  ],
  queue: (id) => [
    ofNumbers("queue_id", id),
    ofFlows("queueId", id),
    sql`select * from (${ofQueues("queue-waiting", "$.choices[*].act.queueId ? (@ == $id)", id)}
      union all ${ofQueues("queue-overflow", "$.queueId ? (@ == $id)", id)}) as q where q.id <> ${id}`,
    ofSurveys("queue_id", id),
    sql`select 'wallboard' as kind, id, name, '' as place from wallboards
      where ${holds("widgets", "$[*].queueIds[*] ? (@ == $id)", id)}`,
  ],
  flow: (id) => [ofNumbers("flow_id", id), ofFlows("flowId", id)],
  survey: (id) => [
    sql`select case when q.id is null then 'campaign' else 'queue' end as kind, coalesce(q.id, c.id) as id,
        coalesce(q.name, c.name) as name, '' as place
      from survey_uses u left join queues q on q.id = u.queue_id and q.deleted_at is null
        left join campaigns c on c.id = u.campaign_id and c.deleted_at is null
      where u.survey_id = ${id} and (q.id is not null or c.id is not null)`,
  ],
  box: (id) => [ofNumbers("box_id", id), ofFlows("boxId", id)],
  calendar: (id) => [ofNumbers("calendar_id", id), ofFlows("calendarId", id)],
  campaign: (id) => [
    sql`select 'queue' as kind, id, name, '' as place from queues where campaign_id = ${id} and deleted_at is null`,
    ofSurveys("campaign_id", id),
  ],
} satisfies Record<string, (id: number) => Uses[]>;
export type UsedNoun = keyof typeof parts;

/** Whatever would miss it, by kind and name; empty: nothing would. */
export async function usesOf(db: Db, noun: UsedNoun, id: number): Promise<Use[]> {
  const { rows } = await sql<Use>`select * from (${sql.join(parts[noun](id), sql` union all `)}) as uses
    order by kind, name, place`.execute(db);
  return rows;
}
