/** Where calls for one person go. */
import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { e164 } from "./common.ts";

export const forwardTarget = z.discriminatedUnion("type", [
  z.object({ type: z.literal("voicemail") }),
  z.object({ type: z.literal("agent"), userId: z.int() }),
  /** As typed, in the default country's form or E.164; it goes through the compliance gate like every call. */
  z.object({ type: z.literal("number"), phone: z.string().trim().min(2).max(30) }),
]);
export type ForwardTarget = z.infer<typeof forwardTarget>;

/** In the order in which they are looked at. */
export const forwardKinds = ["always", "outOfHours", "busy", "noAnswer"] as const;
export type ForwardKind = (typeof forwardKinds)[number];

const target = forwardTarget.nullable().default(null);
/** `GET` and `PUT /api/v1/forwarding`, one's own; of others `/api/v1/users/:id/forwarding`, needs `agents.supervise`. */
export const forwardingInput = z.object({
  /** Nobody announces a call to them; it goes where it would go if they were busy. */
  doNotDisturb: z.boolean().default(false),
  always: target,
  outOfHours: target,
  busy: target,
  noAnswer: target,
  noAnswerSeconds: z.int().min(5).max(120).default(20),
  /** By weekday in the company's time zone; null: always reachable. */
  hours: weekHours.nullable().default(null),
});
export type ForwardingInput = z.output<typeof forwardingInput>;

export const forwarding = forwardingInput.extend({
  /** Who calls this number of ours calls this person; set by who may manage users. */
  directNumber: z.string().nullable(),
});
export type Forwarding = z.infer<typeof forwarding>;
/** `PUT /api/v1/users/:id/direct-number`; needs `users.manage`. */
export const directNumberInput = z.object({ directNumber: e164.nullable() });
/** `GET /api/v1/direct-numbers`: everybody's; needs `users.see`. */
export const directNumber = z.object({ userId: z.number(), name: z.string(), directNumber: z.string() });
export type DirectNumber = z.infer<typeof directNumber>;
export const directNumbers = z.object({ items: z.array(directNumber) });
