/**
 * Runs the engine (`acd/engine.ts`) among the agents who are here: it knows who is free, and hands callers over or
 * announces them. Callers are known by an id alone; whoever has them says what being given means.
 */
import type { QueueDetail } from "../../../shared/queues.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import { AcdEngine } from "./acd/engine.ts";
import type { AcdCaller, Offer, QueueKey } from "./acd/types.ts";
import {
  acdAgentOf,
  acdCallerOf,
  type Arriving,
  isAnnounced,
  plainRule,
  queuesOf,
  ruleOf,
} from "./acd-terms.ts";
import type { QueueBook } from "./queue-book.ts";
import type { QueueDays } from "./queue-day.ts";
import { createRings } from "./rings.ts";

/** What became of handing a caller over: the next agent is asked, or nobody any more. */
export type Given = "given" | "agent-not-free" | "caller-gone";
/** Why a caller does not wait any longer. */
export type Refusal = "queue-full" | "nobody-here" | "queue-closed" | "too-long";

/** Whoever has the callers; each is called in the tick of the decision. */
export interface CallerSide {
  /** The caller is this agent's, if both are still to be had. */
  give(callerId: string, userId: number): Given;
  /** It is announced to this agent, or no longer. */
  rings(callerId: string, userId: number, on: boolean): void;
  /** Nobody took it in time, or its queue is no more: it waits no longer. */
  unserved(callerId: string, why: Refusal): void;
}

export interface Distribution extends Disposable {
  serve(side: CallerSide): void;
  /** Undefined: an agent has the caller already, or it waits. */
  arrive(caller: Arriving): Refusal | undefined;
  /** An agent who is free takes the caller; false: there is none, and nobody waits. */
  offerNow(caller: Arriving): boolean;
  leave(callerId: string): void;
  /** How many are before the caller in its queue; undefined: it does not wait. */
  placeOf(callerId: string): number | undefined;
  /** Who waits there, in the order of their turns, with those to whom each is offered. */
  line(queueId: QueueKey): { caller: AcdCaller; offeredTo: number[] }[];
  /** Before all others of its queue. */
  toFront(callerId: string): void;
  /** For this agent alone, until they sign out. */
  want(callerId: string, userId: number): void;
  /** The caller is announced to this agent. */
  isRinging(callerId: string, userId: number): boolean;
  /** Who accepts what is announced to them has it. */
  accept(callerId: string, userId: number): Given;
  /** Who refuses it is paused, as who lets it ring. */
  decline(callerId: string, userId: number): void;
  /** Is the agent one of those who take callers of this queue? */
  serves(agent: Agent, queueId: QueueKey): boolean;
  /** No queue needs this agent now: a campaign may count on them. */
  isSpare(userId: number): boolean;
  queue(queueId: number): QueueDetail | undefined;
  /** What was set has changed; these queues are no more. */
  changed(gone: readonly number[]): void;
}

const nobody: CallerSide = {
  give: () => "caller-gone",
  rings: () => undefined,
  unserved: () => undefined,
};
const isFree = ({ state, legUp }: Agent) => state === "ready" && legUp;

