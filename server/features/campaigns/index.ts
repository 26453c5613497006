import "./tables.ts";
import "./events.ts";

export { callableZones, claimForCampaign, mostAttempts } from "./claim-for-campaign.ts";
export { findCampaign, runningCampaigns, turnDetectionOff, wantedSets } from "./queries.ts";
export { type DispositionRow, dispositionPath, findDisposition } from "./queries-dispositions.ts";
export { commandCampaign } from "./run-campaign.ts";
export { changeMessages, createCampaign } from "./save-campaign.ts";
export { campaignTemplateIn } from "./templates.ts";
export { foldTallies } from "./queries-tallies.ts";
export { campaignRoutes } from "./routes.ts";
