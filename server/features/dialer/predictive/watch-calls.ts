import { isPacedOrigin } from "../../../../shared/calls.ts";
import type { EventBus } from "../../../kernel/events.ts";
import type { Agent } from "../../agents/index.ts";
import type { Calls, CallView } from "../../calls/index.ts";
import { featuresOf } from "./lead-buffer.ts";
import type { PacedCall, Policy } from "./policy.ts";
import type { SteadyTime } from "./steady-time.ts";

/** A call that a policy counts on: dialled by itself, for whoever will be free. */
export function isPaced(call: CallView): boolean {
  const { origin, agentUserId, campaign } = call.plan;
  return campaign !== null && agentUserId === null && isPacedOrigin(origin);
}

const unanswered = new Set(["planned", "dialling", "ringing"]);
/** Ended by us or by a fault before anybody could answer: nothing is learned of the list. */
const ours = new Set(["cancelled", "given-up", "crashed", "trunk-failed", "congestion", "refused"]);

const noPersons = new Set(["machine", "screener", "fax"]);

export interface CallWatch extends Disposable {
  /** The call as a policy sees it. */
  paced(call: CallView): PacedCall;
  /** Since when the agent has been in this state, in steady seconds. */
  since(agent: Agent): number;
  /** Talks of an agent since the server started. */
  talks(userId: number): number;
}

/** Tells each campaign's policy what becomes of its calls, and how long its agents talk and write. */
export function watchCalls(deps: {
  policyOf: (campaignId: number) => Policy | undefined;
  calls: Calls;
  events: EventBus;
  time: SteadyTime;
}): CallWatch {
  const { policyOf, calls, events, time } = deps;
  const dialled = new Map<string, Pick<PacedCall, "dialledAt" | "lead">>();
  const sinceOf = new Map<number, { state: Agent["state"]; at: number }>();
  const talks = new Map<number, number>();
  /** Answered calls that met nobody yet. */
  const open = new Set<string>();
  /** Answered, but not yet known by whom. */
  const unsorted = new Set<string>();
  const busy = new Map<number, { state: Agent["state"]; since: number; campaignId: number }>();

  function paced(call: CallView): PacedCall {
    const { phoneKind: kind, leadAttempts: attempts, leadLastOutcome: lastOutcome } = call.plan;
    let found = dialled.get(call.id);
    if (!found) {
      const lead = featuresOf({ kind, attempts, lastOutcome });
      dialled.set(call.id, (found = { dialledAt: time.seconds(), lead }));
    }
    return { id: call.id, list: call.plan.listId ?? 0, ...found };
  }

  function since(agent: Readonly<Agent>): number {
    let known = sinceOf.get(agent.userId);
    if (known?.state !== agent.state)
      sinceOf.set(agent.userId, (known = { state: agent.state, at: time.seconds() }));
    return known.at;
  }

  /** A machine's answer is no answer; who answered may be known a second later. */
  function sort(policy: Policy, call: CallView): void {
    const { state, outcome } = call.core;
    const isKnown =
      call.sorting === null || call.sorting.beside || call.sorting.step === "over" || state === "closed";
    if (!unsorted.has(call.id) || !isKnown) return;
    unsorted.delete(call.id);
    if (outcome !== null && noPersons.has(outcome) && state !== "connecting")
      return policy.ended(paced(call), time.seconds());
    open.add(call.id);
    policy.answered(paced(call), time.seconds());
  }

  function onCall(call: CallView, from: string | null): void {
    if (isPaced(call) && unanswered.has(call.core.state)) paced(call);
    told(call, from);
    if (call.core.state === "closed") dialled.delete(call.id);
  }

  function told(call: CallView, from: string | null): void {
    const policy = isPaced(call) ? policyOf(call.plan.campaign!.id) : undefined;
    if (!policy) return;
    const { state, outcome, abandoned } = call.core;
    if (from !== null && unanswered.has(from) && !unanswered.has(state)) {
      if (call.answeredAt !== null) unsorted.add(call.id);
      else if (outcome === null || !ours.has(outcome)) policy.ended(paced(call), time.seconds());
      else policy.forget(call.id);
    }
    sort(policy, call);
    const lost = abandoned || outcome === "agent-lost";
    if (call.connectedAt !== null || lost) {
      // Who hangs up within the time an agent has is neither served nor abandoned.
      if (open.delete(call.id)) policy.served(call.connectedAt === null);
    } else if (state === "closed") open.delete(call.id);
  }

  function onAgent(agent: Readonly<Agent>, from: Agent["state"]): void {
    if (from === agent.state) return;
    const at = since(agent);
    if (agent.state === "talking") talks.set(agent.userId, (talks.get(agent.userId) ?? 0) + 1);
    else if (agent.state === "signed-out") sinceOf.delete(agent.userId);
    const before = busy.get(agent.userId);
    busy.delete(agent.userId);
    if (before) {
      const policy = policyOf(before.campaignId);
      const seconds = Math.max(0, at - before.since);
      if (before.state === "wrap-up") policy?.wrapped(seconds);
      else {
        policy?.talked(seconds);
        if (agent.state !== "wrap-up") policy?.wrapped(0);
      }
    }
    if (agent.state !== "talking" && agent.state !== "wrap-up") return;
    const campaign = agent.callId === null ? null : calls.get(agent.callId)?.plan.campaign;
    const campaignId = campaign?.id ?? before?.campaignId;
    if (campaignId !== undefined) busy.set(agent.userId, { state: agent.state, since: at, campaignId });
  }

  const stops = [
    events.on("call.changed", ({ call, from }) => onCall(call, from)),
    events.on("agent.changed", ({ agent, from }) => onAgent(agent, from)),
  ];
  return {
    paced,
    since,
    talks: (userId) => talks.get(userId) ?? 0,
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
