import "./tables.ts";

export { type Candidate, companyRules, decideCalls } from "./decide.ts";
export {
  type Decision,
  type DialFacts,
  type DialRule,
  mayDial,
  type Reason,
  rulesVersion,
} from "./may-dial.ts";
export { complianceRoutes } from "./routes.ts";
export { addDoNotCall, type DecisionRow, type DoNotCallEntry, insertDecisions } from "./queries.ts";
