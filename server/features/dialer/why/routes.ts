import { campaignFunnel, funnelLeads, funnelLeadsQuery, leadWhy } from "../../../../shared/campaigns.ts";
import { idParam } from "../../../../shared/common.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { phoneFor } from "../../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import type { Random } from "../../../kernel/random.ts";
import { requireCampaign } from "../../campaigns/index.ts";
import { leadsById } from "../../lists/index.ts";
import type { WhyParts } from "./examine.ts";
import { campaignFunnelOf } from "./funnel.ts";
import { leadsOfReason } from "./leads-of-reason.ts";
import { whyNotDialled } from "./lead-why.ts";

const see = { allow: ["campaigns.see", "campaigns.manage", "campaigns.run"] } as const;
const tags = { tags: ["campaigns"] };

/** "Why isn't this dialling?" of a campaign, of the leads behind each of its counts, and of one lead. */
export function whyRoutes(app: HttpApp, parts: WhyParts & { clock: Clock; random: Random }): void {
  const { database, clock } = parts;
  app.get(
    "/api/v1/campaigns/:id/funnel",
    { config: see, schema: { ...tags, params: idParam, response: { 200: campaignFunnel } } },
    async ({ params }) => campaignFunnelOf(parts, await requireCampaign(database.db, params.id), clock.now()),
  );
  app.get(
    "/api/v1/campaigns/:id/funnel/leads",
    {
      config: { allow: "leads.see" },
      schema: { ...tags, params: idParam, querystring: funnelLeadsQuery, response: { 200: funnelLeads } },
    },
    async (request) => {
      const campaign = await requireCampaign(database.db, request.params.id);
      const { ids, next } = await leadsOfReason(parts, campaign, request.query, clock.now());
      const show = phoneFor(principalOf(request));
      const leads = await leadsById(database.db, ids);
      return {
        items: leads.map((lead) => ({
          ...lead,
          phone: show(lead.phone),
          morePhones: lead.morePhones.map(show),
        })),
        next,
      };
    },
  );
  app.get(
    "/api/v1/leads/:id/why",
    {
      config: { allow: "leads.see" },
      schema: { tags: ["leads"], params: idParam, response: { 200: leadWhy } },
    },
    async ({ params }) => ({ campaigns: await whyNotDialled(parts, params.id, clock.now()) }),
  );
}
