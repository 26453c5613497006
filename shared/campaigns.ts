import { z } from "zod";
import { answerRule } from "./answer-rules.ts";
import { afterCall, exhaustedActions, retryRules } from "./after-call.ts";
import { outcomes } from "./calls.ts";
import { e164, instant, pageQuery } from "./common.ts";
import { estimate, leadConditions } from "./lead-conditions.ts";
import { answeringSettings } from "./answering.ts";
import { leadRow } from "./lists.ts";
import { phoneKinds } from "./customers.ts";
import { listMix, plainMix } from "./list-mix.ts";
import { type DispositionDoes, dispositionDoes } from "./disposition-does.ts";
import { campaignCallerIds } from "./caller-ids.ts";
import { abandonment, agentlessSettings } from "./broadcasts.ts";
import { recordUrlTemplate } from "./record-url.ts";
import { scriptInForce } from "./scripts.ts";

export const dialModes = ["preview", "progressive", "ratio", "predictive", "agentless"] as const;
export type DialMode = (typeof dialModes)[number];
export const campaignStatuses = ["draft", "running", "paused", "stopped"] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdayNames)[number];
export const weekdays: readonly Weekday[] = weekdayNames;
export const weekday = z.enum(weekdayNames);

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

export const formFieldTypes = [
  "text",
  "long-text",
  "number",
  "money", // two digits after the point, at most
  "date",
  "time",
  "choice",
  "choices",
  "yes-no",
  "checkbox", // ticked or not; required: must be ticked
  "phone",
  "email",
] as const;
export const formField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().min(1).max(100),
  type: z.enum(formFieldTypes),
  required: z.boolean().default(false),
  options: z.array(z.string().min(1)).default([]),
  /** Conditions over fields by their keys, and over `$disposition`: the labels from the root to the chosen result. */
  showIf: answerRule.optional(),
  /** Required while this holds, and `required` else. */
  requiredIf: answerRule.optional(),
});
export type FormField = z.infer<typeof formField>;

export const dispositionEffects = ["done", "retry", "callback", "do-not-call"] as const;
export type DispositionEffect = (typeof dispositionEffects)[number];
export interface DispositionNode {
  id?: number | undefined;
  label: string;
  effect: DispositionEffect;
  success: boolean;
  /** The person sought was spoken to; a success says so in any case. */
  rightParty?: boolean | undefined;
  /** What else choosing it does. */
  does?: DispositionDoes | undefined;
  children: DispositionNode[];
}
export const dispositionNode: z.ZodType<DispositionNode> = z.lazy(() =>
  z.object({
    id: z.number().optional(),
    label: z.string().min(1).max(80),
    effect: z.enum(dispositionEffects),
    success: z.boolean(),
    rightParty: z.boolean().optional(),
    does: dispositionDoes.optional(),
    children: z.array(dispositionNode),
  }),
);

export const campaignInput = z.object({
  name: z.string().trim().min(1).max(100),
  note: z.string().max(2000).default(""),
  mode: z.enum(dialModes),
  priority: z.number().int().min(1).max(9).default(5),
  ratio: z.number().min(1).max(10).default(1),
  /** Predictive mode: abandoned over live answers of a day, at most. */
  abandonCeiling: z.number().min(0.001).max(0.1).default(0.03),
  callerId: e164.nullable().default(null),
  ringTimeoutMs: z.number().int().min(15_000).max(120_000).default(30_000),
  previewTimeoutMs: z.number().int().min(3_000).nullable().default(null),
  wrapUpLimitMs: z.number().int().min(0).max(3_600_000).default(60_000),
  summaryRequired: z.boolean().default(true),
  hours: weekHours,
  attempts: attemptLimits,
  retries: retryRules,
  afterCall: afterCall.default(() => afterCall.parse({})),
  form: z.array(formField).default([]),
  abandonAfterMs: z.number().int().min(500).max(10_000).default(2_000),
  record: z.boolean().default(true),
  answering: answeringSettings.prefault({}),
  listIds: z.array(z.number().int()).default([]),
  /** Order, weights and quotas of these lists. */
  listMix: listMix.default(plainMix),
  /** Which leads of these lists are dialled; null: all. */
  leadFilter: leadConditions.nullable().default(null),
  trunkIds: z.array(z.number().int()).default([]),
  agentIds: z.array(z.number().int()).default([]),
  dispositions: z.array(dispositionNode).default([]),
  ...campaignCallerIds.shape,
  /** What agents say and ask; null: nothing. */
  scriptId: z.number().int().nullable().default(null),
  /** Where a call's record stands in the company's own system, with names in braces; empty: nowhere. */
  recordUrl: recordUrlTemplate.default(""),
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
  /** `PUT /:id/agentless` and `PUT /:id/abandonment` change these two. */
  agentless: agentlessSettings.nullable(),
  abandonment,
  /** What calls that begin now walk; null: none is chosen, or it was never published. */
  script: scriptInForce.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
});
export type CampaignDetail = z.infer<typeof campaignDetail>;

