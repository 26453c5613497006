/** What people do with a call while it lasts: the bodies of `POST /api/v1/desk/call/…` and what a desk shows of it. */
import { z } from "zod";
import { callDirections } from "./calls.ts";

/** How a supervisor takes part: hears all; is heard by the agent alone; by all; has the call. */
export const superviseModes = ["listen", "whisper", "barge", "take-over"] as const;
export type SuperviseMode = (typeof superviseModes)[number];

/** `POST /api/v1/desk/call/supervise`, needs `calls.listen`; `mode` null goes out again. */
export const superviseInput = z.object({
  callId: z.string(),
  mode: z.enum(superviseModes).nullable(),
});

const agentTarget = z.object({ type: z.literal("agent"), userId: z.int() });
/** As typed; it goes through the compliance gate like every call. */
const numberTarget = z.object({ type: z.literal("number"), phone: z.string().min(2).max(30) });
/** A queue, or the line of a campaign: whoever serves it and is free next. */
const queueTarget = z
  .object({ type: z.literal("queue"), queueId: z.int().optional(), campaignId: z.int().optional() })
  .refine(({ queueId, campaignId }) => (queueId === undefined) !== (campaignId === undefined), "one of both");

/** They leave a message for this person. */
const voicemailTarget = z.object({ type: z.literal("voicemail"), userId: z.int() });
const boxTarget = z.object({ type: z.literal("voicemail-box"), boxId: z.int() });

/** Where a customer can be sent to. A new kind (an IVR) is a member here and a case in `calls/transfer.ts`. */
export const transferTarget = z.discriminatedUnion("type", [
  agentTarget,
  queueTarget,
  numberTarget,
  voicemailTarget,
  boxTarget,
]);
export type TransferTarget = z.infer<typeof transferTarget>;
/** Who can be asked or brought in. */
export const partyTarget = z.discriminatedUnion("type", [agentTarget, numberTarget]);
export type PartyTarget = z.infer<typeof partyTarget>;

export const recordActions = ["start", "stop", "pause", "resume"] as const;
export type RecordAction = (typeof recordActions)[number];

const none = z.object({});
const ofCall = z.object({ callId: z.string() });

/** Bodies of `POST /api/v1/desk/call/<command>`; each answers the new DeskState. */
export const callCommands = {
  /** Blind: the agent is free at once. */
  "call/transfer": z.object({ target: transferTarget }),
  /** The customer hears music while the agent asks somebody. */
  "call/consult": z.object({ target: partyTarget }),
  /** Who was asked has the customer. */
  "call/complete": none,
  /** Speaks with the other of the two. */
  "call/swap": none,
  /** All three hear each other. */
  "call/merge": none,
  "call/add": z.object({ target: partyTarget }),
  /** One party goes; of a consultation: it is cancelled, and the customer is back. */
  "call/drop": z.object({ partyId: z.string() }),
  "call/hold-party": z.object({ partyId: z.string(), on: z.boolean() }),
  /** The others go on. */
  "call/leave": none,
  /** At this lot, else at the first that is free. */
  "call/park": z.object({ slot: z.int().min(1).max(99).optional() }),
  "call/retrieve": z.object({ slot: z.int().min(1) }),
  /** A call that is announced: what the agent is on is put aside. */
  "call/accept": ofCall,
  "call/decline": ofCall,
  /** Back to a call that was put aside. */
  "call/switch": ofCall,
  /** Takes what is announced to a colleague, or waits in a line. */
  "call/pick-up": ofCall,
  /** What rings at this colleague. */
  "call/pick-up-from": z.object({ userId: z.int() }),
  /** What has rung longest at a colleague of one's campaigns, or waits in their lines. */
  "call/pick-up-group": none,
  /** An internal call, without a customer. */
  "call/colleague": z.object({ userId: z.int() }),
  /** The colleague is busy: when they are free both are rung, or they are asked about the customer. `on` false: not any more. */
  "call/call-back": z.object({ userId: z.int(), on: z.boolean() }),
  "call/record": z.object({ action: z.enum(recordActions) }),
  /** Kept with the moment of the call. */
  "call/note": z.object({ text: z.string().trim().min(1).max(500) }),
} as const;

export const partyRoles = ["customer", "owner", "guest", "supervisor"] as const;

export const deskParty = z.object({
  id: z.string(),
  kind: z.enum(["customer", "agent", "outside"]),
  role: z.enum(partyRoles),
  state: z.enum(["invited", "here", "held", "away"]),
  name: z.string(),
  /** Of a number outside; masked for who may not see numbers. */
  phone: z.string().nullable(),
  muted: z.boolean(),
  /** This desk's own agent. */
  me: z.boolean(),
  /** How a supervisor takes part; null: no supervisor. */
  mode: z.enum(superviseModes).nullable(),
});
export type DeskParty = z.infer<typeof deskParty>;

/** A call that is not in front: announced to this agent, put aside by them, or there for whoever takes it. */
export const sideCall = z.object({
  callId: z.string(),
  direction: z.enum(callDirections),
  name: z.string(),
  phone: z.string(),
  /** Who asks, or for whom it was. */
  from: z.string().nullable(),
  since: z.iso.datetime(),
});
export type SideCall = z.infer<typeof sideCall>;
export const parkedCall = sideCall.extend({ slot: z.number() });
export type ParkedCall = z.infer<typeof parkedCall>;

/** `GET /api/v1/desk/colleagues`: everybody who may have calls, here or not. */
export const deskColleagues = z.object({
  items: z.array(z.object({ userId: z.number(), name: z.string(), extension: z.string().nullable() })),
});

/** `GET /api/v1/desk/directory?search=`: whom a call can be sent to. */
export const deskDirectory = z.object({
  agents: z.array(
    z.object({
      userId: z.number(),
      name: z.string(),
      extension: z.string().nullable(),
      state: z.string(),
    }),
  ),
  queues: z.array(
    z.object({
      /** One of both is null. */
      queueId: z.number().nullable(),
      campaignId: z.number().nullable(),
      name: z.string(),
      ready: z.number(),
      waiting: z.number(),
    }),
  ),
});
export type DeskDirectory = z.infer<typeof deskDirectory>;
