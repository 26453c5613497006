import "./tables.ts";

export { type Candidate, decideCalls } from "./decide.ts";
export { complianceRoutes } from "./routes.ts";
export { addDoNotCall, type DecisionRow, type DoNotCallEntry, insertDecisions } from "./queries.ts";
