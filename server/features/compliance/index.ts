import "./tables.ts";

export { type Candidate, decideCalls } from "./decide.ts";
export { collectConsents } from "./consents/collect.ts";
export { lawfulPace } from "./lawful-pace.ts";
export { lawfulZones } from "./lawful-zones.ts";
export { sealInBackground } from "./proof/seal.ts";
export { registerJobs } from "./registers/jobs.ts";
export {
  addDoNotCall,
  type DecisionRow,
  type DoNotCallEntry,
  insertDecisions,
  isBlockedEverywhere,
} from "./queries.ts";
export { openRegisters } from "./registers/registers.ts";
export { createScreening, type Screening } from "./registers/services.ts";
export { complianceRoutes } from "./routes.ts";
