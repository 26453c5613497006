import type { Db, Tx } from "../../kernel/db.ts";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { isOpen } from "../../../shared/hours.ts";
import { type ClaimedLead, claimLeads, compileConditions, filterSetOf, zonesByList } from "../lists/index.ts";
import { isNearQuota, isPlain, sharesOf } from "./list-mix.ts";
import { listTallies, lockClaims } from "./queries-tallies.ts";

/** For each campaign the zones with ready leads of its lists where its hours are open at `now` (ms). */
export async function callableZonesOf(
  db: Db,
  campaigns: readonly Pick<CampaignDetail, "id" | "listIds" | "hours">[],
  now: number,
): Promise<Map<number, string[]>> {
  const byList = await zonesByList(db, [...new Set(campaigns.flatMap(({ listIds }) => listIds))]);
  return new Map(
    campaigns.map(({ id, listIds, hours }) => {
      const zones = new Set(listIds.flatMap((listId) => byList.get(listId) ?? []));
      return [id, [...zones].filter((zone) => isOpen(hours, now, zone))];
    }),
  );
}

/** Zones with ready leads of this campaign where its hours are open at `now` (ms). */
export async function callableZones(db: Db, campaign: CampaignDetail, now: number): Promise<string[]> {
  return (await callableZonesOf(db, [campaign], now)).get(campaign.id)!;
}

/** So often a lead may be tried: a rule that goes on until the person is reached knows the law's limits alone. */
export function mostAttempts({ attempts, retries }: Pick<CampaignDetail, "attempts" | "retries">): number {
  const isEndless = Object.values(retries).some((rule) => rule.untilReached);
  return isEndless ? 32_767 : attempts.perLead;
}

/**
 * The campaign's next leads that its filter keeps, by its order or mix of lists and within their quotas; see `claimLeads`. `zones` from
 * `callableZones`, which may be kept for a few seconds. `ownerUserIds`: free agents, for the leads assigned to them or
 * to their units.
 */
export async function claimForCampaign(
  tx: Tx,
  campaign: CampaignDetail,
  claim: {
    count: number;
    now: number;
    zones: readonly string[];
    ownerUserIds?: readonly number[];
    assignedOnly?: boolean;
  },
): Promise<ClaimedLead[]> {
  const { id, listIds, listMix: mix, leadFilter } = campaign;
  const filter = leadFilter && {
    setId: await filterSetOf(tx, id, leadFilter),
    where: compileConditions(leadFilter, "l", claim.now),
  };
  const { phoneOrder } = campaign.afterCall;
  const maxAttempts = mostAttempts(campaign);
  const common = { ...claim, maxAttempts, phoneOrder, ...(filter && { filter }) };
  if (isPlain(mix)) return claimLeads(tx, { ...common, listIds });
  let tallies = await listTallies(tx, campaign, claim.now);
  if (isNearQuota(mix, tallies, claim.count)) {
    await lockClaims(tx, id);
    tallies = await listTallies(tx, campaign, claim.now);
  }
  return claimLeads(tx, { ...common, ...sharesOf(mix, tallies, claim.count) });
}
