import { sql } from "kysely";
import type { AnsweringSettings } from "../../../shared/answering.ts";
import type { CampaignInput, CampaignStatus, DispositionNode } from "../../../shared/campaigns.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** Lists that results put leads on. */
const listsNamed = (nodes: readonly DispositionNode[]): number[] =>
  nodes.flatMap(({ does, children }) => [
    ...[does?.listId, does?.retry?.listId].filter((id) => typeof id === "number"),
    ...listsNamed(children),
  ]);

/** Which of these ids do not exist, and which names are taken: what a save must not meet as an SQL error. */
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
