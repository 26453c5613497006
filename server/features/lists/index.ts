import "./tables.ts";

export {
  type Claim,
  type ClaimedLead,
  claimLead,
  claimLeads,
  claimedLeads,
  listZones,
} from "./queries-claim.ts";
export {
  type FinishedAttempt,
  finishLead,
  linkLeadToCustomer,
  type Release,
  releaseLead,
} from "./queries-attempt.ts";
export { countLeads, countReadyByZone, foldLeadCounts } from "./queries-counts.ts";
export type { Attempt, NextStep } from "./next-step.ts";
