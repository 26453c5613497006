import { z } from "zod";
import { instant } from "./common.ts";

/** `GET /api/v1/leads/:id/locks`: nobody dials these numbers of the lead, on no list, until then. */
export const leadLock = z.object({
  /** Masked for who may not see numbers. */
  phone: z.string(),
  reason: z.string(),
  /** null: until it is lifted. */
  until: instant.nullable(),
  /** Who set it; null: a rule or a result of a call. */
  by: z.string().nullable(),
  createdAt: instant,
});
export type LeadLock = z.infer<typeof leadLock>;

/** `POST /api/v1/leads/:id/locks`: every number of the lead. A lock that lasts longer stands. */
export const lockInput = z.object({
  reason: z.string().trim().min(1).max(500),
  until: instant.nullable().default(null),
});
/** `POST /api/v1/leads/:id/locks/lift`: all of them, those that rules set as well. */
export const lockLift = z.object({ reason: z.string().trim().min(1).max(500) });
