/** What a campaign is tied to: its lists, trunks and agents. */
import { sql } from "kysely";
import type { CampaignInput } from "../../../shared/campaigns.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface Ties {
  lists: { id: number; name: string }[];
  trunkIds: number[];
  agentIds: number[];
}

/** Lists (in dialling order), trunks (in order) and agents of these campaigns. */
export async function tiesOf(db: Db, ids: readonly number[]): Promise<Map<number, Ties>> {
  const ties = new Map<number, Ties>(ids.map((id) => [id, { lists: [], trunkIds: [], agentIds: [] }]));
  if (ids.length === 0) return ties;
  const [lists, trunks, agents] = await Promise.all([
    db
      .selectFrom("campaign_lists as c")
      .innerJoin("lists as l", "l.id", "c.list_id")
      .select(["c.campaign_id", "l.id", "l.name"])
      .where("c.campaign_id", "in", ids)
      .orderBy("c.position")
      .orderBy("l.id")
      .execute(),
    db
      .selectFrom("campaign_trunks")
      .select(["campaign_id", "trunk_id"])
      .where("campaign_id", "in", ids)
      .orderBy("position")
      .orderBy("trunk_id")
      .execute(),
    db
      .selectFrom("campaign_agents")
      .select(["campaign_id", "user_id"])
      .where("campaign_id", "in", ids)
      .orderBy("user_id")
      .execute(),
  ]);
  for (const { campaign_id, id, name } of lists) ties.get(campaign_id)!.lists.push({ id, name });
  for (const row of trunks) ties.get(row.campaign_id)!.trunkIds.push(row.trunk_id);
  for (const row of agents) ties.get(row.campaign_id)!.agentIds.push(row.user_id);
  return ties;
}

/** Lists, trunks and agents of a campaign, each in the given order. */
export async function saveTies(
  tx: Tx,
  id: number,
  input: Pick<CampaignInput, "listIds" | "trunkIds" | "agentIds">,
): Promise<void> {
  await sql`with gone as (delete from campaign_lists where campaign_id = ${id} and list_id <> all(${input.listIds}::integer[]))
    insert into campaign_lists (campaign_id, list_id, position)
    select ${id}, list, n from unnest(${input.listIds}::integer[]) with ordinality as given (list, n)
    on conflict (campaign_id, list_id) do update set position = excluded.position`.execute(tx);
  await sql`with gone as (delete from campaign_trunks where campaign_id = ${id} and trunk_id <> all(${input.trunkIds}::integer[]))
    insert into campaign_trunks (campaign_id, trunk_id, position)
    select ${id}, trunk, n from unnest(${input.trunkIds}::integer[]) with ordinality as given (trunk, n)
    on conflict (campaign_id, trunk_id) do update set position = excluded.position`.execute(tx);
  await sql`with gone as (delete from campaign_agents where campaign_id = ${id} and user_id <> all(${input.agentIds}::integer[]))
    insert into campaign_agents (campaign_id, user_id)
    select ${id}, unnest(${input.agentIds}::integer[]) on conflict do nothing`.execute(tx);
}

/** These agents may sign in to these campaigns too. */
export async function assignAgents(
  tx: Tx,
  campaignIds: readonly number[],
  userIds: readonly number[],
): Promise<void> {
  await sql`insert into campaign_agents (campaign_id, user_id)
    select c, u from unnest(${campaignIds}::integer[]) c, unnest(${userIds}::integer[]) u
    on conflict do nothing`.execute(tx);
}

/** Names of those that exist. */
export async function campaignNames(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from campaigns where id = any(${ids}::integer[]) and deleted_at is null`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listNames(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("lists").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
