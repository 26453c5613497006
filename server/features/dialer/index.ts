import "./tables.ts";
import "./events.ts";

export { createDialer, type Dialer } from "./dialer.ts";
export type { DialerStatus } from "./dialer-status.ts";
export { assumedFalsePositives, ofcomAbandons, usAbandons } from "./abandon-rules.ts";
export { type AbandonFigures, abandonFigures, abandonsByCampaign } from "./queries-abandons.ts";
export type { Limit } from "./pacing.ts";
export { whyRoutes } from "./why/routes.ts";
export { createPreviews, type Preview, type Previews } from "./previews.ts";
export { replayRoutes } from "./replay/routes.ts";
export { stepSeconds as outlookStepSeconds } from "./predictive/release-table.ts";
