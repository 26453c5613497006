import { z } from "zod";
import { instant, pageQuery } from "./common.ts";

export const auditEntry = z.object({
  id: z.number(),
  at: instant,
  actorId: z.number().nullable(),
  actor: z.string(),
  address: z.string(),
  action: z.string(),
  noun: z.string(),
  nounId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditQuery = pageQuery.extend({
  noun: z.string().max(100).optional(),
  nounId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  actorId: z.coerce.number().int().optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type AuditQuery = z.output<typeof auditQuery>;

/** Whether every entry still carries the hash of the one before it. `brokenAt`: the first that does not. */
export const auditVerification = z.object({ entries: z.number(), brokenAt: z.number().nullable() });
export type AuditVerification = z.infer<typeof auditVerification>;
