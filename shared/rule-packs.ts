/** Rule packs: what the law of a place asks of a call, as plain data with its sources. */
import { z } from "zod";
import { weekHours } from "./campaigns.ts";

/** What a person hears on answering: somebody who speaks, or a recording. */
export const callKinds = ["agent-call", "recorded-message"] as const;
export type CallKind = (typeof callKinds)[number];
export const callPurposes = ["marketing", "service", "collection", "survey"] as const;
export type CallPurpose = (typeof callPurposes)[number];
/** After what a number rests. `refusal`: the person said no to the offer; `complaint`: they complained. */
export const lockCauses = ["abandoned", "refusal", "complaint"] as const;
export type LockCause = (typeof lockCauses)[number];
/** `written` includes electronic forms that are kept; it serves where `express` is asked for. */
export const consentForms = ["express", "written"] as const;
export type ConsentForm = (typeof consentForms)[number];

const words = z.object({ zh: z.string().min(1), en: z.string().min(1) });

/**
 * Where a rule stands. `checked`: the day on which its own words were last read; null: they were not. `account`: the day
 * on which what somebody else says of it was; with neither it is from memory.
 */
export const ruleSource = z.object({
  title: z.string().min(1),
  section: z.string().min(1),
  url: z.url().optional(),
  note: words.optional(),
  checked: z.iso.date().nullable(),
  account: z.iso.date().nullable().default(null),
});

const sourceId = z.string().regex(/^[a-z0-9-]+$/);
const forPurposes = z
  .array(z.enum(callPurposes))
  .min(1)
  .default([...callPurposes]);
const forKinds = z
  .array(z.enum(callKinds))
  .min(1)
  .default([...callKinds]);

/** Over what the share of abandoned calls is taken: the last `windowHours` at any moment; successive periods of that
 * length from the campaign's first call on; or each day from midnight to midnight in `timeZone`. */
export const abandonWindows = ["rolling", "campaign-periods", "calendar-day"] as const;
/**
 * `live-answers`: abandoned over all whom a person answered. `ofcom`: who hung up before an agent was due is left out,
 * and where machines are not recognised, the share of machines among answers that agents took is taken off the abandoned.
 * Both count people taken for machines as abandoned, by a reasoned estimate.
 */
export const abandonFormulas = ["live-answers", "ofcom"] as const;

export const abandonRule = z.object({
  maxShare: z.number(),
  windowHours: z.number().int(),
  window: z.enum(abandonWindows).default("rolling"),
  timeZone: z.string().default("UTC"),
  formula: z.enum(abandonFormulas).default("live-answers"),
  source: sourceId,
});
export type AbandonRule = z.output<typeof abandonRule>;

/** All rules of a set hold together, so another set can only make it stricter. */
export const ruleSet = z.object({
  /** On the clock of the person called. `closedOn`: a calendar of holidays (server/features/compliance/rules). */
  hours: z
    .array(
      z.object({
        week: weekHours,
        closedOn: z.string().nullable().default(null),
        purposes: forPurposes,
        /** A person's own consent lifts it. */
        unlessConsent: z.boolean().default(false),
        source: sourceId,
      }),
    )
    .default([]),
  /** At most `max` attempts in any `windowHours`, to the number or to all numbers of the person. */
  attempts: z
    .array(
      z.object({
        of: z.enum(["number", "person"]),
        max: z.number().int(),
        windowHours: z.number().int(),
        /** Counts the campaign's own attempts only, where the law counts by subject. */
        sameCampaign: z.boolean().default(false),
        purposes: forPurposes,
        source: sourceId,
      }),
    )
    .default([]),
  /** Abandoned over live answers, at most, of one campaign. */
  abandon: z.array(abandonRule).default([]),
  /** A call nobody answers rings at least so long. */
  minRing: z.array(z.object({ seconds: z.number().int(), source: sourceId })).default([]),
  /** No call for so long after it. `unlessAgent`: allowed if an agent is there for this call alone. */
  locks: z
    .array(
      z.object({
        after: z.enum(lockCauses),
        hours: z.number().int(),
        unlessAgent: z.boolean().default(false),
        purposes: forPurposes,
        source: sourceId,
      }),
    )
    .default([]),
  /** These calls need the person's consent in this form. */
  consent: z
    .array(z.object({ kinds: forKinds, purposes: forPurposes, form: z.enum(consentForms), source: sourceId }))
    .default([]),
  /** Public registers these calls are checked against, loaded at most so long ago; consent lifts it. */
  registers: z
    .array(z.object({ key: sourceId, maxAgeDays: z.number().int(), purposes: forPurposes, source: sourceId }))
    .default([]),
});
export type RuleSet = z.output<typeof ruleSet>;

export const rulePack = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$/),
  /** From this day on, until the next version begins; UTC. */
  validFrom: z.iso.date(),
  name: words,
  note: words.optional(),
  /** Numbers of these countries (ISO 3166-1) are under it, whatever the campaign says. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  rules: ruleSet,
  /** Parts of the place with rules of their own on top, by ISO 3166 code. */
  regions: z
    .record(
      z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/),
      z.object({
        name: words,
        /** Beginnings of its numbers, E.164 without `+`; none: the region is a country. */
        prefixes: z.array(z.string().regex(/^\d{1,7}$/)).default([]),
        rules: ruleSet.partial(),
      }),
    )
    .default({}),
  sources: z.record(sourceId, ruleSource),
});
export type RulePack = z.output<typeof rulePack>;
export type RulePackInput = z.input<typeof rulePack>;

/** What is wrong with a pack; words under `rulePacks.problem.<kind>`. */
export const packProblems = [
  "never-open",
  "backward-hours",
  "no-attempts",
  "empty-window",
  "abandon-share",
  "ring-too-long",
  "empty-lock",
  "unknown-calendar",
  "unknown-source",
] as const;
export interface PackProblem {
  kind: (typeof packProblems)[number];
  /** Empty: the pack's own rules. */
  region: string;
  value?: string | number | undefined;
}

/** The company's setting and a campaign's: a pack, none, or the pack of each number's country. */
export const rulePackChoice = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** `GET`/`PUT /api/v1/campaigns/:id/compliance`. */
export const campaignCompliance = z.object({
  /** null: the company's. */
  rulePack: rulePackChoice.nullable().default(null),
  purpose: z.enum(callPurposes).default("marketing"),
  callKind: z.enum(callKinds).default("agent-call"),
  /** Attempts to all numbers of a person in 24 hours, all campaigns together; null: no limit of our own. */
  perPersonPerDay: z.number().int().min(1).max(50).nullable().default(null),
  /** What the company relies on for everybody on the campaign's lists; empty: consent is kept person by person. */
  consentBasis: z.string().trim().max(2000).default(""),
  /** Numbers rest after a call that ended with this disposition. */
  locks: z
    .array(
      z.object({
        dispositionId: z.number().int(),
        hours: z.number().int().min(1).max(87_600),
        /** What it is to the law. */
        cause: z.enum(["refusal", "complaint", "own"]).default("own"),
        /** Rests for every campaign, not for this one alone. */
        everywhere: z.boolean().default(true),
      }),
    )
    .max(100)
    .default([]),
});
export type CampaignCompliance = z.output<typeof campaignCompliance>;
