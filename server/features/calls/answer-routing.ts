/**
 * Who takes a call that was answered: the agent of the campaign who has been ready longest, at once; else it
 * waits its turn for `waitMs` and whoever becomes ready takes the one that has waited longest.
 */
import type { EventBus } from "../../kernel/events.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { awaitsAgent } from "./call-machine.ts";
import type { CallRunner } from "./runner.ts";

export interface AnswerRouting extends Disposable {
  route(call: ActiveCall): void;
  /** Calls that wait for an agent now. */
  waiting(): readonly ActiveCall[];
}

/** A caller may wait longer than somebody whom we called. */
const inboundWaitMs = 20_000;

const serves = (agent: Agent, call: ActiveCall) =>
  call.plan.campaign === null || agent.campaignIds.includes(call.plan.campaign.id);

const waits = (call: ActiveCall) => awaitsAgent(call.core);

export function createAnswerRouting(deps: {
  agents: AgentRegistry;
  runner: () => CallRunner;
  events: EventBus;
}): AnswerRouting {
  const { agents, runner, events } = deps;
  let queue: ActiveCall[] = [];

  function give(call: ActiveCall, agent: Agent): boolean {
    if (!agents.feed(agent.userId, { type: "assign", callId: call.id }).ok) return false;
    runner().clearTimer(call, "wait");
    return runner().feed(call.id, { type: "agent-chosen", userId: agent.userId });
  }

  function candidates(call: ActiveCall): Agent[] {
    const { campaign } = call.plan;
    const ready = campaign
      ? agents.ready(campaign.id)
      : agents
          .all()
          .filter((agent) => agent.state === "ready" && agent.legUp)
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

  return {
    route(call) {
      for (const agent of candidates(call)) if (give(call, agent)) return;
      queue.push(call);
      const called = call.plan.direction === "inbound" ? undefined : call.plan.campaign?.abandonAfterMs;
      runner().setTimer(call, "wait", call.waitMs ?? called ?? inboundWaitMs, () =>
        runner().feed(call.id, { type: "no-agent" }),
      );
    },
    waiting: () => (queue = queue.filter(waits)),
    [Symbol.dispose]: stop,
  };
}
