/** What the desk shows of somebody who calls: when it rings, and in the talk. */
import type { DeskLead, DeskState } from "../../../shared/desk.ts";
import type { Agent } from "../agents/index.ts";
import type { Calls, CallView } from "../calls/index.ts";

/** How they came, where a flow led them. */
export const storyOf = (call: CallView) => call.guidance?.guide.story() ?? null;

/** The first call that rings at an agent who has none before them. */
export function arrivingAt(agent: Agent, calls: Calls): CallView | undefined {
  if (agent.callId !== null || agent.state === "signed-out") return undefined;
  const { userId } = agent;
  return calls
    .active()
    .find(
      (call) =>
        call.plan.direction === "inbound" &&
        call.core.state === "waiting" &&
        (calls.isRinging(call.id, userId) ||
          (call.personal?.rings === true && call.personal.userId === userId)),
    );
}

export const presentArriving = (call: CallView, lead: DeskLead): DeskState["arriving"] => ({
  callId: call.id,
  lead,
  queue: call.queueWait && {
    name: call.queueWait.name,
    since: new Date(call.queueWait.since).toISOString(),
  },
  story: storyOf(call),
});
