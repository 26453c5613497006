import { z } from "zod";
import { instant, pageQuery } from "./common.ts";

export const callbackStates = ["waiting", "dialling", "done", "cancelled"] as const;
export type CallbackState = (typeof callbackStates)[number];
/** Who is to call: who was agreed, the whole team, or whom the supervisors find. Words under `callbacks.level.<name>`. */
export const callbackLevels = ["agreed", "team", "supervisors"] as const;
export type CallbackLevel = (typeof callbackLevels)[number];

export const callbackRow = z.object({
  id: z.number(),
  leadId: z.number().nullable(),
  listId: z.number().nullable(),
  customerId: z.number().nullable(),
  campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
  name: z.string(),
  /** Masked for who may not see numbers. */
  phone: z.string(),
  /** Who calls; null: anybody of the campaign. */
  agent: z.object({ id: z.number(), name: z.string() }).nullable(),
  promisedBy: z.string().nullable(),
  /** As it was agreed, and when the next try is made. */
  promisedAt: instant,
  dueAt: instant,
  /** The person's. */
  timeZone: z.string(),
  note: z.string(),
  state: z.enum(callbackStates),
  level: z.enum(callbackLevels),
  tries: z.number(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  closeReason: z.string().nullable(),
});
export type CallbackRow = z.infer<typeof callbackRow>;

/**
 * `GET /api/v1/callbacks`: open ones by their time, so that overdue ones come first, those of the supervisors before
 * all. Who does not supervise sees their own and those of the team in their campaigns.
 */
export const callbackFilter = pageQuery.extend({
  state: z.enum(["open", "overdue", "closed"]).default("open"),
  level: z.enum(callbackLevels).optional(),
  campaignId: z.coerce.number().int().optional(),
  agentId: z.coerce.number().int().optional(),
  leadId: z.coerce.number().int().optional(),
});
export type CallbackFilter = z.infer<typeof callbackFilter>;

/** `PATCH /api/v1/callbacks/:id`. An agent may move, take over and hand to the team; a supervisor gives to anybody. */
export const callbackChange = z
  .object({
    dueAt: instant,
    /** null: anybody of the campaign. */
    userId: z.number().int().nullable(),
    note: z.string().max(5_000),
  })
  .partial();
export type CallbackChange = z.infer<typeof callbackChange>;

/** `POST /api/v1/callbacks/:id/cancel`. `lead`: it goes on by its campaign's rules, or is done. */
export const callbackCancel = z.object({
  reason: z.string().trim().min(1).max(200),
  lead: z.enum(["ready", "done"]).default("ready"),
});
