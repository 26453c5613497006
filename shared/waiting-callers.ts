/** Who waits in a queue now, and what supervisors do with them. */
import { z } from "zod";
import { instant } from "./common.ts";

/** `GET /api/v1/queues/:id/waiting`: in the order of their turns. `phone` is masked for who may not see numbers. */
export const waitingCaller = z.object({
  callerId: z.string(),
  /** null: a place that is kept. */
  callId: z.string().nullable(),
  keptPlaceId: z.number().nullable(),
  name: z.string(),
  phone: z.string(),
  /** The queue's priority and the customer's VIP level. */
  priority: z.number(),
  /** When the wait began, in this queue or one before it. */
  since: instant,
  /** To whom it is announced. */
  offeredTo: z.array(z.string()),
  /** The agent for whom alone it waits. */
  waitsFor: z.string().nullable(),
});
export type WaitingCaller = z.infer<typeof waitingCaller>;

/** `POST /api/v1/queues/:id/waiting/:callerId`: to the front, to oneself, to one agent, to another queue. */
export const waitingMove = z.discriminatedUnion("to", [
  z.object({ to: z.literal("front") }),
  /** To who asks: they are with the caller at once, whatever queues they serve. Not of a place that is kept. */
  z.object({ to: z.literal("me") }),
  z.object({ to: z.literal("agent"), userId: z.int() }),
  /** Not of a place that is kept. */
  z.object({ to: z.literal("queue"), queueId: z.int() }),
]);
export type WaitingMove = z.infer<typeof waitingMove>;