export function createDistribution(deps: {
  agents: AgentRegistry;
  book: () => QueueBook;
  days: QueueDays;
  /** The reason of a pause for a call that was let ring. */
  missedReasonId: () => number | null;
  clock: Clock;
  events: EventBus;
}): Distribution {
  const { agents, days, clock, events } = deps;
  const engine = new AcdEngine();
  const known = new Set<QueueKey>();
  let side = nobody;

  const queueOf = (queueId: QueueKey) => (typeof queueId === "number" ? deps.book().get(queueId) : undefined);
  const isLate = (queueId: number): boolean => {
    const level = days.recentLevel(queueId);
    return level !== null && level < (deps.book().get(queueId)?.servicePercent ?? 0) / 100;
  };
  const termsOf = (agent: Agent) =>
    acdAgentOf(agent, { book: deps.book(), isLate, answeredBy: (userId) => days.answeredBy(userId) });

  const rings = createRings({
    clock,
    missed,
    changed: (callerId, userId, on) => side.rings(callerId, userId, on),
  });

  /** The caller is at its place again, and the agent, who did not take it, is not free. */
  function missed(userId: number, callerId: string): void {
    const paused = agents.feed(userId, { type: "pause", reasonId: deps.missedReasonId() }, "no-answer");
    if (paused.ok) agents.notice(userId, "call-missed");
    else run(engine.refuse(callerId, userId, clock.now()));
  }

  function know(queueId: QueueKey): void {
    if (known.has(queueId)) return;
    known.add(queueId);
    run(engine.setQueue(plainRule(queueId), clock.now()));
  }

  /** The engine lets both go before they meet, so that what their meeting changes is news of nobody who waits. */
  function hand(callerId: string, userId: number): Given {
    const caller = engine.caller(callerId);
    const { taken, offers } = engine.accept(callerId, userId, clock.now());
    if (!caller || !taken) return "caller-gone";
    const given = side.give(callerId, userId);
    run(offers);
    if (given === "agent-not-free") enter(caller);
    const agent = agents.get(userId);
    if (given === "caller-gone" && agent && isFree(agent)) run(engine.agentFree(termsOf(agent), clock.now()));
    return given;
  }

  function offer({ callerId, userIds }: Offer): void {
    const caller = engine.caller(callerId);
    const queue = caller && queueOf(caller.queueId);
    for (const userId of userIds)
      if (!queue || !isAnnounced(queue) || caller.keepsPlace) hand(callerId, userId);
      else if (engine.asked(userId) === callerId) rings.start(userId, callerId, queue.ringSeconds * 1000);
  }

  function run(offers: readonly Offer[]): void {
    for (const one of offers) offer(one);
    rings.keep((userId, callerId) => engine.asked(userId) === callerId);
  }

  function enter(caller: AcdCaller): Refusal | undefined {
    const arrival = engine.arrive(caller, clock.now());
    if ("offers" in arrival) run(arrival.offers);
    else if (arrival.refused === "queue-full") return "queue-full";
    else if (arrival.refused === "no-such-queue") return "queue-closed";
    return undefined;
  }

  function arrive(arriving: Arriving): Refusal | undefined {
    const { queueId } = arriving;
    const queue = queueOf(queueId);
    if (typeof queueId !== "number") know(queueId);
    const isHere = () => agents.all().some((agent) => deps.book().ranksOf(agent.userId).has(Number(queueId)));
    const isLeftEmpty = queue?.overflowWhenEmpty || arriving.unlessEmpty;
    if (isLeftEmpty && !arriving.keepsPlace && !isHere()) return "nobody-here";
    return enter(acdCallerOf(arriving, { queue, agents, now: clock.now() }));
  }

  const leave = (callerId: string) => run(engine.leave(callerId, clock.now()));

  const stop = events.on("agent.changed", ({ agent }) => {
    const { userId, state } = agent;
    if (isFree(agent)) run(engine.agentFree(termsOf(agent), clock.now()));
    else if (state === "signed-out") run(engine.agentAbsent(userId, clock.now()));
    else run(engine.agentGone(userId, clock.now()));
  });
  // Waits end, levels fall, and who refused may be asked again.
  const waking = clock.every(500, () => {
    const { tooLong, offers } = engine.wake(clock.now());
    run(offers);
    for (const callerId of tooLong) side.unserved(callerId, "too-long");
  });

  return {
    serve: (callers) => void (side = callers),
    arrive,
    offerNow(caller) {
      arrive(caller);
      const isGiven = engine.caller(caller.callerId) === undefined;
      if (!isGiven) leave(caller.callerId);
      return isGiven;
    },
    leave,
    line: (queueId) => engine.line(queueId),
    toFront: (callerId) => run(engine.toFront(callerId, clock.now())),
    want: (callerId, userId) =>
      run(engine.change(callerId, { wanted: { userId, until: Infinity } }, clock.now())),
    placeOf: (callerId) => engine.position(callerId),
    isRinging: (callerId, userId) => rings.at(userId) === callerId,
    accept: (callerId, userId) =>
      rings.at(userId) === callerId && engine.asked(userId) === callerId
        ? hand(callerId, userId)
        : "caller-gone",
    decline(callerId, userId) {
      if (rings.at(userId) === callerId) missed(userId, callerId);
    },
    serves: (agent, queueId) => queuesOf(agent, deps.book(), isLate).has(queueId),
    isSpare: (userId) =>
      engine.asked(userId) === undefined && ![...deps.book().ranksOf(userId).keys()].some(isLate),
    queue: (queueId) => deps.book().get(queueId),
    changed(gone) {
      const now = clock.now();
      for (const queueId of gone) {
        const dropped = engine.dropQueue(queueId, now);
        run(dropped.offers);
        for (const callerId of dropped.callerIds) side.unserved(callerId, "queue-closed");
      }
      for (const queue of deps.book().all()) run(engine.setQueue(ruleOf(queue), now));
      for (const agent of agents.all()) if (isFree(agent)) run(engine.agentFree(termsOf(agent), now));
    },
    [Symbol.dispose]() {
      stop();
      waking.cancel();
      rings[Symbol.dispose]();
    },
  };
}
