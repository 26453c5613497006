import { z } from "zod";
import { callFilter, outcomes } from "./calls.ts";
import { instant, languages } from "./common.ts";
import { phoneKinds } from "./customers.ts";

const day = z.iso.date();

/**
 * `GET /api/v1/reports/calls`: outbound calls planned from the first to the last day, both included, on the company's
 * clock. An id of 0 means "none", as in `callFilter`.
 */
export const reportQuery = z
  .object({
    from: day,
    to: day,
    campaignId: z.coerce.number().int().optional(),
    listId: z.coerce.number().int().optional(),
    agentId: z.coerce.number().int().optional(),
    trunkId: z.coerce.number().int().optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "before from" });
export type ReportQuery = z.infer<typeof reportQuery>;

/** What a group of calls amounts to. Each count opens its rows: `GET /api/v1/calls?…&counted=<name>`. */
export const reportFigures = z.object({
  attempts: z.number(),
  /** Reached the switch. */
  dialled: z.number(),
  /** Somebody or something answered. */
  answered: z.number(),
  /** Talked with an agent. */
  connected: z.number(),
  /** A person answered and no agent came in time. */
  abandoned: z.number(),
  /** Ended with a disposition that counts as success. */
  success: z.number(),
  /** A person answered and an agent was due. */
  live: z.number(),
  /** The agent was heard within two seconds of the answer. */
  inTime: z.number(),
  /** The result says that the person sought was spoken to. */
  rightParty: z.number(),
  /** Live answers of calls that were dialled by themselves, and those of them that met no agent for our fault. */
  pacedLive: z.number(),
  pacedAbandoned: z.number(),
  /** The person called complained. */
  complaints: z.number(),
  talkMs: z.number(),
  wrapMs: z.number(),
  /** The agents' time in talks and summaries, and ready for more; null: not known of such a group. */
  busyMs: z.number().nullable(),
  idleMs: z.number().nullable(),
  /** Distinct leads that were dialled, and how many their lists hold; null as above. */
  leadsTried: z.number().nullable(),
  leads: z.number().nullable(),
});
export type ReportFigures = z.infer<typeof reportFigures>;

const named = reportFigures.extend({ id: z.number(), name: z.string() });
export type NamedFigures = z.infer<typeof named>;

export const report = z.object({
  timeZone: z.string(),
  totals: reportFigures,
  days: z.array(reportFigures.extend({ day })),
  hours: z.array(reportFigures.extend({ hour: z.number() })),
  /** Id 0: calls of no campaign, list, agent or trunk; its name is empty. */
  campaigns: z.array(named),
  lists: z.array(named),
  agents: z.array(named),
  trunks: z.array(named),
  /** From the root of the tree to the chosen leaf; id 0: none was chosen. */
  dispositions: z.array(
    reportFigures.extend({
      id: z.number(),
      path: z.array(z.string()),
      campaign: z.string(),
      isSuccess: z.boolean(),
    }),
  ),
  /** null: still under way. */
  outcomes: z.array(reportFigures.extend({ outcome: z.enum(outcomes).nullable() })),
  /** Abandons as each rule counts them, for campaigns that dial by themselves, over windows that end with the last day. */
  abandonment: z.object({
    to: instant,
    usFrom: instant,
    ofcomFrom: instant,
    campaigns: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        us: z.object({ answers: z.number(), abandoned: z.number() }),
        ofcom: z.object({ answers: z.number(), abandoned: z.number(), estimated: z.number() }),
      }),
    ),
  }),
});
export type Report = z.infer<typeof report>;

/** `GET /api/v1/reports/answer-times`: when people answer, on the clock where they are. */
export const answerTimesQuery = reportQuery.extend({ phoneKind: z.enum(phoneKinds).optional() });
export type AnswerTimesQuery = z.infer<typeof answerTimesQuery>;
/** Hours of the week with calls. Each count opens its rows: `GET /api/v1/calls?…&slot=&counted=<name>`. */
export const answerTimes = z.object({
  cells: z.array(
    z.object({
      /** Hour of the called person's week: 0 is Monday 00:00 (`slotOf`). */
      slot: z.number(),
      dialled: z.number(),
      answered: z.number(),
      connected: z.number(),
    }),
  ),
});
export type AnswerTimes = z.infer<typeof answerTimes>;

export const exportFormats = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const reportTables = [
  "days",
  "hours",
  "campaigns",
  "lists",
  "agents",
  "trunks",
  "dispositions",
  "outcomes",
] as const;
export type ReportTable = (typeof reportTables)[number];

export const exportOptions = z.object({
  format: z.enum(exportFormats).default("csv"),
  language: z.enum(languages).default("zh"),
});
/** `GET /api/v1/reports/calls/export`: one table as CSV, or all of them as the sheets of one workbook. */
export const reportExport = reportQuery.extend({
  ...exportOptions.shape,
  table: z.enum(reportTables).default("days"),
});
/** `GET /api/v1/calls/export`: every call of a filter, a row each. */
export const callExport = callFilter.omit({ page: true, pageSize: true }).extend(exportOptions.shape);
