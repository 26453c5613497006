import type { LiveIvrFlow } from "../../../shared/ivr/flow.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Ivr } from "../ivr/index.ts";
import type { Hub } from "./hub.ts";

/** Topics `ivr`: callers in the blocks of each flow; `ivr-tests`: drafts that this person tries out. Returns the unsubscriber. */
export function addIvrTopic(
  hub: Hub,
  events: EventBus,
  ivr: Pick<Ivr, "live" | "flowIds" | "testCalls">,
): () => void {
  const read = (flowId: number): LiveIvrFlow => ({ flowId, blocks: ivr.live(flowId) });
  hub.add({
    name: "ivr",
    allow: "campaigns.see",
    snapshot: () => Object.fromEntries(ivr.flowIds().map((id) => [id, read(id)])),
    read: (key) => read(Number(key)),
  });
  hub.add({
    name: "ivr-tests",
    allow: "campaigns.manage",
    snapshot: ({ userId }) => Object.fromEntries(ivr.testCalls.of(userId).map((view) => [view.id, view])),
    read: (key, { userId }) => ivr.testCalls.get(key, userId),
  });
  const stops = [
    events.on("ivr.moved", ({ flowId }) => hub.touch("ivr", String(flowId))),
    events.on("ivr.test-moved", ({ testId }) => hub.touch("ivr-tests", testId)),
  ];
  return () => stops.forEach((stop) => stop());
}
