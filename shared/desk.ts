import { z } from "zod";
import { callerStory, chosenCaller } from "./caller-story.ts";
import { e164, instant } from "./common.ts";
import { dispositionNode, formField } from "./campaigns.ts";
import { scriptInForce } from "./scripts.ts";
import { callCommands, deskParty, parkedCall, partyRoles, sideCall } from "./call-control.ts";
import { callDirections, callStates } from "./calls.ts";

/**
 * The agent's desk. State comes by push on the live topic `desk` (key `me`); commands are
 * `POST /api/v1/desk/<command>`. The server owns the state; the page only shows it.
 */
export const agentStates = [
  "signed-out",
  "connecting", // the agent's leg is being set up
  "paused",
  "ready",
  "preview", // a record is on the screen, the agent decides
  "ringing", // the agent's own call or a manual dial is under way
  "talking",
  "wrap-up",
] as const;
export type AgentState = (typeof agentStates)[number];

export const deskLead = z.object({
  leadId: z.number().nullable(),
  listName: z.string().nullable(),
  customerId: z.number().nullable(),
  name: z.string(),
  phone: z.string(),
  morePhones: z.array(z.string()),
  timeZone: z.string(),
  /** The customer's VIP level; 0: nobody in particular. */
  vip: z.number(),
  /** Everybody who has this number, where those are several. */
  candidates: z.array(
    z.object({
      leadId: z.number().nullable(),
      customerId: z.number().nullable(),
      name: z.string(),
      listName: z.string().nullable(),
    }),
  ),
  /** In the list's column order. */
  fields: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  /** What is promised to this person and still open, the next first. */
  callbacks: z.array(
    z.object({
      id: z.number(),
      dueAt: instant,
      /** Who calls; null: anybody of the campaign. */
      agent: z.string().nullable(),
      campaignName: z.string().nullable(),
      note: z.string(),
    }),
  ),
  /** The last calls of every kind with any of this person's numbers, the newest first. */
  history: z.array(
    z.object({
      callId: z.string(),
      at: instant,
      direction: z.enum(callDirections),
      campaignName: z.string().nullable(),
      /** How long they talked; null: they did not. */
      talkMs: z.number().nullable(),
      outcome: z.string().nullable(),
      disposition: z.string().nullable(),
      agent: z.string().nullable(),
      note: z.string(),
    }),
  ),
});
export type DeskLead = z.infer<typeof deskLead>;

/** What the agent has written so far; the server keeps it, so that a reload loses nothing. */
export const deskDraft = z.object({
  dispositionId: z.number().nullable(),
  form: z.record(z.string(), z.unknown()),
  note: z.string(),
  callbackAt: instant.nullable(),
  callbackMine: z.boolean(),
  /** The form it was written on, where that is no longer the campaign's; the server's alone. */
  fields: z.array(formField).optional(),
});
export type DeskDraft = z.infer<typeof deskDraft>;

/** The record in the company's own system. */
const recordElsewhere = z.object({
  /** The campaign's `recordUrl`, filled in; null: it names none, or this record lacks a value. */
  recordUrl: z.string().nullable(),
  /** What `dial` was given. */
  data: z.record(z.string(), z.unknown()).nullable(),
});

/** What another system gives to a dial, such as its own ids; told back in events and webhooks. At most 4 kB of JSON. */
const clientData = z
  .record(z.string().max(100), z.json())
  .refine((data) => JSON.stringify(data).length <= 4096, "too-long");

export const deskCall = z.object({
  callId: z.string(),
  direction: z.enum(callDirections),
  origin: z.string(),
  state: z.enum(callStates),
  campaignId: z.number().nullable(),
  campaignName: z.string().nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  connectedAt: instant.nullable(),
  endedAt: instant.nullable(),
  cause: z.string().nullable(),
  onHold: z.boolean(),
  /** The agent's line is lost: until then the customer waits with music, and is `onHold`. */
  parkedUntil: instant.nullable(),
  /** Its time is nearly over: it ends by itself then. */
  endsAt: instant.nullable(),
  /** Muted at the server (`mute` command); a desk phone's own key is unknown to us. */
  muted: z.boolean(),
  recording: z.boolean(),
  /** The recording is silent until then. */
  recordingPausedUntil: instant.nullable(),
  /** No person seems to speak there. */
  suspect: z.enum(["machine", "screener", "fax"]).nullable(),
  /** The queue where they waited, and how long; `askedAt`: when they asked to be called back. */
  queue: z.object({ name: z.string(), waitedMs: z.number(), askedAt: instant.nullable() }).nullable(),
  /** How the caller came through a flow; null: no flow led them. */
  story: callerStory.nullable(),
  /** `survey` is possible: the customer is asked when the agent leaves. */
  maySendToSurvey: z.boolean(),
  /** `leave-message` is possible. */
  mayLeaveMessage: z.boolean(),
  /** What this desk's agent is in it; only an owner writes the summary. */
  role: z.enum(partyRoles),
  parties: z.array(deskParty),
  /** The party that is consulted, the customer on hold meanwhile. */
  consultId: z.string().nullable(),
  lead: deskLead,
  ...recordElsewhere.shape,
  form: z.array(formField),
  dispositions: z.array(dispositionNode),
  summaryRequired: z.boolean(),
  /** Opened by `GET /api/v1/desk/script`. */
  script: scriptInForce.nullable(),
  draft: deskDraft.nullable(),
  /** Wrap-up ends by itself then; null: no limit. */
  wrapUpUntil: instant.nullable(),
});
export type DeskCall = z.infer<typeof deskCall>;

