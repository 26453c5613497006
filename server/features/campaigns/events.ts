import type { CampaignStatus } from "../../../shared/campaigns.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Made, changed, started, paused, stopped or deleted; read it again. */
    "campaign.changed": { campaignId: number; status: CampaignStatus | "deleted" };
  }
}
