import { z } from "zod";
import { instant } from "./common.ts";
import { callKinds, callPurposes, consentForms } from "./rule-packs.ts";

export const consentSources = [
  "web-form",
  "paper",
  "call",
  "contract",
  "message",
  "import",
  "other",
] as const;

/** `POST /api/v1/consents`: what a person agreed to, for one number. */
export const consentInput = z.object({
  /** National form of the company's country, or E.164. */
  phone: z.string().min(2).max(40),
  /** Empty: every kind, every purpose. */
  kinds: z.array(z.enum(callKinds)).default([]),
  purposes: z.array(z.enum(callPurposes)).default([]),
  form: z.enum(consentForms).default("express"),
  source: z.enum(consentSources),
  /** The words that were agreed to, or where the proof is kept. */
  proof: z.string().trim().min(1).max(4000),
  /** The recorded call in which it was given. */
  recordingCallId: z.string().max(64).nullable().default(null),
  givenAt: instant,
  expiresAt: instant.nullable().default(null),
});
export type ConsentInput = z.output<typeof consentInput>;

/** `GET /api/v1/consents?leadId=|customerId=|phone=`, newest first. `POST /:id/withdraw`. */
export const consentRow = z.object({
  id: z.number(),
  phone: z.string(),
  kinds: z.array(z.enum(callKinds)),
  purposes: z.array(z.enum(callPurposes)),
  form: z.enum(consentForms),
  source: z.string(),
  proof: z.string(),
  recordingCallId: z.string().nullable(),
  givenAt: instant,
  expiresAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnReason: z.string().nullable(),
  by: z.string().nullable(),
});
export type ConsentRow = z.output<typeof consentRow>;
export const consentQuery = z.object({
  leadId: z.coerce.number().int().optional(),
  customerId: z.coerce.number().int().optional(),
  phone: z.string().max(40).optional(),
});
export const consentWithdrawal = z.object({ reason: z.string().trim().max(500).default("") });
