/** A campaign's pace may only be stricter than the law of its pack: what the dialler has to keep to. */
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { AbandonRule } from "../../../shared/rule-packs.ts";
import type { Db } from "../../kernel/db.ts";
import { readSettings } from "../settings/index.ts";
import { complianceOf } from "./campaign-compliance.ts";
import { ownPacks } from "./queries-facts.ts";
import { builtInPacks, byNumber, packAt } from "./rules/rule-packs.ts";

export interface LawfulPace {
  campaign: CampaignDetail;
  /** Shares of abandoned calls that the law keeps low, each over its own window. */
  abandonLaw: AbandonRule[];
}

/**
 * The campaigns with the abandon ceiling lowered and the ring time raised to what the law in force at `at` (ms) asks.
 * With the pack of each number's country, to the strictest of all that come with the system.
 */
export async function lawfulPace(
  db: Db,
  campaigns: readonly CampaignDetail[],
  at: number,
): Promise<LawfulPace[]> {
  if (campaigns.length === 0) return [];
  const said = await complianceOf(
    db,
    campaigns.map(({ id }) => id),
  );
  const { rulePack } = await readSettings(db);
  const packs = [...builtInPacks, ...(await ownPacks(db))];
  return campaigns.map((campaign) => {
    const choice = said.get(campaign.id)?.rulePack ?? rulePack;
    const ids = choice === byNumber ? new Set(builtInPacks.map(({ id }) => id)) : [choice];
    const rules = [...ids].flatMap((id) => packAt(packs, id, at)?.rules ?? []);
    const abandonLaw = rules.flatMap(({ abandon }) => abandon);
    const shares = abandonLaw.map(({ maxShare }) => maxShare);
    const rings = rules.flatMap(({ minRing }) => minRing.map(({ seconds }) => seconds * 1000));
    const lawful = {
      ...campaign,
      abandonCeiling: Math.min(campaign.abandonCeiling, ...shares),
      ringTimeoutMs: Math.max(campaign.ringTimeoutMs, ...rings),
    };
    return { campaign: lawful, abandonLaw };
  });
}
