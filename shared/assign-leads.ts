import { z } from "zod";
import { leadConditions } from "./lead-conditions.ts";

/** `POST /api/v1/lists/:id/assign`: gives leads that are ready or wait for a callback to agents, a unit or anybody. */
export const leadAssignment = z.object({
  /** null: all. */
  conditions: leadConditions.nullable().default(null),
  onlyUnassigned: z.boolean().default(true),
  /** In the order of import. */
  limit: z.number().int().min(1).max(50_000).default(50_000),
  to: z.union([
    /** Shared out evenly, in turn. */
    z.object({ userIds: z.array(z.number().int()).min(1).max(500) }),
    /** Any agent of the unit or of one below it. */
    z.object({ unitId: z.number().int() }),
    z.object({ anybody: z.literal(true) }),
  ]),
});
export type LeadAssignment = z.infer<typeof leadAssignment>;
export const leadsAssigned = z.object({ assigned: z.number() });
