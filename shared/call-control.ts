/** What people do with a call while it lasts: the bodies of `POST /api/v1/desk/call/…` and what a desk shows of it. */
import { z } from "zod";

/** How a supervisor takes part: hears all; is heard by the agent alone; by all; has the call. */
export const superviseModes = ["listen", "whisper", "barge", "take-over"] as const;
export type SuperviseMode = (typeof superviseModes)[number];

/** `POST /api/v1/desk/call/supervise`, needs `calls.listen`; `mode` null goes out again. */
export const superviseInput = z.object({
  callId: z.string(),
  mode: z.enum(superviseModes).nullable(),
});
