export { auditedActs } from "./act.ts";
export { type Actor, type AuditRecord, recordAudit, systemActor } from "./record.ts";
export { auditRoutes } from "./routes.ts";
export { verifyAudit } from "./verify.ts";
