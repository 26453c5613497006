import "./tables.ts";

export { type CampaignMessages, messagesOf, saveMessages, unknownNames } from "./queries.ts";
export { withDispositions } from "./with-dispositions.ts";
