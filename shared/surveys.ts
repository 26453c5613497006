/** Questions to customers after a call. A survey is the same on every way it is put: keys of a telephone, or a link. */
import { z } from "zod";
import { instant, languages } from "./common.ts";

export const surveyQuestion = z
  .object({
    /** As it is written and, without a prompt, spoken: what is asked, and what the keys mean. */
    text: z.string().trim().min(1).max(500),
    /** Said in its place; null: the text is spoken. */
    promptId: z.int().nullable().default(null),
    /** One key: the lowest and the highest answer. */
    min: z.int().min(0).max(9).default(1),
    max: z.int().min(0).max(9).default(5),
    /** Asked only if the first answer is no higher; null: always. */
    onlyUpTo: z.int().min(0).max(9).nullable().default(null),
  })
  .refine(({ min, max }) => min < max, "the highest answer is above the lowest");
export type SurveyQuestion = z.infer<typeof surveyQuestion>;

/** `after`: when the agent hangs up. `agent`: only when the agent sends the customer to it. */
export const surveyWhens = ["after", "agent"] as const;
export type SurveyWhen = (typeof surveyWhens)[number];

/** Body of `POST /api/v1/surveys` and `PUT /api/v1/surveys/:id`. */
export const surveyInput = z.object({
  name: z.string().trim().min(1).max(100),
  language: z.enum(languages),
  /** The first is the score that reports compare. */
  questions: z.array(surveyQuestion).min(1).max(3),
  thanks: z.string().trim().max(300).default(""),
  /** Where it is asked; a queue or campaign has one survey at most. */
  uses: z
    .array(
      z
        .object({
          queueId: z.int().nullable().default(null),
          campaignId: z.int().nullable().default(null),
          when: z.enum(surveyWhens),
        })
        .refine(
          ({ queueId, campaignId }) => (queueId === null) !== (campaignId === null),
          "a queue or a campaign",
        ),
    )
    .max(500)
    .default([]),
});
export type SurveyInput = z.output<typeof surveyInput>;
export const surveyDetail = surveyInput.extend({ id: z.number() });
export type SurveyDetail = z.infer<typeof surveyDetail>;

/** How it ended. */
export const surveyEnds = [
  "answered", // every question that was asked
  "partial", // at least the first
  "refused", // not one
] as const;
export type SurveyEnd = (typeof surveyEnds)[number];

/** Flows ask for a score themselves (a satisfaction block); those ratings are of no agent. */
export const surveyGroups = ["agent", "queue", "campaign", "flow"] as const;
export type SurveyGroup = (typeof surveyGroups)[number];

export const surveyReportQuery = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(surveyGroups).default("agent"),
  surveyId: z.coerce.number().int().optional(),
});
export const surveyReportRow = z.object({
  /** Of the agent, queue, campaign or flow; null: of none. */
  id: z.number().nullable(),
  name: z.string(),
  asked: z.number(),
  /** Of the asked: gave at least the first answer. */
  rated: z.number(),
  refused: z.number(),
  /** Of the first answers; null: there is none. */
  mean: z.number().nullable(),
  /** Of the first answers, 0 for the lowest key and 1 for the highest; null: there is none. */
  index: z.number().nullable(),
  /** How often each first answer was given, by its key. */
  counts: z.record(z.string(), z.number()),
});
export type SurveyReportRow = z.infer<typeof surveyReportRow>;

/** `GET /api/v1/survey-trend`: the same by day, of those who were rated. */
export const surveyTrendRow = surveyReportRow
  .pick({ id: true, name: true, rated: true })
  .extend({ day: z.iso.date(), index: z.number() });
export type SurveyTrendRow = z.infer<typeof surveyTrendRow>;

/** `GET /api/v1/survey-follow-ups`: answers to the questions after the first. */
export const followUpRow = z.object({
  surveyId: z.number(),
  survey: z.string(),
  /** 2 and on. */
  number: z.number(),
  text: z.string(),
  answered: z.number(),
  counts: z.record(z.string(), z.number()),
});
export type FollowUpRow = z.infer<typeof followUpRow>;

/** `GET /api/v1/survey-results`: single answers behind a figure, the newest first. */
export const surveyResultsQuery = surveyReportQuery.extend({
  id: z.coerce.number().int().optional(),
  rating: z.coerce.number().int().optional(),
});
export const surveyResult = z.object({
  callId: z.string(),
  survey: z.string(),
  agent: z.string().nullable(),
  askedAt: instant,
  how: z.enum(surveyEnds),
  answers: z.array(z.number()),
});
export type SurveyResult = z.infer<typeof surveyResult>;
