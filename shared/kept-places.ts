/** Places in queues of callers who hung up to be called back in their turn. */
import { z } from "zod";
import { instant, pageQuery } from "./common.ts";

/** How it ended. */
export const keptEnds = [
  "reached", // they talked with an agent
  "unreached", // all tries were in vain
  "refused", // their number may not be called
  "expired",
  "cancelled", // by a supervisor
  "queue-closed",
] as const;
export type KeptEnd = (typeof keptEnds)[number];

/** `GET /api/v1/kept-places`: those that are open first, then the newest. `phone` is masked for who may not see numbers. */
export const keptPlace = z.object({
  id: z.number(),
  queueId: z.number(),
  queue: z.string(),
  phone: z.string(),
  name: z.string(),
  /** When their wait began, and when they asked to be called back. */
  since: instant,
  askedAt: instant,
  state: z.enum(["waiting", "dialling", "closed"]),
  tries: z.number(),
  /** No try before; in their turn after it. */
  dueAt: instant,
  expiresAt: instant,
  how: z.enum(keptEnds).nullable(),
  closedAt: instant.nullable(),
  /** The call in which they asked, and the last that was placed. */
  callId: z.string(),
  lastCallId: z.string().nullable(),
  agent: z.string().nullable(),
});
export type KeptPlace = z.infer<typeof keptPlace>;

export const keptPlacesQuery = pageQuery.extend({ queueId: z.coerce.number().int().optional() });
