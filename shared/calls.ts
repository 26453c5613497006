import { z } from "zod";
import { inboundFilter } from "./inbound-reports.ts";
import { e164, instant, pageQuery } from "./common.ts";
import { phoneKinds } from "./customers.ts";
import { callVerdict } from "./answering.ts";
import { callQuality } from "./quality.ts";
import { callScript, scriptFigures } from "./scripts.ts";

export const callStates = [
  "planned", // claimed and written down; the gate has not spoken
  "dialling", // the switch is placing it
  "ringing",
  "message", // a person answered and hears a recorded message
  "waiting", // a person answered, no agent yet
  "connecting", // an agent is chosen, the legs are meeting
  "talking",
  "wrap-up", // over; the agent writes the summary
  "closed",
] as const;
export type CallState = (typeof callStates)[number];

/** How an attempt ended, in the vocabulary of retry rules and reports. Words under `outcome.<name>`. */
export const outcomes = [
  "connected", // a person talked with an agent
  "abandoned", // a person answered, no agent in time
  "customer-left", // a person answered and hung up before an agent came
  "place-kept", // a caller hung up to be called back in their turn
  "message-heard", // a person heard the whole recorded message, or chose a key of it
  "message-cut", // a person answered and hung up within the message
  "message-left", // an answering machine took the whole recorded message, after its beep
  "no-answer",
  "busy",
  "invalid-number",
  "unreachable", // out of coverage, or the network does not say
  "powered-off",
  "suspended", // the subscription rests: an open bill, a wish of its owner
  "call-barred", // calls to them, or from us, are barred
  "blocked", // a filter took us for a nuisance
  "fax", // a machine, for ever
  "machine", // an answering machine or a network's prompt
  "screener", // an assistant that asks who calls
  "rejected",
  "congestion",
  "trunk-failed",
  "cancelled", // we gave up while it rang
  "given-up", // the dialler gave up while it rang: its answer would have met nobody
  "refused", // the compliance gate said no
  "agent-lost", // the agent's leg was not there
  "crashed", // closed by the reconciler after a restart
  "failed",
] as const;
export type Outcome = (typeof outcomes)[number];

/** `internal`: between two of us, without a customer. */
export const callDirections = ["outbound", "inbound", "internal"] as const;
export type CallDirection = (typeof callDirections)[number];

export const callOrigins = [
  "preview",
  "progressive",
  "ratio",
  "predictive",
  "agentless",
  "manual",
  "callback",
  "inbound",
  "internal", // a colleague
  "voicemail", // a box tells of its messages
  "transfer", // an agent's customer is put through to this number
  "test",
] as const;
export type CallOrigin = (typeof callOrigins)[number];
/** Dialled by itself, for whoever will be free: whose answers may meet nobody, and count against the abandon ceiling. */
export const pacedOrigins = ["progressive", "ratio", "predictive"] as const satisfies readonly CallOrigin[];
export const isPacedOrigin = (origin: CallOrigin): boolean =>
  (pacedOrigins as readonly CallOrigin[]).includes(origin);

export const messageFigures = [
  "calls",
  "heard",
  "cut",
  "machines",
  "left",
  "opt-outs",
  "callbacks",
  "transfers",
  "connected",
] as const;
export type MessageFigure = (typeof messageFigures)[number];

/** A row of the list of calls. `phone` is masked for who may not see numbers; of an internal call it is the extension. */
export const callRow = z.object({
  id: z.string(),
  direction: z.enum(callDirections),
  origin: z.enum(callOrigins),
  state: z.enum(callStates),
  outcome: z.enum(outcomes).nullable(),
  cause: z.string().nullable(),
  campaign: z.object({ id: z.number(), name: z.string() }).nullable(),
  list: z.object({ id: z.number(), name: z.string() }).nullable(),
  leadId: z.number().nullable(),
  customer: z.object({ id: z.number(), name: z.string() }).nullable(),
  name: z.string(),
  phone: z.string(),
  agent: z.object({ id: z.number(), name: z.string() }).nullable(),
  trunk: z.object({ id: z.number(), name: z.string() }).nullable(),
  plannedAt: instant,
  answeredAt: instant.nullable(),
  connectedAt: instant.nullable(),
  endedAt: instant.nullable(),
  talkMs: z.number().nullable(),
  disposition: z.string().nullable(),
  hasRecording: z.boolean(),
  /** Of its worst direction, 1 to 4.5 (shared/quality.ts); null for a call that was not answered. */
  mos: z.number().nullable(),
});
export type CallRow = z.infer<typeof callRow>;

/** What the figures of a report count; each opens its rows by this name. */
export const countedFigures = [
  "attempts",
  "dialled", // reached the switch
  "answered", // by somebody or something
  "live", // by a person, and an agent was due
  "connected", // talked with an agent
  "in-time", // of these, the agent was heard within two seconds of the answer
  "right-party", // the result says that the person sought was spoken to
  "success",
  "abandoned", // a person answered and no agent came in time
  "paced-live", // live answers of calls that were dialled by themselves
  "paced-abandoned", // of these, without an agent for our fault
  "complaints",
] as const;
export type Counted = (typeof countedFigures)[number];

