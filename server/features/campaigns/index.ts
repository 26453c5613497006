import "./tables.ts";
import "./events.ts";

export { answerCounts } from "./answer-counts.ts";
export { callbackRules } from "./callback-rules.ts";
export { callableZones, callableZonesOf, claimForCampaign, mostAttempts } from "./claim-for-campaign.ts";
export { campaignsOfList, findCampaign, runningCampaigns, wantedSets } from "./queries.ts";
export { turnDetectionOff } from "./queries-save.ts";
export { type DispositionRow, dispositionPath, findDisposition } from "./queries-dispositions.ts";
export { exhaustLeads } from "./exhaust-leads.ts";
export { commandCampaign, findStartProblems } from "./run-campaign.ts";
export { changeMessages, createCampaign, requireCampaign } from "./save-campaign.ts";
export { campaignTemplateIn } from "./templates.ts";
export { assignAgents, campaignNames } from "./queries-ties.ts";
export { foldTallies, quotasReachedBy } from "./queries-tallies.ts";
export { campaignRoutes } from "./routes.ts";
