import { z } from "zod";
import { instant } from "./common.ts";
import { agentStates } from "./desk.ts";
import { exportOptions } from "./reports.ts";

export const day = z.iso.date();
/** `HH:MM` on the company's clock. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const breaks = z.array(z.tuple([clockTime, clockTime])).max(10);
/** Of a person or of a unit; a person's own goes before that of their unit, a unit's before that of the one above. */
const whose = { userId: z.number().int().nullable(), orgUnitId: z.number().int().nullable() };

/** `POST /api/v1/shifts`: a row for each weekday (1 Monday to 7 Sunday). An end before the start is on the next day. */
export const shiftInput = z.object({
  ...whose,
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  starts: clockTime,
  ends: clockTime,
  breaks: breaks.default([]),
  validFrom: day,
  validTo: day.nullable().default(null),
});
export const shiftRow = z.object({
  id: z.number(),
  ...whose,
  name: z.string(),
  weekday: z.number(),
  starts: z.string(),
  ends: z.string(),
  breaks,
  validFrom: day,
  validTo: day.nullable(),
});
export type ShiftRow = z.infer<typeof shiftRow>;
/** `POST /api/v1/shifts/exceptions`: one day that is different; without times it is free. */
export const shiftExceptionInput = z.object({
  ...whose,
  day,
  starts: clockTime.nullable(),
  ends: clockTime.nullable(),
  breaks: breaks.default([]),
  note: z.string().max(200).default(""),
});
export const shiftExceptionRow = shiftExceptionInput.extend({ id: z.number(), name: z.string() });
export type ShiftExceptionRow = z.infer<typeof shiftExceptionRow>;
/** `GET /api/v1/shifts`. */
export const shiftPlan = z.object({ patterns: z.array(shiftRow), exceptions: z.array(shiftExceptionRow) });
/** `POST /api/v1/shifts/import`: `login,day,start,end,breaks,note`; all rows or none. */
export const shiftImport = z.object({ csv: z.string().max(2_000_000) });
export const shiftImported = z.object({
  rows: z.number(),
  problems: z.array(z.object({ line: z.number(), problem: z.string() })),
});

export const stateTotal = z.object({
  state: z.enum(agentStates),
  pauseReasonId: z.number().nullable(),
  ms: z.number(),
});
/** Milliseconds. Definitions under `agentTime.definition.<name>`. */
export const timeFigures = z.object({
  /** Planned up to now, breaks included; of it work. */
  plannedMs: z.number(),
  plannedWorkMs: z.number(),
  /** Of the planned time in a state that was planned: adherence is its share of `plannedMs`. */
  inPlanMs: z.number(),
  /** In a state of work, planned or not: conformance is its share of `plannedWorkMs`. */
  workedMs: z.number(),
  lateMs: z.number(),
  earlyMs: z.number(),
  /** Planned days on which nobody came. */
  absentDays: z.number(),
  lateDays: z.number(),
  totals: z.array(stateTotal),
});
export type TimeFigures = z.infer<typeof timeFigures>;

/** `GET /api/v1/agent-time?from=&to=`: a row for each agent whom this person sees; days on the company's clock. */
export const agentTimeQuery = z.object({
  from: day,
  to: day,
  userId: z.coerce.number().int().optional(),
  orgUnitId: z.coerce.number().int().optional(),
});
export type AgentTimeQuery = z.infer<typeof agentTimeQuery>;
export const agentTimeRow = z.object({ userId: z.number(), name: z.string(), figures: timeFigures });
export type AgentTimeRow = z.infer<typeof agentTimeRow>;
export const agentTimeReport = z.object({
  timeZone: z.string(),
  items: z.array(agentTimeRow),
  total: z.number(),
});
/** `GET /api/v1/agent-time/:id/days?from=&to=`: one person, a row for each day. */
export const agentDays = z.object({
  items: z.array(z.object({ day, figures: timeFigures })),
  total: z.number(),
});
export type AgentDayRow = z.infer<typeof agentDays>["items"][number];
export const agentTimeExport = agentTimeQuery.extend(exportOptions.shape);

/** `GET /api/v1/agent-time/:id?day=`: what one person was planned to do and did. */
export const agentDay = z.object({
  timeZone: z.string(),
  userId: z.number(),
  name: z.string(),
  from: instant,
  to: instant,
  plan: z.array(z.object({ from: instant, to: instant, kind: z.enum(["work", "break"]) })),
  note: z.string(),
  spans: z.array(
    z.object({
      from: instant,
      to: instant,
      state: z.enum(agentStates),
      pauseReasonId: z.number().nullable(),
      callId: z.string().nullable(),
      cause: z.string(),
      /** It counts as work. */
      work: z.boolean(),
    }),
  ),
  figures: timeFigures,
});
export type AgentDay = z.infer<typeof agentDay>;
