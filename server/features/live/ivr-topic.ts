import type { LiveIvrFlow } from "../../../shared/ivr/flow.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Ivr } from "../ivr/index.ts";
import type { Hub } from "./hub.ts";

/** Topic `ivr`: callers in the blocks of each flow. Returns the unsubscriber. */
export function addIvrTopic(hub: Hub, events: EventBus, ivr: Pick<Ivr, "live" | "flowIds">): () => void {
  const read = (flowId: number): LiveIvrFlow => ({ flowId, blocks: ivr.live(flowId) });
  hub.add({
    name: "ivr",
    allow: "campaigns.see",
    snapshot: () => Object.fromEntries(ivr.flowIds().map((id) => [id, read(id)])),
    read: (key) => read(Number(key)),
  });
  return events.on("ivr.moved", ({ flowId }) => hub.touch("ivr", String(flowId)));
}
