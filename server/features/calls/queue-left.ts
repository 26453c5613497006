import type { VisitEnd } from "../../../shared/queues.ts";
import type { CallCore } from "./call-core.ts";

/** What became of a wait in a queue. */
export interface QueueLeft {
  how: VisitEnd;
  agentUserId: number | null;
  detail: Record<string, unknown>;
}

/** Of a call that does not wait any more, and was not sent on by its queue. */
export function queueLeftOf({ state, endedBy, agentUserId, outcome }: CallCore): QueueLeft {
  if (outcome === "place-kept") return { how: "place-kept", agentUserId: null, detail: {} };
  if (state === "connecting" || state === "talking") return { how: "answered", agentUserId, detail: {} };
  if (state === "message") return { how: "overflowed", agentUserId: null, detail: { to: "voicemail" } };
  return { how: endedBy === "customer" ? "abandoned" : "lost", agentUserId: null, detail: {} };
}
