import { sql } from "kysely";
import {
  type Abandonment,
  abandonment,
  type AgentlessSettings,
  agentlessSettings,
  defaultAbandonment,
  promptsOfMessages,
} from "../../../shared/broadcasts.ts";
import { allSteps } from "../../../shared/message-flow.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface CampaignMessages {
  /** Null: none was made. */
  agentless: AgentlessSettings | null;
  abandonment: Abandonment;
}

/** The messages of these campaigns; every campaign has an entry. */
export async function messagesOf(
  db: Db,
  campaignIds: readonly number[],
): Promise<Map<number, CampaignMessages>> {
  const messages = new Map<number, CampaignMessages>(
    campaignIds.map((id) => [id, { agentless: null, abandonment: defaultAbandonment }]),
  );
  if (campaignIds.length === 0) return messages;
  const rows = await db
    .selectFrom("campaign_messages")
    .select(["campaign_id", "agentless", "abandonment"])
    .where("campaign_id", "in", campaignIds)
    .execute();
  for (const row of rows)
    messages.set(row.campaign_id, {
      // Read anew by the schema, so that what it gained since has its default.
      agentless: row.agentless && agentlessSettings.parse(row.agentless),
      abandonment: row.abandonment ? abandonment.parse(row.abandonment) : defaultAbandonment,
    });
  return messages;
}

/** Prompts and dispositions that a message names and that are not there, or not this campaign's. */
export async function unknownNames(
  db: Db,
  campaignId: number,
  messages: CampaignMessages,
): Promise<{ prompts: number[]; dispositions: number[] }> {
  const steps = messages.agentless ? allSteps(messages.agentless.flow.steps) : [];
  const dispositions = steps.flatMap((step) => (step.do === "disposition" ? (step.dispositionId ?? []) : []));
  const { rows } = await sql<{ prompts: number[]; dispositions: number[] }>`select
    array(select unnest(${promptsOfMessages(messages)}::integer[]) except select id from prompts) as prompts,
    array(select unnest(${dispositions}::integer[]) except
      select id from dispositions where campaign_id = ${campaignId} and not archived) as dispositions`.execute(
    db,
  );
  return rows[0]!;
}

export async function saveMessages(tx: Tx, campaignId: number, messages: CampaignMessages): Promise<void> {
  const values = {
    agentless: messages.agentless && JSON.stringify(messages.agentless),
    abandonment: JSON.stringify(messages.abandonment),
    updated_at: sql<Date>`now()`,
  };
  await tx
    .insertInto("campaign_messages")
    .values({ campaign_id: campaignId, ...values })
    .onConflict((conflict) => conflict.column("campaign_id").doUpdateSet(values))
    .execute();
  await tx.deleteFrom("campaign_prompts").where("campaign_id", "=", campaignId).execute();
  await sql`insert into campaign_prompts (campaign_id, prompt_id)
    select ${campaignId}, unnest(${promptsOfMessages(messages)}::integer[])`.execute(tx);
}
