import { z } from "zod";
import { instant, pageQuery } from "./common.ts";

/** `GET /api/v1/do-not-call`. `phone` is masked for who may not see numbers. */
export const doNotCallRow = z.object({
  id: z.number(),
  phone: z.string(),
  /** null: never by any campaign. */
  campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
  source: z.string(),
  reason: z.string(),
  /** Who put it there; null: the system. */
  by: z.string().nullable(),
  expiresAt: instant.nullable(),
  createdAt: instant,
});
export type DoNotCallRow = z.infer<typeof doNotCallRow>;

export const doNotCallQuery = pageQuery.extend({
  campaignId: z.coerce.number().int().optional(),
  search: z.string().max(30).optional(),
});

/** `POST /api/v1/do-not-call`: numbers as typed or pasted, one by line or separated by commas. */
export const doNotCallInput = z.object({
  phones: z.string().min(2).max(500_000),
  campaignId: z.number().int().nullable().default(null),
  reason: z.string().trim().max(500).default(""),
  expiresAt: instant.nullable().default(null),
});
export type DoNotCallInput = z.infer<typeof doNotCallInput>;
/** What could not be read is told, and nothing of the rest is lost. */
export const doNotCallAdded = z.object({
  added: z.number(),
  known: z.number(),
  invalid: z.array(z.string()),
});
