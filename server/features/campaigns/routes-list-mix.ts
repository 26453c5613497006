import { idParam } from "../../../shared/common.ts";
import { listMixState } from "../../../shared/list-mix.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db, Database } from "../../kernel/db.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import { quotasReached, ruleOf } from "./list-mix.ts";
import { listNames } from "./queries-ties.ts";
import { listTallies } from "./queries-tallies.ts";
import { requireCampaign } from "./save-campaign.ts";

async function stateOf(db: Db, campaignId: number, now: number) {
  const campaign = await requireCampaign(db, campaignId);
  const names = await listNames(db, campaign.listIds);
  const lists = (await listTallies(db, campaign, now)).map((tally) => ({
    ...tally,
    ...ruleOf(campaign.listMix, tally.listId),
    name: names.get(tally.listId) ?? "",
    reached: quotasReached(campaign.listMix, tally),
  }));
  return { lists };
}

export function listMixRoutes(
  app: HttpApp,
  { database: { db }, clock }: { database: Database; clock: Clock },
): void {
  app.get(
    "/api/v1/campaigns/:id/list-mix",
    {
      config: { allow: ["campaigns.see", "campaigns.manage", "campaigns.run"] },
      schema: { tags: ["campaigns"], params: idParam, response: { 200: listMixState } },
    },
    async ({ params }) => stateOf(db, params.id, clock.now()),
  );
}
