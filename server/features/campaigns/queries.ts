import { type Selectable, sql } from "kysely";
import type { z } from "zod";
import type { Db, Tx } from "../../kernel/db.ts";
import { afterCall } from "../../../shared/after-call.ts";
import type {
  DispositionNode,
  CampaignDetail,
  CampaignInput,
  CampaignRow,
  CampaignStatus,
  campaignFilter,
} from "../../../shared/campaigns.ts";
import { answeringSettings, type AnsweringSettings } from "../../../shared/answering.ts";
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

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");

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

/** Who turns detection on has read why it turned itself off. */
const answeringOf = ({ answering }: CampaignInput): AnsweringSettings =>
  answering.enabled ? { ...answering, turnedOff: null } : answering;

function columnsOf(input: CampaignInput) {
  return {
    name: input.name,
    note: input.note,
    mode: input.mode,
    priority: input.priority,
    ratio: input.ratio,
    abandon_ceiling: input.abandonCeiling,
    caller_id: input.callerId,
    caller_id_pool_id: input.callerIdPoolId,
    ring_timeout_ms: input.ringTimeoutMs,
    preview_timeout_ms: input.previewTimeoutMs,
    wrap_up_limit_ms: input.wrapUpLimitMs,
    summary_required: input.summaryRequired,
    hours: JSON.stringify(input.hours),
    attempts: JSON.stringify(input.attempts),
    retries: JSON.stringify(input.retries),
    after_call: JSON.stringify(input.afterCall),
    form: JSON.stringify(input.form),
    script_id: input.scriptId,
    record_url: input.recordUrl,
    abandon_after_ms: input.abandonAfterMs,
    record: input.record,
    lead_filter: input.leadFilter && JSON.stringify(input.leadFilter),
    answering: JSON.stringify(answeringOf(input)),
    list_mix: JSON.stringify({
      ...input.listMix,
      lists: input.listMix.lists.filter(({ listId }) => input.listIds.includes(listId)),
    }),
  };
}

export async function insertCampaign(tx: Tx, input: CampaignInput, byUserId: number | null): Promise<number> {
  const row = await tx
    .insertInto("campaigns")
    .values({ ...columnsOf(input), created_by: byUserId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function updateCampaign(tx: Tx, id: number, input: CampaignInput): Promise<void> {
  await tx
    .updateTable("campaigns")
    .set({ ...columnsOf(input), updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

/** Locks the campaign's row: two commands at once come one after the other. */
export async function lockCampaign(
  tx: Tx,
  id: number,
): Promise<{ status: CampaignStatus; name: string } | undefined> {
  return tx
    .selectFrom("campaigns")
    .select(["status", "name"])
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/** Detection ends for this campaign, and its page says why. False: it was off already. */
export async function turnDetectionOff(
  tx: Tx,
  id: number,
  why: NonNullable<AnsweringSettings["turnedOff"]>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update campaigns set updated_at = ${why.at},
      answering = answering || jsonb_build_object('enabled', false, 'turnedOff', ${JSON.stringify(why)}::jsonb)
    where id = ${id} and answering ->> 'enabled' = 'true'`.execute(tx);
  return numAffectedRows === 1n;
}

export async function setCampaignStatus(
  tx: Tx,
  id: number,
  status: CampaignStatus | "deleted",
  at: Date,
): Promise<void> {
  const change =
    status === "deleted"
      ? { deleted_at: at }
      : { status, ...(status === "running" && { started_at: sql<Date>`coalesce(started_at, ${at})` }) };
  await tx
    .updateTable("campaigns")
    .set({ ...change, updated_at: at })
    .where("id", "=", id)
    .execute();
}

/** Which of these ids do not exist, and which names are taken: what a save must not meet as an SQL error. */
/** Lists that results put leads on. */
const listsNamed = (nodes: readonly DispositionNode[]): number[] =>
  nodes.flatMap(({ does, children }) => [
    ...[does?.listId, does?.retry?.listId].filter((id) => typeof id === "number"),
    ...listsNamed(children),
  ]);

export async function findProblems(
  db: Db,
  input: CampaignInput,
  exceptId: number,
): Promise<{
  nameTaken: boolean;
  lists: number[];
  trunks: number[];
  agents: number[];
  pools: number[];
  scripts: number[];
}> {
  const { rows } = await sql<{
    name_taken: boolean;
    lists: number[];
    trunks: number[];
    agents: number[];
    pools: number[];
    scripts: number[];
  }>`select
    exists (select from campaigns where name = ${input.name} and deleted_at is null and id <> ${exceptId}) as name_taken,
    array(select unnest(${[...input.listIds, ...listsNamed(input.dispositions)]}::integer[]) except select id from lists) as lists,
    array(select unnest(${input.trunkIds}::integer[]) except select id from trunks) as trunks,
    array(select unnest(${input.agentIds}::integer[]) except select id from users) as agents,
    array(select unnest(${input.callerIdPoolId === null ? [] : [input.callerIdPoolId]}::integer[])
      except select id from caller_id_pools) as pools,
    array(select unnest(${input.scriptId === null ? [] : [input.scriptId]}::integer[])
      except select id from scripts where archived_at is null) as scripts`.execute(db);
  const { name_taken: nameTaken, ...unknown } = rows[0]!;
  return { nameTaken, ...unknown };
}
