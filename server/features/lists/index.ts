import "./tables.ts";

export { insertLeadEvent } from "./queries-leads.ts";
export {
  type Claim,
  type ClaimedLead,
  asClaimed,
  claimedColumns,
  type ClaimedRow,
  claimLead,
  claimLeads,
  claimedLeads,
  heldClaims,
  zonesByList,
} from "./queries-claim.ts";
export {
  type FinishedAttempt,
  finishLead,
  isLeadOpen,
  leaveCallback,
  linkLeadToCustomer,
  type Release,
  releaseLead,
} from "./queries-attempt.ts";
export { giveBackHeld, holdLeads, takeHeld } from "./queries-buffer.ts";
export { compileConditions } from "./filter/compile.ts";
export { type FilterSets, keepFilterSets } from "./filter/keep-sets.ts";
export { assignRoutes } from "./assign-leads.ts";
export { filterRoutes } from "./filter/routes.ts";
export { byPlace, estimateOf, type SampledLead, sampleLeads } from "./sample.ts";
export { filterSetOf, type WantedSet } from "./filter/queries-sets.ts";
export { copyLead } from "./copy-leads.ts";
export { leadsById } from "./queries-search.ts";
export { leadStatusOf } from "./lead-row.ts";
export { leadFields } from "./queries-fields.ts";
export { countLeads, countReadyByZone, nextDue } from "./queries-counts.ts";
export { type Attempt, type LeadBefore, type NextStep, nextStep, type StepRules } from "./next-step.ts";
export { firstNumber } from "./lead-numbers.ts";
export { type AnswerCount, answerCurve } from "./answer-curve.ts";
export type { AnswerCurve, PastAttempt } from "./retry-time.ts";
export { applyLimits } from "./queries-exhausted.ts";
export { foldCountsInBackground } from "./fold-counts.ts";
export { importJobs } from "./import/clean-uploads.ts";
export { createImports, type Imports } from "./import/imports.ts";
export { importRoutes } from "./import/routes.ts";
export { listRoutes } from "./routes.ts";
export { leadRoutes } from "./routes-leads.ts";
export { collectRoutes } from "./routes-collect.ts";
