/**
 * Runs the engine (`acd/engine.ts`) among the agents who are here: it knows who is free, and hands callers over. Callers
 * are known by an id alone; whoever has them says what being given means.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import { AcdEngine } from "./acd/engine.ts";
import type { AcdAgent, AcdCaller, Offer, QueueKey, QueueRule } from "./acd/types.ts";

/** What became of handing a caller over: the next agent is asked, or nobody any more. */
export type Given = "given" | "agent-not-free" | "caller-gone";

export type Give = (callerId: string, userId: number) => Given;

export interface Distribution extends Disposable {
  /** How a caller comes to an agent, in the tick of the decision. */
  onMatch(give: Give): void;
  /** An agent who is free has the caller before this returns; else the caller waits. */
  arrive(caller: AcdCaller): void;
  /** An agent who is free takes the caller; false: there is none, and nobody waits. */
  offerNow(caller: AcdCaller): boolean;
  leave(callerId: string): void;
  /** Is the agent one of those who take callers of this queue? */
  serves(agent: Agent, queueId: QueueKey): boolean;
}

/** How those wait whom a campaign reached, and callers whom every agent may take: in their order, as long as they are let. */
const plainRule = (queueId: QueueKey): QueueRule => ({
  queueId,
  strategy: "longest-idle",
  seniorityMs: 0,
  relax: [],
  maxLength: null,
  maxWaitMs: null,
});

const queuesOf = ({ campaignIds }: Agent): Map<QueueKey, number> =>
  new Map([["anybody", 1], ...campaignIds.map((id): [QueueKey, number] => [`campaign-${id}`, 1])]);

const acdAgentOf = (agent: Agent): AcdAgent => ({
  userId: agent.userId,
  queues: queuesOf(agent),
  skills: new Map(),
  freeSince: agent.since,
  answeredToday: 0,
});

const nobodyCalls: Give = () => "caller-gone";

export function createDistribution(deps: {
  agents: AgentRegistry;
  clock: Clock;
  events: EventBus;
}): Distribution {
  const { clock } = deps;
  const engine = new AcdEngine();
  const known = new Set<QueueKey>();
  let give = nobodyCalls;

  function know(queueId: QueueKey): void {
    if (known.has(queueId)) return;
    known.add(queueId);
    serve(engine.setQueue(plainRule(queueId), clock.now()));
  }

  /** The engine lets both go before they meet, so that what their meeting changes is news of nobody who waits. */
  function hand(callerId: string, userId: number): void {
    const caller = engine.caller(callerId);
    const { taken, offers } = engine.accept(callerId, userId, clock.now());
    if (!caller || !taken) return;
    const given = give(callerId, userId);
    serve(offers);
    if (given === "agent-not-free") arrive(caller);
  }

  function serve(offers: readonly Offer[]): void {
    for (const { callerId, userIds } of offers) for (const userId of userIds) hand(callerId, userId);
  }

  function arrive(caller: AcdCaller): void {
    know(caller.queueId);
    const arrival = engine.arrive(caller, clock.now());
    if ("offers" in arrival) serve(arrival.offers);
  }

  const leave = (callerId: string) => serve(engine.leave(callerId, clock.now()));

  const stop = deps.events.on("agent.changed", ({ agent }) => {
    const isFree = agent.state === "ready" && agent.legUp;
    serve(
      isFree ? engine.agentFree(acdAgentOf(agent), clock.now()) : engine.agentGone(agent.userId, clock.now()),
    );
  });
  // Somebody whom refusals or a reservation kept from an agent may have them now.
  const waking = clock.every(500, () => serve(engine.wake(clock.now()).offers));

  return {
    onMatch: (hands) => void (give = hands),
    arrive,
    offerNow(caller) {
      arrive(caller);
      const isGiven = engine.caller(caller.callerId) === undefined;
      if (!isGiven) leave(caller.callerId);
      return isGiven;
    },
    leave,
    serves: (agent, queueId) => queuesOf(agent).has(queueId),
    [Symbol.dispose]() {
      stop();
      waking.cancel();
    },
  };
}