/**
 * `GET /api/v1/campaigns?status=&search=`; `POST /`, `PUT /:id`, `POST /:id/copy {name}`, `POST /:id/start|pause|stop`,
 * `DELETE /:id`. Starting answers 422 `campaign-not-ready` with `detail.missing: StartProblem[]`.
 */
export const campaignFilter = pageQuery.extend({
  status: z.enum(campaignStatuses).optional(),
  search: z.string().trim().max(100).optional(),
});
export const campaignCopy = z.object({ name: z.string().trim().min(1).max(100) });
export const startProblems = [
  "no-lists",
  "no-leads",
  "no-trunks",
  "trunks-disabled",
  "no-agents",
  "no-hours",
  "no-dispositions",
  "no-caller-ids",
  "no-message", // agentless without a message
  "message-gaps", // a step of the message lacks its prompt, key or disposition
] as const;
export type StartProblem = (typeof startProblems)[number];

/** `GET /api/v1/campaigns/template?language=`: hours, attempts, retries, form and dispositions to begin with. */
export const campaignTemplate = campaignInput.pick({
  hours: true,
  attempts: true,
  retries: true,
  form: true,
  dispositions: true,
});
export type CampaignTemplate = z.infer<typeof campaignTemplate>;

/** Why a lead of a campaign is, or is not, dialled now; words under `funnel.<name>`. Each lead counts once. */
export const funnelReasons = [
  "dialable", // ready, due, and the gate lets it pass
  "claimed", // planned or in a call
  "due-later", // waits for its next try
  "outside-hours", // not at this hour where the person is
  "holiday",
  "locked-out", // rests after an earlier call
  "attempt-limits", // tried too often lately
  "in-another-call",
  "caller-ids", // every number of the campaign's pool has reached its cap, or rests
  "owner-absent", // assigned to an agent or a unit of whom nobody is signed in
  "callback", // waits for an agreed time
  "quota-reached",
  "filtered-out",
  "no-attempts-left", // ready, and tried as often as this campaign allows
  "exhausted", // done without being reached: tries used up
  "do-not-call",
  "no-consent",
  "invalid-number",
  "done",
  "excluded",
] as const;
export type FunnelReason = (typeof funnelReasons)[number];

/** `GET /api/v1/campaigns/:id/funnel`. */
export const campaignFunnel = z.object({
  total: z.number(),
  reasons: z.array(estimate.extend({ reason: z.enum(funnelReasons) })),
  /** Ready leads by zone, and whether it may be called now. */
  zones: z.array(
    z.object({
      timeZone: z.string(),
      ready: z.number(),
      callable: z.boolean(),
      opensAt: instant.nullable(),
    }),
  ),
  /** The next retry that falls due; null: none waits. */
  nextDueAt: instant.nullable(),
  /** What would keep the campaign from starting, or keeps it from dialling. */
  problems: z.array(z.enum(startProblems)),
});
export type CampaignFunnel = z.infer<typeof campaignFunnel>;

/** `GET /api/v1/campaigns/:id/funnel/leads`: the leads behind a count; `next` is `after` of the page that follows. */
export const funnelLeadsQuery = z.object({
  reason: z.enum(funnelReasons),
  after: z.coerce.number().int().min(0).default(0),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});
export const funnelLeads = z.object({ items: z.array(leadRow), next: z.number().nullable() });

/** `GET /api/v1/leads/:id/why`: for each campaign that has the lead's list. */
export const leadWhy = z.object({
  campaigns: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      status: z.enum(campaignStatuses),
      reason: z.enum(funnelReasons),
      /** From when on it may be dialled; null: at once, or never. */
      from: instant.nullable(),
      /** Rules of the gate that refuse it now; words under `rule.<name>`. */
      refusedBy: z.array(z.string()),
      problems: z.array(z.enum(startProblems)),
    }),
  ),
});
export type LeadWhy = z.infer<typeof leadWhy>;

/** `POST /api/v1/campaigns/retry-preview`: when a lead with these numbers would be called if each attempt ended so. */
export const retryPreviewInput = campaignInput
  .pick({ hours: true, attempts: true, retries: true, afterCall: true })
  .extend({
    /** Whose learned answer times count; null: nothing is known yet. */
    campaignId: z.number().int().nullable().default(null),
    outcome: z.enum(outcomes),
    /** Of the lead's numbers, in the list's order. */
    kinds: z.array(z.enum(phoneKinds)).min(1).max(5),
    timeZone: z.string().max(64),
  });
export type RetryPreviewInput = z.input<typeof retryPreviewInput>;
export const retryPreview = z.object({
  calls: z.array(
    z.object({
      at: instant,
      kind: z.enum(phoneKinds),
      /** Which of the lead's numbers, from 0. */
      number: z.number(),
    }),
  ),
  /** Why it ends there: a reason of `status_reason`, or `more`: it goes on beyond what is shown. */
  end: z.string(),
  exhausted: z.enum(exhaustedActions),
});
export type RetryPreview = z.infer<typeof retryPreview>;
