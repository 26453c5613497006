/**
 * Who takes a call that waits for an agent: one of its queue, chosen by the distribution (`queues/`), at once or as soon as
 * one is free; whom nobody takes in time is told so.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { AcdCaller, Distribution, Given, QueueKey } from "../queues/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallView } from "./events.ts";
import { awaitsAgent } from "./call-machine.ts";
import type { CallRunner } from "./runner.ts";

export interface CallRouting extends Disposable {
  route(call: ActiveCall): void;
  /** An agent who is free takes it; false: there is none, and nothing waits. */
  routeNow(call: ActiveCall): boolean;
  /** It waits for nobody any more. */
  withdraw(call: ActiveCall): void;
  /** Calls that wait for an agent now, in the order of their coming. */
  waiting(): readonly ActiveCall[];
  /** Is the agent one of those for whom it waits? */
  isFor(call: CallView, agent: Agent): boolean;
}

/** A caller may wait longer than somebody whom we called. */
const inboundWaitMs = 20_000;

/** Where it waits; without a queue or a campaign whoever is free takes it. */
export const queueOf = ({ queueOf: queue, plan: { campaign } }: CallView): QueueKey =>
  queue ?? (campaign ? `campaign-${campaign.id}` : "anybody");

const waits = (call: ActiveCall) => awaitsAgent(call.core);

export function createCallRouting(deps: {
  agents: AgentRegistry;
  distribution: Distribution;
  runner: () => CallRunner;
  clock: Clock;
  events: EventBus;
}): CallRouting {
  const { agents, distribution, runner, clock } = deps;
  const waiting = new Map<string, ActiveCall>();

  function give(callId: string, userId: number): Given {
    const call = runner().get(callId);
    if (!call || !waits(call)) return "caller-gone";
    if (!agents.feed(userId, { type: "assign", callId }).ok) return "agent-not-free";
    runner().clearTimer(call, "wait");
    runner().feed(callId, { type: "agent-chosen", userId });
    return "given";
  }
  distribution.onMatch(give);

  function callerOf(call: ActiveCall): AcdCaller {
    const { direction, agentUserId: known } = call.plan;
    return {
      callerId: call.id,
      queueId: queueOf(call),
      since: clock.now(),
      priority: 0,
      needs: [],
      // Who talked with this person last comes first.
      wanted: direction === "inbound" && known !== null ? { userId: known, until: 0 } : null,
      // Nobody is given back at once what they have just given away.
      except: call.givenBy,
    };
  }

  function withdraw(call: ActiveCall): void {
    waiting.delete(call.id);
    distribution.leave(call.id);
    runner().clearTimer(call, "wait");
  }

  const stop = deps.events.on("call.changed", ({ call: { id, core } }) => {
    if (waiting.has(id) && !awaitsAgent(core)) {
      waiting.delete(id);
      distribution.leave(id);
    }
  });

  /** Whom we called has waited since the answer, also while we listened who it is. */
  function patienceOf(call: ActiveCall): number {
    const { campaign, direction } = call.plan;
    if (call.waitMs !== null) return call.waitMs;
    if (direction === "inbound" || !campaign) return inboundWaitMs;
    const waited = call.sorting ? clock.now() - (call.answeredAt ?? clock.now()) : 0;
    return Math.max(0, campaign.abandonAfterMs - waited);
  }

  return {
    routeNow: (call) => distribution.offerNow(callerOf(call)),
    route(call) {
      waiting.set(call.id, call);
      distribution.arrive(callerOf(call));
      if (!waiting.has(call.id)) return;
      runner().setTimer(call, "wait", patienceOf(call), () => runner().feed(call.id, { type: "no-agent" }));
    },
    withdraw,
    waiting: () => [...waiting.values()],
    isFor: (call, agent) => distribution.serves(agent, queueOf(call)),
    [Symbol.dispose]: stop,
  };
}
