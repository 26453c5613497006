import type { CampaignStatus } from "../../../shared/campaigns.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** Another version is in force; these campaigns use it, for calls that are planned from now on. */
    "script.published": {
      scriptId: number;
      versionId: number;
      campaigns: { campaignId: number; status: CampaignStatus }[];
    };
  }
}
