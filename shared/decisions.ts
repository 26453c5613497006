import { z } from "zod";
import { instant } from "./common.ts";

/**
 * `GET /api/v1/compliance/verification?after=`: are all stored decisions as they were when they were sealed? A long chain is
 * walked in steps: `next` is the `after` of the next one, null says that the end is reached.
 */
export const verificationQuery = z.object({ after: z.coerce.number().int().min(0).default(0) });
export const brokenKinds = ["changed", "missing", "seal", "unaccounted"] as const;
export const decisionVerification = z.object({
  seals: z.number(),
  /** Decisions found as they were sealed. */
  verified: z.number(),
  /** Not sealed yet: those of the last second, or more if sealing is held up. */
  waiting: z.number(),
  waitingSince: instant.nullable(),
  /** How many decisions the whole chain holds. */
  sealed: z.number(),
  /** Times of the first and the last seal of this step that are whole; null: none. */
  from: instant.nullable(),
  to: instant.nullable(),
  next: z.number().nullable(),
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

/** `GET /api/v1/leads/:id/story`, and as CSV under `/story.csv`: everything that was done towards a person. */
export const storyEntry = z.object({
  at: instant,
  kind: z.enum(["imported", "lead", "call", "decision", "do-not-call", "consent", "withdrawal"]),
  /** Words of the entry under `story.<what>`, or a rule, an outcome. */
  what: z.string(),
  phone: z.string().nullable(),
  campaign: z.string().nullable(),
  by: z.string().nullable(),
  callId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type StoryEntry = z.output<typeof storyEntry>;
export const leadStory = z.object({
  id: z.number(),
  name: z.string(),
  list: z.string(),
  phones: z.array(z.string()),
  entries: z.array(storyEntry),
});
export type LeadStory = z.output<typeof leadStory>;
