import { z } from "zod";
import { instant } from "./common.ts";

/** A register of numbers that may not be called: a file of millions, or a service that is asked before each call. */
export const registerInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    kind: z.enum(["file", "service"]),
    /** The public register it is a copy of, as rule packs name it; null: the company's own. */
    key: z
      .string()
      .regex(/^[a-z0-9-]{2,40}$/)
      .nullable()
      .default(null),
    campaignId: z.number().int().nullable().default(null),
    /** What becomes of a number it can say nothing about: never loaded, out of date, or the service does not answer. */
    whenUnknown: z.enum(["refuse", "allow"]).default("refuse"),
    expiresAt: instant.nullable().default(null),
    /** Services: `POST` with `{"numbers": ["+86…"]}` answers `{"listed": ["+86…"]}`. */
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    /** Value of the `Authorization` header; null keeps what is stored, it is never read back. */
    authorization: z.string().max(2000).nullable().default(null),
    timeoutMs: z.number().int().min(100).max(5000).default(1500),
    cacheMinutes: z.number().int().min(0).max(43_200).default(60),
  })
  .refine((input) => input.kind === "file" || input.url !== null, {
    path: ["url"],
    message: "A service needs an address.",
  });
export type RegisterInput = z.output<typeof registerInput>;

export const registerRow = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(["file", "service"]),
  key: z.string().nullable(),
  campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
  whenUnknown: z.enum(["refuse", "allow"]),
  expiresAt: instant.nullable(),
  /** Files. */
  state: z.enum(["empty", "loading", "ready", "failed"]),
  numbers: z.number(),
  invalid: z.number(),
  fileName: z.string().nullable(),
  loadedAt: instant.nullable(),
  error: z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()) }).nullable(),
  /** Services. */
  url: z.string().nullable(),
  hasAuthorization: z.boolean(),
  timeoutMs: z.number(),
  cacheMinutes: z.number(),
  createdBy: z.string().nullable(),
  createdAt: instant,
});
export type RegisterRow = z.output<typeof registerRow>;

/** `GET /api/v1/do-not-call/check?phone=`: what every source says of one number. */
export const numberCheck = z.object({
  phone: z.string(),
  entries: z.array(
    z.object({
      campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
      source: z.string(),
      reason: z.string(),
      by: z.string().nullable(),
      createdAt: instant,
      expiresAt: instant.nullable(),
    }),
  ),
  registers: z.array(
    z.object({ id: z.number(), name: z.string(), listed: z.boolean().nullable(), asOf: instant.nullable() }),
  ),
});
export type NumberCheck = z.output<typeof numberCheck>;
