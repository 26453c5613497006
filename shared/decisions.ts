import { z } from "zod";
import { instant } from "./common.ts";

/** `GET /api/v1/compliance/verification`: are all stored decisions as they were when they were sealed? */
export const brokenKinds = ["changed", "missing", "seal", "unaccounted"] as const;
export const decisionVerification = z.object({
  seals: z.number(),
  /** Decisions found as they were sealed. */
  verified: z.number(),
  /** Not sealed yet: those of the last second, or more if sealing is held up. */
  waiting: z.number(),
  waitingSince: instant.nullable(),
  /** SHA-256 of the newest seal, hex. Noted elsewhere, it proves that nothing before it was made anew. */
  head: z.string(),
  /** The first that is not as it was; null: all are. */
  broken: z
    .object({
      kind: z.enum(brokenKinds),
      sealId: z.number().nullable(),
      decisionId: z.number().nullable(),
      callId: z.string().nullable(),
    })
    .nullable(),
});
export type DecisionVerification = z.output<typeof decisionVerification>;
