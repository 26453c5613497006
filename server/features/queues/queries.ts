import { sql } from "kysely";
import {
  type QueueDetail,
  type QueueInput,
  queueWaiting,
  type SkillDetail,
  type SkillInput,
} from "../../../shared/queues.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** All queues that are not deleted, by name. */
export async function allQueues(db: Db): Promise<QueueDetail[]> {
  const { rows } = await sql<QueueDetail>`
    select q.id, q.name, q.strategy, q.answer, q.ring_seconds as "ringSeconds", q.priority,
      q.seniority_seconds as "senioritySeconds", q.familiar_seconds as "familiarSeconds",
      q.max_length as "maxLength", q.max_wait_seconds as "maxWaitSeconds",
      q.overflow_when_empty as "overflowWhenEmpty", q.overflow, q.service_seconds as "serviceSeconds",
      q.service_percent as "servicePercent", q.relax,
      q.campaign_id as "campaignId", q.record, q.waiting,
      coalesce((select json_agg(json_build_object('userId', m.user_id, 'rank', m.rank) order by m.rank, m.user_id)
        from queue_members m where m.queue_id = q.id), '[]') as members,
      coalesce((select json_agg(json_build_object('skillId', s.skill_id, 'level', s.level) order by s.skill_id)
        from queue_skills s where s.queue_id = q.id), '[]') as skills
    from queues q where q.deleted_at is null order by q.name, q.id`.execute(db);
  // What is stored may be older than what can be set.
  return rows.map((row) => ({ ...row, waiting: queueWaiting.parse(row.waiting) }));
}

/** What is wrong with these settings: a name that is taken, and ids that name nothing. */
export async function queueProblems(db: Db, input: QueueInput, id: number) {
  const { waiting } = input;
  const targets = [input.overflow, ...waiting.choices.map(({ act }) => act)];
  const queues = targets.flatMap((to) => (to.type === "queue" ? to.queueId : []));
  const users = input.members.map(({ userId }) => userId);
  users.push(...targets.flatMap((to) => (to.type === "voicemail" ? to.userId : [])));
  const prompts = [...waiting.promptIds, waiting.greetingPromptId ?? []].flat();
  const sounds = [waiting.musicSoundId ?? []].flat();
  const skills = input.skills.map(({ skillId }) => skillId);
  const { rows } = await sql<{ nameTaken: boolean; unknown: boolean }>`
    select exists (select from queues where name = ${input.name} and id <> ${id} and deleted_at is null) as "nameTaken",
      exists (select from unnest(${users}::int[]) as u (id) where u.id not in (select id from users))
        or exists (select from unnest(${skills}::int[]) as s (id) where s.id not in (select id from skills))
        or exists (select from unnest(${prompts}::int[]) as p (id) where p.id not in (select id from prompts))
        or exists (select from unnest(${sounds}::int[]) as s (id) where s.id not in (select id from sounds))
        or (${input.campaignId}::int is not null and not exists (
          select from campaigns where id = ${input.campaignId}::int and deleted_at is null))
        or exists (select from unnest(${queues}::int[]) as q (id)
          where q.id not in (select id from queues where deleted_at is null)) as unknown`.execute(db);
  return rows[0]!;
}

const columnsOf = (input: QueueInput) => ({
  name: input.name,
  strategy: input.strategy,
  answer: input.answer,
  ring_seconds: input.ringSeconds,
  priority: input.priority,
  seniority_seconds: input.senioritySeconds,
  familiar_seconds: input.familiarSeconds,
  max_length: input.maxLength,
  max_wait_seconds: input.maxWaitSeconds,
  overflow_when_empty: input.overflowWhenEmpty,
  overflow: JSON.stringify(input.overflow),
  service_seconds: input.serviceSeconds,
  service_percent: input.servicePercent,
  relax: JSON.stringify(input.relax.toSorted((a, b) => a.afterSeconds - b.afterSeconds)),
  waiting: JSON.stringify(input.waiting),
  campaign_id: input.campaignId,
  record: input.record,
});

async function saveBelongings(tx: Tx, queueId: number, { members, skills }: QueueInput): Promise<void> {
  await tx.deleteFrom("queue_members").where("queue_id", "=", queueId).execute();
  await tx.deleteFrom("queue_skills").where("queue_id", "=", queueId).execute();
  if (members.length > 0)
    await tx
      .insertInto("queue_members")
      .values(members.map(({ userId, rank }) => ({ queue_id: queueId, user_id: userId, rank })))
      .execute();
  if (skills.length > 0)
    await tx
      .insertInto("queue_skills")
      .values(skills.map(({ skillId, level }) => ({ queue_id: queueId, skill_id: skillId, level })))
      .execute();
}

export async function insertQueue(tx: Tx, input: QueueInput): Promise<number> {
  const { id } = await tx
    .insertInto("queues")
    .values({ ...columnsOf(input), deleted_at: null })
    .returning("id")
    .executeTakeFirstOrThrow();
  await saveBelongings(tx, id, input);
  return id;
}

/** False: there is no such queue. */
export async function updateQueue(tx: Tx, id: number, input: QueueInput): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("queues")
    .set(columnsOf(input))
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await saveBelongings(tx, id, input);
  return numUpdatedRows > 0n;
}

/** Its visits stay for the reports; no number leads there any more. The name; undefined: there is no such queue. */
export async function deleteQueue(tx: Tx, id: number, at: Date): Promise<string | undefined> {
  const row = await tx
    .updateTable("queues")
    .set({ deleted_at: at })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  await tx.deleteFrom("inbound_routes").where("queue_id", "=", id).execute();
  await tx.deleteFrom("queue_members").where("queue_id", "=", id).execute();
  return row?.name;
}

export async function allSkills(db: Db): Promise<SkillDetail[]> {
  const { rows } = await sql<SkillDetail>`
    select s.id, s.name, coalesce((select json_agg(json_build_object('userId', a.user_id, 'level', a.level)
      order by a.level desc, a.user_id) from agent_skills a where a.skill_id = s.id), '[]') as agents
    from skills s order by s.name`.execute(db);
  return rows;
}

export async function skillProblems(db: Db, { name, agents }: SkillInput, id: number) {
  const users = agents.map(({ userId }) => userId);
  const { rows } = await sql<{ nameTaken: boolean; unknown: boolean }>`
    select exists (select from skills where name = ${name} and id <> ${id}) as "nameTaken",
      exists (select from unnest(${users}::int[]) as u (id) where u.id not in (select id from users)) as unknown`.execute(
    db,
  );
  return rows[0]!;
}

/** Its id; undefined: there is none of this id. `id` null: a new one. */
export async function saveSkill(
  tx: Tx,
  id: number | null,
  { name, agents }: SkillInput,
): Promise<number | undefined> {
  const row =
    id === null
      ? await tx.insertInto("skills").values({ name }).returning("id").executeTakeFirst()
      : await tx.updateTable("skills").set({ name }).where("id", "=", id).returning("id").executeTakeFirst();
  if (!row) return undefined;
  await tx.deleteFrom("agent_skills").where("skill_id", "=", row.id).execute();
  if (agents.length > 0)
    await tx
      .insertInto("agent_skills")
      .values(agents.map(({ userId, level }) => ({ skill_id: row.id, user_id: userId, level })))
      .execute();
  return row.id;
}

export async function deleteSkill(tx: Tx, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("skills").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
