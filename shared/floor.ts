/** What supervisors do with agents at work: the bodies and answers of `/api/v1/floor/…`. */
import { z } from "zod";
import { superviseModes } from "./call-control.ts";
import { instant } from "./common.ts";

/** What a supervisor makes an agent do; during a call it comes after it. */
export const forceTypes = ["ready", "pause", "end-wrap-up", "sign-out"] as const;
export type ForceType = (typeof forceTypes)[number];

/** Everything a supervisor does with an agent; the company's settings say which of it the agent is shown. */
export const supervisionActs = [...superviseModes, ...forceTypes, "move"] as const;
export type SupervisionAct = (typeof supervisionActs)[number];

const userIds = z.array(z.int()).min(1).max(500);

/** `POST /api/v1/floor/force`, needs `agents.supervise`; answers `floorResults`. */
export const forceInput = z.object({
  userIds,
  act: z.discriminatedUnion("type", [
    z.object({ type: z.literal("ready") }),
    z.object({ type: z.literal("pause"), reasonId: z.int() }),
    z.object({ type: z.literal("end-wrap-up") }),
    z.object({ type: z.literal("sign-out") }),
  ]),
});
export type ForceInput = z.infer<typeof forceInput>;
export type Force = ForceInput["act"];

/**
 * `POST /api/v1/floor/move`, needs `agents.supervise`; answers `floorResults`. What an agent works in from now on; a campaign
 * that is added becomes one they are assigned to.
 */
export const moveInput = z.object({
  userIds,
  add: z.array(z.int()).max(50).default([]),
  remove: z.array(z.int()).max(50).default([]),
});
export type MoveInput = z.input<typeof moveInput>;

/** One line for each agent asked for. */
export const floorResults = z.object({
  results: z.array(
    z.object({
      userId: z.number(),
      /** Why not, as an error code; null: done. */
      code: z.string().nullable(),
      /** Done once the call or its wrap-up is over. */
      later: z.boolean(),
    }),
  ),
});
export type FloorResult = z.infer<typeof floorResults>["results"][number];

/** Whom a message reaches: those of them who are signed in now. */
export const messageAudience = z.discriminatedUnion("type", [
  z.object({ type: z.literal("agents"), userIds }),
  z.object({ type: z.literal("team"), unitId: z.int() }),
  z.object({ type: z.literal("campaign"), campaignId: z.int() }),
  z.object({ type: z.literal("all") }),
]);
export type MessageAudience = z.infer<typeof messageAudience>;

/** `POST /api/v1/floor/messages`, needs `agents.supervise`; answers how many it went to. Error 409: `nobody-there`. */
export const messageInput = z.object({ to: messageAudience, text: z.string().trim().min(1).max(500) });
export type MessageInput = z.infer<typeof messageInput>;
export const messageSent = z.object({ id: z.number(), recipients: z.number() });

/** `POST /api/v1/desk/messages/:id/acknowledge`. */
export const messageAcknowledge = z.object({ reply: z.string().trim().max(200).default("") });

/** Live topic `messages` (key message id): what its reader has not acknowledged yet, of the last day. */
export const deskMessage = z.object({
  id: z.number(),
  at: instant,
  from: z.string(),
  text: z.string(),
  /** Set when it tells of an act of a supervisor, which `text` does not. */
  act: z.enum(supervisionActs).nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type DeskMessage = z.infer<typeof deskMessage>;

/** Live topic `sent-messages` (key message id), for who sent it: the last 50 of the last day. */
export const sentMessage = z.object({
  id: z.number(),
  at: instant,
  to: messageAudience,
  text: z.string(),
  recipients: z.array(
    z.object({
      userId: z.number(),
      name: z.string(),
      acknowledgedAt: instant.nullable(),
      reply: z.string(),
    }),
  ),
});
export type SentMessage = z.infer<typeof sentMessage>;

/** What may last too long. `waiting` is a customer whom nobody takes; the others are states of an agent. */
export const alarmKinds = [
  "talking",
  "wrap-up",
  "paused",
  "ready",
  "ringing",
  "connecting",
  "held",
  "waiting",
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

const threshold = z.object({ on: z.boolean(), seconds: z.int().min(5).max(86_400) });
export type Threshold = z.infer<typeof threshold>;
const usual = (seconds: number, on = true) => threshold.default({ on, seconds });
export const thresholds = z.object({
  talking: usual(900),
  "wrap-up": usual(120),
  paused: usual(600),
  ready: usual(300, false),
  ringing: usual(60),
  connecting: usual(30),
  held: usual(120),
  waiting: usual(20),
});
export type Thresholds = z.infer<typeof thresholds>;

export const agentSorts = ["attention", "name", "state", "since", "talks", "talk", "occupancy"] as const;
export type AgentSort = (typeof agentSorts)[number];

/** `GET` and `PUT /api/v1/floor/preferences`: how one supervisor looks at the floor. */
export const floorPreferences = z.object({
  view: z.enum(["list", "tiles"]).default("list"),
  sort: z.enum(agentSorts).default("attention"),
  descending: z.boolean().default(false),
  filter: z
    .object({
      states: z.array(z.string().max(20)).max(20).default([]),
      campaignId: z.number().nullable().default(null),
      unitId: z.number().nullable().default(null),
      alarmsOnly: z.boolean().default(false),
    })
    .prefault({}),
  thresholds: thresholds.prefault({}),
  sound: z.boolean().default(false),
});
export type FloorPreferences = z.infer<typeof floorPreferences>;
