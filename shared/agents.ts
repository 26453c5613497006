import { z } from "zod";
import { changeOf } from "./change-of.ts";

/** `GET /api/v1/pause-reasons` (archived ones too), `POST`, `PATCH /:id`. Agents read `/api/v1/desk/pause-reasons`. */
export const pauseReasonInput = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  label: z.string().trim().min(1).max(60),
  position: z.number().int().min(0).default(0),
});
export const pauseReasonChange = changeOf(pauseReasonInput).extend({ archived: z.boolean().optional() });
export const pauseReasonRow = pauseReasonInput.extend({ id: z.number(), archived: z.boolean() });
export type PauseReasonRow = z.infer<typeof pauseReasonRow>;

/**
 * A desk phone's SIP account: `GET` and `POST /api/v1/desk/phone` for one's own, `POST /api/v1/users/:id/phone`
 * for another's. The password is told once, when it is set.
 */
export const phoneAccount = z.object({
  user: z.string(),
  domain: z.string(),
  /** Where SIP listens, UDP and TCP, on the host that serves the pages. */
  port: z.number(),
  createdAt: z.string().nullable(),
});
export type PhoneAccount = z.infer<typeof phoneAccount>;
export const phonePassword = phoneAccount.extend({ password: z.string() });
export type PhonePassword = z.infer<typeof phonePassword>;
