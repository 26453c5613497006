/** Which numbers of ours, dialled from outside, lead where. */
import { z } from "zod";
import { e164 } from "./common.ts";

/** Where its callers go. A flow that was never published leads nowhere. */
export const numberTarget = z.discriminatedUnion("type", [
  z.object({ type: z.literal("queue"), id: z.int() }),
  z.object({ type: z.literal("flow"), id: z.int() }),
  /** As their direct number: announced to them, forwarded as they wish. */
  z.object({ type: z.literal("agent"), id: z.int() }),
  /** Of a person. */
  z.object({ type: z.literal("voicemail"), id: z.int() }),
  /** A voicemail box of several people. */
  z.object({ type: z.literal("box"), id: z.int() }),
]);
export type NumberTarget = z.infer<typeof numberTarget>;
export const numberTargetTypes = ["queue", "flow", "agent", "voicemail", "box"] as const;

/** `GET` and `PUT /api/v1/inbound-routes`. A number goes before a whole trunk. Errors (422): `inbound-route-repeated`, `inbound-target-unknown`. */
export const inboundRoute = z
  .object({
    /** E.164, that was dialled; null: every number of the trunk. */
    phone: e164.nullable().default(null),
    /** null: of every trunk. */
    trunkId: z.int().nullable().default(null),
    target: numberTarget,
  })
  .refine(({ phone, trunkId }) => phone !== null || trunkId !== null, "a number or a trunk");
export type InboundRoute = z.infer<typeof inboundRoute>;
export const inboundRoutes = z.object({ items: z.array(inboundRoute).max(2000) });
