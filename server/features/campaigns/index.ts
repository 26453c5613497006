import "./tables.ts";
import "./events.ts";

export { callableZones, claimForCampaign } from "./claim-for-campaign.ts";
export { campaignFunnelOf } from "./funnel.ts";
export { campaignIdsOfAgent, findCampaign, listCampaigns, runningCampaigns } from "./queries.ts";
export { type DispositionRow, dispositionPath, findDisposition } from "./queries-dispositions.ts";
export { commandCampaign, findStartProblems } from "./run-campaign.ts";
export { changeCampaign, createCampaign, requireCampaign } from "./save-campaign.ts";
export { campaignTemplateIn } from "./templates.ts";
export { campaignRoutes } from "./routes.ts";
