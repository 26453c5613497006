/** Text messages (SMS) that are to go out. */
import { z } from "zod";
import { instant, pageOf, pageQuery } from "./common.ts";

/**
 *   waiting ── delivered ──▶ sent
 *      ├── refused for ever ──▶ failed
 *      ├── nobody took it in time ──▶ expired
 *      └── by hand ──▶ cancelled
 */
export const smsStates = ["waiting", "sent", "failed", "expired", "cancelled"] as const;
export type SmsState = (typeof smsStates)[number];

/** `GET /api/v1/sms`, the newest first. */
export const smsFilter = pageQuery.extend({ state: z.enum(smsStates).optional() });
export type SmsFilter = z.output<typeof smsFilter>;

export const smsRow = z.object({
  id: z.number(),
  /** Masked for those who may not see numbers. */
  phone: z.string(),
  body: z.string(),
  callId: z.string().nullable(),
  state: z.enum(smsStates),
  createdAt: instant,
  /** Later it does not go any more. */
  expiresAt: instant,
  endedAt: instant.nullable(),
  tries: z.number(),
  lastError: z.string().nullable(),
});
export type SmsRow = z.output<typeof smsRow>;

export const smsList = pageOf(smsRow).extend({
  /** What delivers them; null: nothing does, and what waits goes nowhere until it expires. */
  channel: z.string().nullable(),
  waiting: z.number(),
});
