import { sql } from "kysely";
import type { AnswerClass, AnswerReason, CallVerdict } from "../../../shared/answering.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Counted } from "./accuracy.ts";
import "./tables.ts";

export interface NewVerdict {
  callId: string;
  campaignId: number | null;
  trunkId: number | null;
  at: number;
  class: AnswerClass;
  reason: AnswerReason;
  probability: number;
  decidedMs: number;
  model: string;
  features: Record<string, number>;
  sampled: boolean;
}

/** The first word on a call, or a later one that sorts a machine; `decidedMs` and `sampled` stay those of the first. */
export async function saveVerdict(tx: Tx, verdict: NewVerdict): Promise<void> {
  await tx
    .insertInto("answer_verdicts")
    .values({
      call_id: verdict.callId,
      campaign_id: verdict.campaignId,
      trunk_id: verdict.trunkId,
      at: new Date(verdict.at),
      class: verdict.class,
      reason: verdict.reason,
      probability: verdict.probability,
      decided_ms: verdict.decidedMs,
      model: verdict.model,
      features: JSON.stringify(verdict.features),
      sampled: verdict.sampled,
      truth: null,
      truth_source: null,
      truth_by: null,
      truth_at: null,
    })
    .onConflict((oc) => oc.column("call_id").doUpdateSet({ class: verdict.class, reason: verdict.reason }))
    .execute();
}

export interface Truth {
  truth: AnswerClass;
  source: NonNullable<CallVerdict["truthSource"]>;
  userId: number | null;
  at: number;
}

/** Whose campaign it was; undefined: nothing was heard of that call, and nothing is kept. */
export async function saveTruth(
  tx: Tx,
  callId: string,
  { truth, source, userId, at }: Truth,
): Promise<{ campaignId: number | null } | undefined> {
  const row = await tx
    .updateTable("answer_verdicts")
    .set({ truth, truth_source: source, truth_by: userId, truth_at: new Date(at) })
    .where("call_id", "=", callId)
    .returning("campaign_id")
    .executeTakeFirst();
  return row && { campaignId: row.campaign_id };
}

export async function findVerdict(db: Db, callId: string): Promise<CallVerdict | undefined> {
  const row = await db
    .selectFrom("answer_verdicts")
    .selectAll()
    .where("call_id", "=", callId)
    .executeTakeFirst();
  return (
    row && {
      class: row.class,
      reason: row.reason,
      probability: row.probability,
      decidedMs: row.decided_ms,
      model: row.model,
      features: row.features,
      sampled: row.sampled,
      truth: row.truth,
      truthSource: row.truth_source,
    }
  );
}

/**
 * Counts of a campaign's verdicts since `since`, by trunk. Fax tones are no judgement of the model. A call taken for a
 * person was one unless somebody said otherwise.
 */
export async function countVerdicts(
  db: Db,
  campaignId: number,
  since: Date,
): Promise<(Counted & { trunkId: number | null; trunkName: string | null })[]> {
  const { rows } = await sql<Counted & { trunkId: number | null; trunkName: string | null }>`
    select v.trunk_id as "trunkId", t.name as "trunkName",
      count(*)::integer as "verdicts",
      count(*) filter (where v.class = 'human')::integer as "takenForHuman",
      count(*) filter (where v.class = 'human' and v.truth <> 'human')::integer as "missedMachines",
      count(*) filter (where v.class <> 'human')::integer as "takenForMachine",
      count(*) filter (where v.class <> 'human' and v.sampled and v.truth is not null)::integer as "sampled",
      count(*) filter (where v.class <> 'human' and v.sampled and v.truth = 'human')::integer as "sampledHumans",
      percentile_disc(0.5) within group (order by v.decided_ms) as "medianMs"
    from answer_verdicts v left join trunks t on t.id = v.trunk_id
    where v.campaign_id = ${campaignId} and v.at >= ${since} and v.class <> 'fax'
    group by v.trunk_id, t.name order by v.trunk_id`.execute(db);
  return rows;
}

export async function countClasses(db: Db, campaignId: number, since: Date) {
  const { rows } = await sql<{ class: AnswerClass; calls: number }>`
    select class, count(*)::integer as calls from answer_verdicts
    where campaign_id = ${campaignId} and at >= ${since} group by class order by class`.execute(db);
  return rows;
}
