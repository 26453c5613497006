import { isPacedOrigin } from "../../../../shared/calls.ts";
import type { EventBus } from "../../../kernel/events.ts";
import type { Agent } from "../../agents/index.ts";
import type { Calls, CallView } from "../../calls/index.ts";
import type { PacedCall, Policy } from "./policy.ts";

/** A call that a policy counts on: dialled by itself, for whoever will be free. */
export function isPaced(call: CallView): boolean {
  const { origin, agentUserId, campaign } = call.plan;
  return campaign !== null && agentUserId === null && isPacedOrigin(origin);
}

export const pacedCall = (call: CallView): PacedCall => ({
  id: call.id,
  list: call.plan.listId ?? 0,
  dialledAt: call.plannedAt / 1000,
  likelihood: 1,
});

const unanswered = new Set(["planned", "dialling", "ringing"]);
/** Ended by us or by a fault before anybody could answer: nothing is learned of the list. */
const ours = new Set(["cancelled", "given-up", "crashed", "trunk-failed", "congestion", "refused"]);

/** Tells each campaign's policy what becomes of its calls, and how long its agents talk and write. */
export function watchCalls(deps: {
  policyOf: (campaignId: number) => Policy | undefined;
  calls: Calls;
  events: EventBus;
}): Disposable {
  const { policyOf, calls, events } = deps;
  /** Answered calls that met nobody yet. */
  const open = new Set<string>();
  const busy = new Map<number, { state: Agent["state"]; since: number; campaignId: number }>();

  function onCall(call: CallView, from: string | null): void {
    const policy = isPaced(call) ? policyOf(call.plan.campaign!.id) : undefined;
    if (!policy) return;
    const { state, outcome, abandoned } = call.core;
    if (from !== null && unanswered.has(from) && !unanswered.has(state)) {
      if (call.answeredAt !== null) {
        open.add(call.id);
        policy.answered(pacedCall(call), call.answeredAt / 1000);
      } else if (outcome === null || !ours.has(outcome))
        policy.ended(pacedCall(call), (call.endedAt ?? call.since) / 1000);
      else policy.forget(call.id);
    }
    const lost = abandoned || outcome === "agent-lost";
    if (call.connectedAt !== null || lost) {
      // Who hangs up within the time an agent has is neither served nor abandoned.
      if (open.delete(call.id)) policy.served(call.connectedAt === null);
    } else if (state === "closed") open.delete(call.id);
  }

  function onAgent(agent: Readonly<Agent>, from: Agent["state"]): void {
    if (from === agent.state) return;
    const before = busy.get(agent.userId);
    busy.delete(agent.userId);
    if (before) {
      const policy = policyOf(before.campaignId);
      const seconds = Math.max(0, agent.since - before.since) / 1000;
      if (before.state === "wrap-up") policy?.wrapped(seconds);
      else {
        policy?.talked(seconds);
        if (agent.state !== "wrap-up") policy?.wrapped(0);
      }
    }
    if (agent.state !== "talking" && agent.state !== "wrap-up") return;
    const campaign = agent.callId === null ? null : calls.get(agent.callId)?.plan.campaign;
    const campaignId = campaign?.id ?? before?.campaignId;
    if (campaignId !== undefined)
      busy.set(agent.userId, { state: agent.state, since: agent.since, campaignId });
  }

  const stops = [
    events.on("call.changed", ({ call, from }) => onCall(call, from)),
    events.on("agent.changed", ({ agent, from }) => onAgent(agent, from)),
  ];
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
