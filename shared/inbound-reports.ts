/**
 * Reports of calls that come in. Each figure counts visits (of a queue, a flow, a box) by a condition; the list of calls
 * filters by the same conditions (`callFilter`), so a figure and the rows it opens cannot differ.
 */
import { z } from "zod";
import { languages } from "./common.ts";

export const queueFigures = [
  "offered",
  "answered",
  "in-time", // of the answered: within the queue's threshold as it was then
  "late",
  "abandoned",
  "abandoned-5", // of the abandoned: after at most 5 seconds; then 5 to 15, and so on
  "abandoned-15",
  "abandoned-30",
  "abandoned-60",
  "abandoned-more",
  "overflowed",
  "to-queue",
  "to-voicemail",
  "to-number",
  "to-flow",
  "place-kept",
  "called-back", // of the kept places: they talked with an agent
  "place-open", // waits still, or is being called
  "place-expired",
  "place-lost", // ended otherwise
  "turned-away",
  "lost",
] as const;
export type QueueFigure = (typeof queueFigures)[number];

export const flowFigures = [
  "entered",
  "finished", // to an end of the flow
  "hung-up", // in the flow, and nobody was asked for
  "contained", // both
  "people", // somebody took the call
  "gave-up", // hung up while they waited for people
  "voicemail",
  "returned", // to the flow around
  "broken", // too long, in a circle, an exit that leads nowhere, a fault
  "verified", // passed one of its verifications
  "not-verified", // tried one, and did not pass it
] as const;
export type FlowFigure = (typeof flowFigures)[number];

export const boxFigures = ["left", "heard", "unheard", "returned"] as const;
export type BoxFigure = (typeof boxFigures)[number];

const days = { from: z.iso.date(), to: z.iso.date() };
/** Days of the company's clock, both included; at most 400. Errors: 422 `inbound-report-span`. */
export const inboundQuery = z.object(days);
export const inboundExport = z.object({
  format: z.enum(["csv", "xlsx"]).default("csv"),
  language: z.enum(languages).default("zh"),
});

/** `GET /api/v1/reports/queues`. Intervals below a day are told of at most 31 days. */
export const queueReportQuery = inboundQuery.extend({
  /** Minutes. */
  interval: z.coerce.number().pipe(z.union([z.literal(15), z.literal(30), z.literal(60), z.literal(1440)])),
  queueId: z.coerce.number().int().optional(),
});
export type QueueReportQuery = z.output<typeof queueReportQuery>;

/** Of callers who came in one interval. */
export const queueInterval = z.object({
  queueId: z.number(),
  name: z.string(),
  /** When it begins, and ends. */
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  counts: z.record(z.enum(queueFigures), z.number()),
  /** Of the answered, in all, ms. */
  answeredWaitMs: z.number(),
  longestWaitMs: z.number().nullable(),
  /** Of the answered whose call is over: how many, and their talk and wrap-up in all, ms. */
  handled: z.number(),
  handleMs: z.number(),
});
export type QueueInterval = z.infer<typeof queueInterval>;

/** `GET /api/v1/reports/ivr`: flows that anybody came to, by name; with `days` of each. */
export const flowReportRow = z.object({
  flowId: z.number(),
  name: z.string(),
  /** Null: of all days. */
  day: z.iso.date().nullable(),
  counts: z.record(z.enum(flowFigures), z.number()),
  /** In the flow, waits for people aside, per caller; ms. */
  meanMs: z.number(),
});
export type FlowReportRow = z.infer<typeof flowReportRow>;

/** `GET /api/v1/reports/ivr/:id`: the flow's blocks that anybody came to, the most visited first. */
export const flowBlockRow = z.object({
  blockId: z.string(),
  /** Of the newest version that has it; empty: it goes by its kind. */
  title: z.string(),
  kind: z.string(),
  visits: z.number(),
  /** The call ended here, by the caller. */
  leftHere: z.number(),
  meanMs: z.number(),
  /** By exit: how many took it, and for a key what it stands for. */
  exits: z.array(z.object({ exit: z.string(), label: z.string(), visits: z.number() })),
  /** Of a verification: callers who tried, who passed, and tries in all. */
  verification: z.object({ callers: z.number(), verified: z.number(), tries: z.number() }).nullable(),
});
export type FlowBlockRow = z.infer<typeof flowBlockRow>;

/** `GET /api/v1/reports/voicemail`: boxes in which a message was left, by name. */
export const boxReportRow = z.object({
  boxId: z.number(),
  name: z.string(),
  counts: z.record(z.enum(boxFigures), z.number()),
  /** Of the heard, until it was; ms. Null: none was. */
  meanUntilHeardMs: z.number().nullable(),
  longestUntilHeardMs: z.number().nullable(),
});
export type BoxReportRow = z.infer<typeof boxReportRow>;

/** Filters of the list of calls: visits that began in a span, and what became of them. */
export const inboundFilter = {
  /** When the caller came to the queue, block or box. */
  cameFrom: z.iso.datetime({ offset: true }).optional(),
  cameTo: z.iso.datetime({ offset: true }).optional(),
  queueId: z.coerce.number().int().optional(),
  queueFigure: z.enum(queueFigures).optional(),
  flowId: z.coerce.number().int().optional(),
  flowFigure: z.enum(flowFigures).optional(),
  flowBlock: z.string().max(40).optional(),
  flowExit: z.string().max(40).optional(),
  boxId: z.coerce.number().int().optional(),
  boxFigure: z.enum(boxFigures).optional(),
};
export const inboundFilterKeys = Object.keys(inboundFilter) as (keyof typeof inboundFilter)[];
