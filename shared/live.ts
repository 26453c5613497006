import { z } from "zod";
import { agentStates } from "./desk.ts";
import { callDirections, callStates } from "./calls.ts";
import { instant } from "./common.ts";
import { superviseModes } from "./call-control.ts";
import type { LiveIvrFlow } from "./ivr/flow.ts";
import type { IvrTestCall } from "./ivr/test-call.ts";
import type { ImportRow } from "./imports.ts";
import type { LiveDialler } from "./live-dialler.ts";
import type { LiveQueue } from "./queues.ts";
import type { LiveQuality } from "./quality.ts";
import type { WallDay, WallLive, WallScreen } from "./wallboards.ts";

/**
 * `GET /api/v1/live` (WebSocket). The client subscribes to topics; each topic is a map of keyed entities.
 * The server answers a snapshot, then changes. A gap in `seq` means: subscribe again.
 *
 * Topics: `desk` (key `me`: DeskState) · `quality` (key `me`: LiveQuality of shared/quality.ts) ·
 * `agents` (key user id: LiveAgent) · `calls` (key call id: LiveCall) · `campaigns` (key campaign id: LiveCampaign) ·
 * `queues` (key queue id: LiveQueue of shared/queues.ts) ·
 * `dialler` (key campaign id: LiveDialler of shared/live-dialler.ts) · `ivr` (key flow id: LiveIvrFlow) · `ivr-tests` (key test id: IvrTestCall, to whoever began it) · `trunks` (key trunk id) · `imports` (key import id) ·
 * `messages` and `sent-messages` (key message id: DeskMessage and SentMessage of shared/floor.ts).
 */
export const liveRequest = z.object({ type: z.enum(["subscribe", "unsubscribe"]), topic: z.string() });
export type LiveRequest = z.infer<typeof liveRequest>;
export type LiveMessage =
  | { type: "snapshot"; topic: string; seq: number; items: Record<string, unknown> }
  | { type: "change"; topic: string; seq: number; set: Record<string, unknown>; gone: string[] }
  | { type: "refused"; topic: string; code: string }
  /** Every 2 s: the line is alive, though nothing changed. */
  | { type: "beat" };

/** Since midnight of the company's clock, up to `asOf`, when the present state began or the day did; ms by state. */
export const agentDay = z.object({
  asOf: instant,
  /** How often they came to talk. */
  talks: z.number(),
  talkMs: z.number(),
  wrapUpMs: z.number(),
  /** Ready, a record on the screen, or their own dial. */
  readyMs: z.number(),
  pausedMs: z.number(),
});
export type AgentDay = z.infer<typeof agentDay>;

export const liveAgent = z.object({
  userId: z.number(),
  name: z.string(),
  state: z.enum(agentStates),
  since: instant,
  pauseReasonId: z.number().nullable(),
  endpoint: z.enum(["browser", "phone"]),
  campaignIds: z.array(z.number()),
  callId: z.string().nullable(),
  /** Their org unit. */
  unitId: z.number().nullable(),
  /** What led to the state: an event of the agent's, `by-user-<id>`, or a name of shared/agent-causes.ts. */
  cause: z.string(),
  /** What comes after the call. */
  next: z.enum(["pause", "sign-out"]).nullable(),
  legUp: z.boolean(),
  today: agentDay,
});
export type LiveAgent = z.infer<typeof liveAgent>;

export const liveCall = z.object({
  callId: z.string(),
  state: z.enum(callStates),
  direction: z.enum(callDirections),
  campaignId: z.number().nullable(),
  agentId: z.number().nullable(),
  name: z.string(),
  phone: z.string(),
  since: instant,
  /** The customer hears music since then. */
  heldSince: instant.nullable(),
  supervisors: z.array(z.object({ userId: z.number(), name: z.string(), mode: z.enum(superviseModes) })),
});
export type LiveCall = z.infer<typeof liveCall>;

export const liveCampaign = z.object({
  campaignId: z.number(),
  name: z.string(),
  mode: z.string(),
  status: z.string(),
  agentsReady: z.number(),
  agentsBusy: z.number(),
  agentsPaused: z.number(),
  linesRinging: z.number(),
  linesTalking: z.number(),
  callsToday: z.number(),
  connectedToday: z.number(),
  abandonedToday: z.number(),
  leadsReady: z.number(),
  /** What limits the dialler now: running, no-agents, no-leads, outside-hours, trunk-limit, paused … */
  limit: z.string(),
  limitDetail: z.record(z.string(), z.unknown()),
});
export type LiveCampaign = z.infer<typeof liveCampaign>;

/** Topic `trunks`: the switch's view of one trunk. */
export const liveTrunk = z.object({
  trunkId: z.number(),
  state: z.enum(["up", "down", "registering", "disabled"]),
  reason: z.string().nullable(),
  /** Calls that occupy it now, in both directions. */
  channels: z.number(),
  /** Calls that wait for its calls-per-second limit. */
  waiting: z.number(),
  registeredUntil: instant.nullable(),
});
export type LiveTrunk = z.infer<typeof liveTrunk>;

/** What each topic holds by key, for the page's typed hooks. */
export interface LiveTopics {
  quality: LiveQuality;
  screen: WallScreen;
  "wall-live": WallLive;
  "wall-day": WallDay;
  dialler: LiveDialler;
  ivr: LiveIvrFlow;
  "ivr-tests": IvrTestCall;
  queues: LiveQueue;
  imports: ImportRow;
  agents: LiveAgent;
  calls: LiveCall;
  campaigns: LiveCampaign;
  trunks: LiveTrunk;
}
