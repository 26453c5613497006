import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { e164, instant, pageQuery } from "./common.ts";

/** Whom a box calls about its messages: one telephone, at its hours by the company's clock, until one opens the box there. */
export const boxCallOut = z.object({
  /** An extension of ours, where the box opens without a PIN; any other number needs it. */
  to: z.union([z.string().regex(/^\d{2,6}$/), e164]),
  hours: weekHours,
  /** So many calls in vain; a newer message begins again. */
  tries: z.number().int().min(1).max(20),
  pauseMinutes: z.number().int().min(1).max(1440),
});
export type BoxCallOut = z.output<typeof boxCallOut>;

/** How one box takes messages. */
export const boxSettings = z.object({
  longestSeconds: z.number().int().min(10).max(600).default(180),
  /** So many messages fit in; then callers are told that it is full. */
  mostMessages: z.number().int().min(1).max(1000).default(100),
  /** A message goes by itself so many days after it was left; 0: never. */
  keepDays: z.number().int().min(0).max(3650).default(0),
  /** Told of each message; empty: nobody is. */
  email: z.union([z.literal(""), z.email().max(254)]).default(""),
  /** With its sound. */
  emailSound: z.boolean().default(true),
  /** Null: nobody is called. */
  callOut: boxCallOut.nullable().default(null),
});
export type BoxSettings = z.output<typeof boxSettings>;

/** A box that several people look after; `POST /api/v1/voicemail/boxes`, `PUT /:id`. */
export const sharedBox = z.object({
  name: z.string().trim().min(1).max(100),
  keeperIds: z.array(z.number().int().positive()).max(200),
  /** By which telephones open it and forward to it; an own box has its person's extension. */
  number: z
    .string()
    .regex(/^\d{2,10}$/)
    .nullable()
    .default(null),
});
export type SharedBox = z.output<typeof sharedBox>;
export const newBox = boxSettings.extend(sharedBox.shape);
/** `shared` is for who may manage settings. */
export const boxChange = boxSettings.extend({ shared: sharedBox.optional() });
export type BoxChange = z.output<typeof boxChange>;

/** `GET /api/v1/voicemail/boxes`: one's own and those one looks after. */
export const boxRow = boxSettings.extend({
  id: z.number(),
  /** Whose own box; null: a shared one. */
  userId: z.number().nullable(),
  /** The person's, or the box's. */
  name: z.string(),
  keepers: z.array(z.object({ id: z.number(), name: z.string() })),
  /** Its own greeting; null: the one that comes with the system. */
  greetingMs: z.number().nullable(),
  number: z.string().nullable(),
  /** By its number and PIN it opens from any telephone. */
  hasPin: z.boolean(),
  messages: z.number(),
  unheard: z.number(),
  /** It calls about messages, or gave up; null: there is nothing to call about. */
  callingOut: z
    .object({
      state: z.enum(["due", "calling", "given-up"]),
      tries: z.number(),
      dueAt: instant,
      /** An outcome of calls, or a reason of `callOutReasons`; null: nobody was called yet. */
      lastResult: z.string().nullable(),
    })
    .nullable(),
});
export type BoxRow = z.infer<typeof boxRow>;

/** Why nobody was called: what keeps the box from calling until somebody changes it, and what may pass. */
export const callOutReasons = [
  "no-pin",
  "extension-unknown",
  "refused-for-good",
  "phone-offline",
  "at-desk",
] as const;
export type CallOutReason = (typeof callOutReasons)[number];

/** `PUT /api/v1/voicemail/boxes/:id/pin`. */
export const boxPin = z.object({
  pin: z
    .string()
    .regex(/^\d{4,12}$/)
    .nullable(),
});

export const messageQuery = pageQuery.extend({
  boxId: z.coerce.number().int().positive().optional(),
  state: z.enum(["all", "unheard"]).default("all"),
  /** In what is said, in names and numbers. */
  search: z.string().trim().max(100).optional(),
});
export type MessageQuery = z.output<typeof messageQuery>;

/** `GET /api/v1/voicemail/messages`, newest first; its sound: `/:id/audio`. */
export const messageRow = z.object({
  /** Also its recording's. */
  id: z.string(),
  boxId: z.number(),
  boxName: z.string(),
  /** False: the box is of several people. */
  own: z.boolean(),
  callId: z.string(),
  phone: z.string(),
  name: z.string(),
  leftAt: instant,
  durationMs: z.number(),
  heardAt: instant.nullable(),
  /** Who is to see to it. */
  assignedTo: z.object({ id: z.number(), name: z.string() }).nullable(),
  /** What is said in it; null: it was not written down. */
  transcript: z.string().nullable(),
  /** Null: written, or not asked for. `failed`: not tried any more by itself. */
  transcriptState: z.enum(["waiting", "failed"]).nullable(),
  /** The code of the last failure. */
  transcriptError: z.string().nullable(),
});
export type MessageRow = z.infer<typeof messageRow>;

/** `PATCH /api/v1/voicemail/messages/:id`. Given to a person it stays in its box; forwarded it leaves it. */
export const messageChange = z.object({
  heard: z.boolean().optional(),
  assignedToId: z.number().int().positive().nullable().optional(),
  /** Into the own box of this person. */
  forwardToId: z.number().int().positive().optional(),
  /** Written down anew, where that failed. */
  transcribe: z.literal(true).optional(),
});
export type MessageChange = z.output<typeof messageChange>;
