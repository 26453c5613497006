import { abandonment, agentlessSettings } from "../../../shared/broadcasts.ts";
import { campaignDetail } from "../../../shared/campaigns.ts";
import { idParam } from "../../../shared/common.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import type { CampaignRouteParts } from "./routes.ts";
import { changeMessages } from "./save-campaign.ts";
import "./events.ts";

const tags = { tags: ["campaigns"] };
const manage = { allow: "campaigns.manage" } as const;

/** What a campaign plays to people: of a running one from its next call on. */
export function messageRoutes(app: HttpApp, { database, clock, events }: CampaignRouteParts): void {
  async function change(actor: Actor, id: number, part: Parameters<typeof changeMessages>[2]) {
    const campaign = await database.transact(async (tx) => {
      const changed = await changeMessages(tx, id, part);
      await recordAudit(tx, {
        actor,
        at: new Date(clock.now()),
        action: "campaign.message-changed",
        noun: "campaign",
        nounId: id,
        detail: { ...part },
      });
      return changed;
    });
    events.publish("campaign.changed", { campaignId: id, status: campaign.status });
    return campaign;
  }
  app.put(
    "/api/v1/campaigns/:id/agentless",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: agentlessSettings, response: { 200: campaignDetail } },
    },
    async (request) => change(principalOf(request), request.params.id, { agentless: request.body }),
  );
  app.put(
    "/api/v1/campaigns/:id/abandonment",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: abandonment, response: { 200: campaignDetail } },
    },
    async (request) => change(principalOf(request), request.params.id, { abandonment: request.body }),
  );
}
