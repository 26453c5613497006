/**
 * Who takes a call that was answered: the agent of the campaign who has been ready longest, at once; else it
 * waits its turn for `waitMs` and whoever becomes ready takes the one that has waited longest.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallView } from "./events.ts";
import { awaitsAgent } from "./call-machine.ts";
import type { CallRunner } from "./runner.ts";

export interface AnswerRouting extends Disposable {
  route(call: ActiveCall): void;
  /** An agent who is free takes it; false: there is none, and nothing waits. */
  routeNow(call: ActiveCall): boolean;
  /** It waits for nobody any more. */
  withdraw(call: ActiveCall): void;
  /** Calls that wait for an agent now. */
  waiting(): readonly ActiveCall[];
}

/** A caller may wait longer than somebody whom we called. */
const inboundWaitMs = 20_000;

/** In whose line it waits; null: whoever is free takes it. */
export const lineOf = (call: CallView): number | null => call.queueOf ?? call.plan.campaign?.id ?? null;

/** Nobody is given back at once what they have just given away. */
const serves = (agent: Agent, call: ActiveCall) => {
  const line = lineOf(call);
  return agent.userId !== call.givenBy && (line === null || agent.campaignIds.includes(line));
};

const waits = (call: ActiveCall) => awaitsAgent(call.core);

export function createAnswerRouting(deps: {
  agents: AgentRegistry;
  runner: () => CallRunner;
  clock: Clock;
  events: EventBus;
}): AnswerRouting {
  const { agents, runner, clock, events } = deps;
  let queue: ActiveCall[] = [];

  function give(call: ActiveCall, agent: Agent): boolean {
    if (!agents.feed(agent.userId, { type: "assign", callId: call.id }).ok) return false;
    runner().clearTimer(call, "wait");
    return runner().feed(call.id, { type: "agent-chosen", userId: agent.userId });
  }

  function candidates(call: ActiveCall): Agent[] {
    const ready = agents
      .all()
      .filter((agent) => agent.state === "ready" && agent.legUp && serves(agent, call))
      .sort((a, b) => a.since - b.since);
    // Who talked with this person last comes first.
    const known = call.plan.direction === "inbound" ? call.plan.agentUserId : null;
    return known === null
      ? ready
      : ready.sort((a, b) => Number(b.userId === known) - Number(a.userId === known));
  }

  function becameReady(agent: Agent): void {
    queue = queue.filter(waits);
    const call = queue.find((waiting) => serves(agent, waiting));
    if (!call) return;
    queue = queue.filter((waiting) => waiting !== call);
    if (!give(call, agent) && waits(call)) queue.unshift(call);
  }

  const stop = events.on("agent.changed", ({ agent }) => {
    if (agent.state === "ready" && agent.legUp) becameReady(agent);
  });

  const routeNow = (call: ActiveCall) => candidates(call).some((agent) => give(call, agent));

  /** Whom we called has waited since the answer, also while we listened who it is. */
  function patienceOf(call: ActiveCall): number {
    const { campaign, direction } = call.plan;
    if (call.waitMs !== null) return call.waitMs;
    if (direction === "inbound" || !campaign) return inboundWaitMs;
    const waited = call.sorting ? clock.now() - (call.answeredAt ?? clock.now()) : 0;
    return Math.max(0, campaign.abandonAfterMs - waited);
  }

  return {
    routeNow,
    route(call) {
      if (routeNow(call)) return;
      queue.push(call);
      runner().setTimer(call, "wait", patienceOf(call), () => runner().feed(call.id, { type: "no-agent" }));
    },
    withdraw(call) {
      queue = queue.filter((waiting) => waiting !== call);
      runner().clearTimer(call, "wait");
    },
    waiting: () => (queue = queue.filter(waits)),
    [Symbol.dispose]: stop,
  };
}
