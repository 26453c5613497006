import type { Selectable } from "kysely";
import type { z } from "zod";
import type { Db } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import { afterCall } from "../../../shared/after-call.ts";
import type { CampaignDetail, CampaignRow, campaignFilter } from "../../../shared/campaigns.ts";
import { answeringSettings } from "../../../shared/answering.ts";
import type { Page } from "../../../shared/common.ts";
import { type CampaignMessages, messagesOf } from "../broadcasts/index.ts";
import { scriptsInForce } from "../scripts/index.ts";
import { countLeads, type WantedSet } from "../lists/index.ts";
import { dispositionTrees } from "./queries-dispositions.ts";
import { type Ties, tiesOf } from "./queries-ties.ts";
import type { CampaignsTable } from "./tables.ts";

function present(
  row: Selectable<CampaignsTable>,
  ties: Ties,
): Omit<CampaignDetail, "dispositions" | "script" | keyof CampaignMessages> {
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    mode: row.mode,
    status: row.status,
    priority: row.priority,
    ratio: row.ratio,
    abandonCeiling: row.abandon_ceiling,
    callerId: row.caller_id,
    callerIdPoolId: row.caller_id_pool_id,
    ringTimeoutMs: row.ring_timeout_ms,
    previewTimeoutMs: row.preview_timeout_ms,
    wrapUpLimitMs: row.wrap_up_limit_ms,
    summaryRequired: row.summary_required,
    hours: row.hours,
    attempts: row.attempts,
    retries: row.retries,
    afterCall: afterCall.parse(row.after_call),
    form: row.form,
    scriptId: row.script_id,
    recordUrl: row.record_url,
    abandonAfterMs: row.abandon_after_ms,
    record: row.record,
    answering: answeringSettings.parse(row.answering),
    listMix: row.list_mix,
    leadFilter: row.lead_filter,
    listIds: ties.lists.map((list) => list.id),
    trunkIds: ties.trunkIds,
    agentIds: ties.agentIds,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
  };
}

async function details(db: Db, rows: Selectable<CampaignsTable>[]): Promise<CampaignDetail[]> {
  const ids = rows.map((row) => row.id);
  const ties = await tiesOf(db, ids);
  const trees = await dispositionTrees(db, ids);
  const messages = await messagesOf(db, ids);
  const scripts = await scriptsInForce(
    db,
    rows.flatMap((row) => row.script_id ?? []),
  );
  return rows.map((row) => ({
    ...present(row, ties.get(row.id)!),
    ...messages.get(row.id)!,
    dispositions: trees.get(row.id)!,
    script: scripts.get(row.script_id ?? 0) ?? null,
  }));
}

/** With everything a call or a page needs; a deleted campaign is not found. */
export async function findCampaign(db: Db, id: number): Promise<CampaignDetail | undefined> {
  const rows = await db
    .selectFrom("campaigns")
    .selectAll()
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .execute();
  return (await details(db, rows))[0];
}

/** Running campaigns, the highest priority first, for the dialler. */
export async function runningCampaigns(db: Db): Promise<CampaignDetail[]> {
  const rows = await db
    .selectFrom("campaigns")
    .selectAll()
    .where("status", "=", "running")
    .where("deleted_at", "is", null)
    .orderBy("priority", "desc")
    .orderBy("id")
    .execute();
  return details(db, rows);
}

/** How often the campaigns of each list may try a lead. */
export async function attemptRules(
  db: Db,
): Promise<(Pick<CampaignDetail, "attempts" | "retries"> & { listId: number; isRunning: boolean })[]> {
  const rows = await db
    .selectFrom("campaigns as c")
    .innerJoin("campaign_lists as l", "l.campaign_id", "c.id")
    .select(["l.list_id", "c.attempts", "c.retries", "c.status"])
    .where("c.deleted_at", "is", null)
    .execute();
  return rows.map(({ list_id, status, ...rules }) => ({
    ...rules,
    listId: list_id,
    isRunning: status === "running",
  }));
}

/** The filters of campaigns that dial or may go on any moment. */
export async function wantedSets(db: Db): Promise<WantedSet[]> {
  const rows = await db
    .selectFrom("campaigns")
    .select(["id", "lead_filter"])
    .where("status", "in", ["running", "paused"])
    .where("deleted_at", "is", null)
    .where("lead_filter", "is not", null)
    .orderBy("id")
    .execute();
  const ties = await tiesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    campaignId: row.id,
    filter: row.lead_filter!,
    listIds: ties.get(row.id)!.lists.map((list) => list.id),
  }));
}

/** Campaigns that dial a list. */
export async function campaignsOfList(db: Db, listId: number): Promise<CampaignDetail[]> {
  const rows = await db
    .selectFrom("campaigns as c")
    .innerJoin("campaign_lists as l", "l.campaign_id", "c.id")
    .selectAll("c")
    .where("l.list_id", "=", listId)
    .where("c.deleted_at", "is", null)
    .orderBy("c.id")
    .execute();
  return details(db, rows);
}

export async function listCampaigns(
  db: Db,
  filter: z.infer<typeof campaignFilter>,
): Promise<Page<CampaignRow>> {
  let query = db.selectFrom("campaigns").where("deleted_at", "is", null);
  if (filter.status) query = query.where("status", "=", filter.status);
  if (filter.search) query = query.where("name", "ilike", `%${escapeLike(filter.search)}%`);
  const total = await query.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy("id", "desc")
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute();
  const ties = await tiesOf(
    db,
    rows.map((row) => row.id),
  );
  const listIds = [...ties.values()].flatMap((tie) => tie.lists.map((list) => list.id));
  const counts = await countLeads(db, [...new Set(listIds)]);
  const items = rows.map((row): CampaignRow => {
    const { lists, agentIds } = ties.get(row.id)!;
    const sum = (key: "total" | "ready" | "done") =>
      lists.reduce((n, list) => n + counts.get(list.id)![key], 0);
    const { id, name, mode, status, priority, createdAt, startedAt } = present(row, ties.get(row.id)!);
    return {
      id,
      name,
      mode,
      status,
      priority,
      createdAt,
      startedAt,
      lists,
      agents: agentIds.length,
      leads: { total: sum("total"), ready: sum("ready"), done: sum("done") },
    };
  });
  return { items, total: total.n };
}
