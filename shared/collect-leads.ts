import { z } from "zod";
import { outcomes } from "./calls.ts";
import { leadConditions } from "./lead-conditions.ts";

/**
 * Which leads become a list of their own. `POST /api/v1/leads/collect/count` counts them, `POST /api/v1/leads/collect`
 * copies them: an import without a file, with the progress and the undo of one.
 */
export const collectedLeads = z.object({
  listIds: z.array(z.number().int()).min(1).max(500),
  /** Only leads that this campaign has dialled; null: all. */
  campaignId: z.number().int().nullable().default(null),
  /** How the lead's last attempt ended; none: however it ended, those never tried included. */
  outcomes: z.array(z.enum(outcomes)).max(outcomes.length).default([]),
  /** null: all. */
  conditions: leadConditions.nullable().default(null),
  /** Also those that are to be tried again where they are. Never: leads in a call, with a callback, or excluded. */
  stillReady: z.boolean().default(false),
});
export type CollectedLeads = z.infer<typeof collectedLeads>;

export const leadCollection = collectedLeads.extend({
  /** Of the new list. */
  name: z.string().trim().min(1).max(100),
});
export type LeadCollection = z.infer<typeof leadCollection>;

/** `numbers` are the leads of the new list: one for each number. */
export const collectCount = z.object({ leads: z.number(), numbers: z.number() });
