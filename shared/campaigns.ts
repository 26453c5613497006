import { z } from "zod";
import { e164, instant } from "./common.ts";
import { outcomes } from "./calls.ts";

export const dialModes = ["preview", "progressive", "ratio"] as const;
export type DialMode = (typeof dialModes)[number];
export const campaignStatuses = ["draft", "running", "paused", "stopped"] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdayNames)[number];
export const weekdays: readonly Weekday[] = weekdayNames;

/** Wall-clock spans in the called person's zone; `24:00` ends a day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
export const weekHours = z.record(z.enum(weekdayNames), z.array(z.tuple([clockTime, clockTime])));
export type WeekHours = z.infer<typeof weekHours>;

export const attemptLimits = z.object({
  perLead: z.number().int().min(1).max(100),
  perNumberPerDay: z.number().int().min(1).max(20),
  minGapMs: z.number().int().min(0),
});
export type AttemptLimits = z.infer<typeof attemptLimits>;

/** What to do after an outcome: again after a delay, at most so many tries; absent means the lead is done. */
export const retryRules = z.partialRecord(
  z.enum(outcomes),
  z.object({ delayMs: z.number().int().min(0), tries: z.number().int().min(1).max(50) }),
);
export type RetryRules = z.infer<typeof retryRules>;

export const formFieldTypes = ["text", "long-text", "number", "date", "choice", "choices", "yes-no"] as const;
export const formField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().min(1).max(100),
  type: z.enum(formFieldTypes),
  required: z.boolean().default(false),
  options: z.array(z.string().min(1)).default([]),
});
export type FormField = z.infer<typeof formField>;

export const dispositionEffects = ["done", "retry", "callback", "do-not-call"] as const;
export type DispositionEffect = (typeof dispositionEffects)[number];
export interface DispositionNode {
  id?: number | undefined;
  label: string;
  effect: DispositionEffect;
  success: boolean;
  children: DispositionNode[];
}
export const dispositionNode: z.ZodType<DispositionNode> = z.lazy(() =>
  z.object({
    id: z.number().optional(),
    label: z.string().min(1).max(80),
    effect: z.enum(dispositionEffects),
    success: z.boolean(),
    children: z.array(dispositionNode),
  }),
);

export const campaignInput = z.object({
  name: z.string().trim().min(1).max(100),
  note: z.string().max(2000).default(""),
  mode: z.enum(dialModes),
  priority: z.number().int().min(1).max(9).default(5),
  ratio: z.number().min(1).max(10).default(1),
  callerId: e164.nullable().default(null),
  ringTimeoutMs: z.number().int().min(15_000).max(120_000).default(30_000),
  previewTimeoutMs: z.number().int().min(3_000).nullable().default(null),
  wrapUpLimitMs: z.number().int().min(0).max(3_600_000).default(60_000),
  summaryRequired: z.boolean().default(true),
  hours: weekHours,
  attempts: attemptLimits,
  retries: retryRules,
  form: z.array(formField).default([]),
  abandonAfterMs: z.number().int().min(500).max(10_000).default(2_000),
  record: z.boolean().default(true),
  listIds: z.array(z.number().int()).default([]),
  trunkIds: z.array(z.number().int()).default([]),
  agentIds: z.array(z.number().int()).default([]),
  dispositions: z.array(dispositionNode).default([]),
});
export type CampaignInput = z.infer<typeof campaignInput>;

export const campaignRow = z.object({
  id: z.number(),
  name: z.string(),
  mode: z.enum(dialModes),
  status: z.enum(campaignStatuses),
  priority: z.number(),
  agents: z.number(),
  lists: z.array(z.object({ id: z.number(), name: z.string() })),
  leads: z.object({ total: z.number(), ready: z.number(), done: z.number() }),
  createdAt: instant,
  startedAt: instant.nullable(),
});
export type CampaignRow = z.infer<typeof campaignRow>;

export const campaignDetail = campaignInput.extend({
  id: z.number(),
  status: z.enum(campaignStatuses),
  createdAt: instant,
  startedAt: instant.nullable(),
});
export type CampaignDetail = z.infer<typeof campaignDetail>;