export const deskCampaign = z.object({
  id: z.number(),
  name: z.string(),
  mode: z.string(),
  running: z.boolean(),
});
export type DeskCampaign = z.infer<typeof deskCampaign>;

/** `GET /api/v1/desk/pause-reasons` answers `{ items }`; a standard reason's words are under `pause.<code>`. */
export const pauseReason = z.object({ id: z.number(), code: z.string(), label: z.string() });
export type PauseReason = z.infer<typeof pauseReason>;

/** The live topic has a `me` for every agent, signed out too (state `signed-out`). */
export const deskState = z.object({
  userId: z.number(),
  name: z.string(),
  state: z.enum(agentStates),
  since: instant,
  pauseReasonId: z.number().nullable(),
  /** What was asked for and comes after this call. */
  next: z.enum(["pause", "sign-out"]).nullable(),
  endpoint: z.enum(["browser", "phone"]),
  /** The desk in charge; another desk with a different id shows that it is not. */
  deskId: z.string(),
  legUp: z.boolean(),
  /** Those the agent works in now. */
  campaigns: z.array(deskCampaign),
  /** Those the agent may sign in to. */
  assigned: z.array(deskCampaign),
  /** The agent has a desk phone's SIP account. */
  hasPhone: z.boolean(),
  call: deskCall.nullable(),
  preview: z
    .object({
      campaignId: z.number(),
      campaignName: z.string(),
      lead: deskLead,
      recordUrl: recordElsewhere.shape.recordUrl,
      dialAt: instant.nullable(),
    })
    .nullable(),
  /** The caller who rings, while no call is before them. */
  arriving: z
    .object({
      callId: z.string(),
      lead: deskLead,
      /** Where they wait, and since when. */
      queue: z.object({ name: z.string(), since: instant }).nullable(),
      story: callerStory.nullable(),
    })
    .nullable(),
  /** Calls that are announced to this agent, put aside by them, and parked by anybody. */
  announced: z.array(sideCall),
  aside: z.array(sideCall),
  parked: z.array(parkedCall),
  /** Announced to a colleague, or waiting in a line of this agent's campaigns. */
  toPickUp: z.array(sideCall),
  doNotDisturb: z.boolean(),
  /** All their calls go elsewhere. */
  forwarded: z.boolean(),
  /** Busy colleagues whom they wait for; `rings`: they are free now, and `call/colleague` calls them. */
  awaited: z.array(z.object({ userId: z.number(), name: z.string(), rings: z.boolean() })),
  /** Messages left for them that they have not heard. */
  unheardMessages: z.number(),
  /** The last thing that went wrong, as an error code for the dictionaries. */
  notice: z.object({ code: z.string(), at: instant, detail: z.record(z.string(), z.unknown()) }).nullable(),
});
export type DeskState = z.infer<typeof deskState>;

/** Bodies of `POST /api/v1/desk/<command>`; each answers the new DeskState. */
export const deskCommands = {
  "sign-in": z.object({
    deskId: z.string().min(8).max(64),
    endpoint: z.enum(["browser", "phone"]),
    campaignIds: z.array(z.number()),
  }),
  "sign-out": z.object({}),
  ready: z.object({}),
  pause: z.object({ reasonId: z.number() }),
  "preview-dial": z.object({ phone: e164.optional() }),
  "preview-skip": z.object({ reason: z.string().trim().min(1).max(200) }),
  /** Click-to-dial; `phone` as typed, in the default country's form or E.164, or a colleague's extension. */
  dial: z.object({
    phone: z.string().min(2).max(30),
    campaignId: z.number().optional(),
    leadId: z.number().optional(),
    customerId: z.number().optional(),
    data: clientData.optional(),
  }),
  hangup: z.object({}),
  caller: chosenCaller,
  /** No person speaks there: the call ends as that. */
  "no-person": z.object({ outcome: z.enum(["machine", "screener", "fax"]) }),
  /** No person speaks there: the campaign's message is left after the beep, and the agent is free. */
  "leave-message": z.object({}),
  survey: z.object({}),
  hold: z.object({ on: z.boolean() }),
  mute: z.object({ on: z.boolean() }),
  ...callCommands,
  dtmf: z.object({ digits: z.string().regex(/^[0-9A-D*#]{1,32}$/) }),
  /** Saved as often as the agent types; `final` ends the wrap-up. */
  summary: z.object({
    callId: z.string(),
    dispositionId: z.number().nullable(),
    form: z.record(z.string(), z.unknown()),
    note: z.string().max(5000),
    callbackAt: instant.nullable(),
    callbackMine: z.boolean().default(true),
    final: z.boolean(),
  }),
} as const;
export type DeskCommand = keyof typeof deskCommands;
export type DeskCommandBody<C extends DeskCommand> = z.input<(typeof deskCommands)[C]>;

/** `renew`: this page's phone goes on with a new password; else what was registered before is gone. */
export const sipCredentialsRequest = z.object({ renew: z.boolean().default(false) });
/** `POST /api/v1/desk/sip-credentials`: short-lived, for JsSIP (MD5 digest) over `wss://<host>/sip`. */
export const sipCredentials = z.object({
  user: z.string(),
  password: z.string(),
  domain: z.string(),
  iceServers: z.array(
    z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** `relay`: through TURN alone. */
  iceTransportPolicy: z.enum(["all", "relay"]),
  expiresAt: instant,
});
export type SipCredentials = z.infer<typeof sipCredentials>;
