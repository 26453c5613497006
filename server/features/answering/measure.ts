import type { CampaignStatus } from "../../../shared/campaigns.ts";
import { type CampaignAccuracy, fewestErrors, type Share } from "../../../shared/answering.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { recordAudit, systemActor } from "../audit/index.ts";
import { findCampaign, turnDetectionOff } from "../campaigns/index.ts";
import { accuracyOf, type Counted } from "./accuracy.ts";
import { countClasses, countVerdicts, saveTruth, type Truth } from "./queries.ts";

const windowMs = 30 * 24 * 60 * 60_000;

/** The counts of all trunks together; the median is that of the busiest one. */
function sumOf(rows: readonly Counted[]): Counted {
  const total = (pick: (row: Counted) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  const busiest = [...rows].sort((a, b) => b.verdicts - a.verdicts)[0];
  return {
    verdicts: total((row) => row.verdicts),
    takenForHuman: total((row) => row.takenForHuman),
    missedMachines: total((row) => row.missedMachines),
    takenForMachine: total((row) => row.takenForMachine),
    sampled: total((row) => row.sampled),
    sampledHumans: total((row) => row.sampledHumans),
    medianMs: busiest?.medianMs ?? null,
  };
}

/** How good detection was for this campaign in the last 30 days. */
export async function accuracyOfCampaign(db: Db, campaignId: number, now: number): Promise<CampaignAccuracy> {
  const since = new Date(now - windowMs);
  const [rows, classes] = await Promise.all([
    countVerdicts(db, campaignId, since),
    countClasses(db, campaignId, since),
  ]);
  return {
    all: accuracyOf(sumOf(rows)),
    trunks: rows.map(({ trunkId, trunkName, ...counted }) => ({
      id: trunkId,
      name: trunkName ?? "",
      ...accuracyOf(counted),
    })),
    classes,
  };
}

/**
 * The share of this campaign's people who were taken for machines, per cent with its 95 % interval: each of them is an
 * abandoned call (pacing charges them to its budget). Null: not measured yet.
 */
export async function measuredFalsePositive(db: Db, campaignId: number, now: number): Promise<Share> {
  const rows = await countVerdicts(db, campaignId, new Date(now - windowMs));
  return accuracyOf(sumOf(rows)).falsePositive;
}

/**
 * Somebody says who it really was. When that makes the measured error too large, detection ends for the campaign: its
 * page says why, and a person may turn it on again. Resolves with that campaign, for `campaign.changed`; undefined:
 * nothing else follows.
 */
export async function learnTruth(
  tx: Tx,
  callId: string,
  truth: Truth,
): Promise<{ campaignId: number; status: CampaignStatus } | undefined> {
  const saved = await saveTruth(tx, callId, truth);
  const campaign = saved && saved.campaignId !== null ? await findCampaign(tx, saved.campaignId) : undefined;
  if (!campaign?.answering.enabled) return undefined;
  const { all } = await accuracyOfCampaign(tx, campaign.id, truth.at);
  const { falsePositive: measured, sampledHumans } = all;
  const isTooMany = measured !== null && measured.percent > campaign.answering.maxErrorPercent;
  if (!isTooMany || sampledHumans < fewestErrors) return undefined;
  const why = { at: new Date(truth.at).toISOString(), ...measured };
  if (!(await turnDetectionOff(tx, campaign.id, why))) return undefined;
  await recordAudit(tx, {
    actor: systemActor,
    at: new Date(truth.at),
    action: "campaign.detection-off",
    noun: "campaign",
    nounId: campaign.id,
    detail: why,
  });
  return { campaignId: campaign.id, status: campaign.status };
}