/**
 * `GET /api/v1/calls`. Every number of a report opens this list with its own filter. `from` (inclusive) and `to`
 * (exclusive) are about `plannedAt`; an id of 0 means "none"; `hour` and `weekday` (ISO 8601, Monday is 1) are of
 * the company's clock.
 */
export const callFilter = pageQuery.extend({
  from: instant.optional(),
  to: instant.optional(),
  campaignId: z.coerce.number().int().optional(),
  listId: z.coerce.number().int().optional(),
  leadId: z.coerce.number().int().optional(),
  customerId: z.coerce.number().int().optional(),
  agentId: z.coerce.number().int().optional(),
  trunkId: z.coerce.number().int().optional(),
  /** The number of ours that was shown, E.164. */
  callerId: e164.optional(),
  outcome: z.enum(outcomes).optional(),
  /** The calls of one figure of a report (`shared/reports.ts`). */
  counted: z.enum(countedFigures).optional(),
  dispositionId: z.coerce.number().int().optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  /** Hour of the called person's own week: 0 is Monday 00:00. */
  slot: z.coerce.number().int().min(0).max(167).optional(),
  phoneKind: z.enum(phoneKinds).optional(),
  /** Calls that heard a recorded message, and what became of it (`messageResults`). */
  message: z.enum(messageFigures).optional(),
  /** Keys that were chosen in turn, such as `1-2`; `none`: no key. */
  messageKeys: z.string().max(60).optional(),
  /** Hung up before the end, in this second of the message. */
  messageSecond: z.coerce.number().int().min(0).optional(),
  /** Calls that walked this script; with `scriptFigure`, those it counts. */
  scriptId: z.coerce.number().int().optional(),
  scriptVersionId: z.coerce.number().int().optional(),
  scriptFigure: z.enum(scriptFigures).optional(),
  /** Answered this question of `scriptId`; with `answer`, so: an option's key or the value, in `answerRow` of a matrix. */
  question: z.string().max(60).optional(),
  answer: z.string().max(200).optional(),
  answerRow: z.string().max(60).optional(),
  ...inboundFilter,
  search: z.string().max(100).optional(),
  /** Without it internal calls are left out, of reports too. */
  direction: z.enum(callDirections).optional(),
});
export type CallFilter = z.infer<typeof callFilter>;

export const callDetail = callRow.extend({
  callerId: z.string().nullable(),
  sipStatus: z.number().nullable(),
  sipReason: z.string().nullable(),
  endedBy: z.string().nullable(),
  dialledAt: instant.nullable(),
  ringingAt: instant.nullable(),
  wrapEndedAt: instant.nullable(),
  answerToAudioMs: z.number().nullable(),
  note: z.string(),
  form: z.record(z.string(), z.unknown()).nullable(),
  dispositionPath: z.array(z.string()),
  quality: callQuality.nullable(),
  /** Who answered, as it was heard; null: nobody listened for that. */
  answeredBy: callVerdict.nullable(),
  script: callScript.nullable(),
  /** The person called complained of it; null: nobody did. */
  complainedAt: instant.nullable(),
  /** What ids in `events` stand for, by `<key> <id>` such as `trunkId 3`. */
  names: z.record(z.string(), z.string()),
  events: z.array(
    z.object({
      id: z.number(),
      at: instant,
      type: z.string(),
      fromState: z.string().nullable(),
      toState: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  decision: z
    .object({
      allowed: z.boolean(),
      at: instant,
      rulesVersion: z.string(),
      reasons: z.array(
        z.object({ rule: z.string(), allowed: z.boolean(), detail: z.record(z.string(), z.unknown()) }),
      ),
      facts: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /**
   * Left: customer; right: what the customer heard. Served by `GET /api/v1/recordings/:id/audio` with ranges;
   * `?format=wav` or `ogg` asks for one of the two.
   */
  recordings: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      startedAt: instant,
      durationMs: z.number().nullable(),
      bytes: z.number().nullable(),
      error: z.string().nullable(),
      /** Of the Ogg/Opus archive; null while there is none. */
      archiveBytes: z.number().nullable(),
      archiveError: z.string().nullable(),
      /** The WAV is gone; `?format=wav` is made of the archive. */
      originalDeleted: z.boolean(),
    }),
  ),
});
export type CallDetail = z.infer<typeof callDetail>;

/** `GET /api/v1/calls/:id/ladder`; needs `calls.ladder`. */
export const ladderMessage = z.object({
  at: instant,
  leg: z.enum(["customer", "agent"]),
  direction: z.enum(["in", "out"]),
  local: z.string(),
  remote: z.string(),
  message: z.string(),
});
export type LadderMessage = z.infer<typeof ladderMessage>;
