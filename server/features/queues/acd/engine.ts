import { compareAgents, mayTake, nextChange } from "./fitness.ts";
import type { AcdAgent, AcdCaller, Offer, QueueKey, QueueRule } from "./types.ts";
import { isBefore, type Waiting, WaitingLine } from "./waiting-line.ts";

/** An agent who refused a caller, or let it ring, is not asked for the same one again for so long. */
const refusalMs = 30_000;

interface Queue {
  rule: QueueRule;
  line: WaitingLine;
  lastAsked: number;
}

export type Arrival = { offers: Offer[] } | { refused: "queue-full" | "no-such-queue" | "waits-already" };

/**
 * Automatic call distribution: who talks with whom, decided on what it is told, without a clock, chance or I/O.
 *
 *     caller:  arrive ─▶ WAITING ──offer──▶ OFFERED ──accept──▶ (gone)
 *                           ▲ │                │ last refusal, or the last agent asked has gone
 *                           │ └─ leave, wake: │ waited too long ─▶ (gone)
 *                           └─────────────────┘
 *     agent:   free ─▶ FREE ──offer──▶ ASKED ──accept──▶ (gone)
 *                       ▲                │ refuse ─▶ (gone: who lets it ring is not free)
 *                       └────────────────┘ the caller left, or another of those asked was quicker
 *
 * After each step nobody is free whom somebody who waits could have. A caller keeps its place whatever becomes of an
 * offer. An agent takes first who waits for that very agent, then the queue of the best rank, and in it the most senior.
 */
export class AcdEngine {
  readonly #queues = new Map<QueueKey, Queue>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #free = new Map<number, AcdAgent>();
  readonly #asked = new Map<number, { agent: AcdAgent; callerId: string }>();
  /** Who waits for a certain agent. */
  readonly #wanting = new Map<number, Set<Waiting>>();
  #arrivals = 0;

  /** A new or changed queue; those who wait in it stay. */
  setQueue(rule: QueueRule, now: number): Offer[] {
    const queue = this.#queues.get(rule.queueId);
    this.#queues.set(rule.queueId, {
      rule,
      line: new WaitingLine(),
      lastAsked: queue?.lastAsked ?? 0,
    });
    return [...(queue?.line ?? [])].flatMap((waiting) => this.#enter(waiting, now));
  }

  /** The queue ends; who waited there. */
  dropQueue(queueId: QueueKey, now: number): { callerIds: string[]; offers: Offer[] } {
    const callerIds = [...(this.#queues.get(queueId)?.line ?? [])].map(({ caller }) => caller.callerId);
    const offers = callerIds.flatMap((callerId) => this.leave(callerId, now));
    this.#queues.delete(queueId);
    return { callerIds, offers: offers.filter(({ callerId }) => !callerIds.includes(callerId)) };
  }

  arrive(caller: AcdCaller, now: number): Arrival {
    const queue = this.#queues.get(caller.queueId);
    if (!queue) return { refused: "no-such-queue" };
    if (this.#waiting.has(caller.callerId)) return { refused: "waits-already" };
    const { maxLength } = queue.rule;
    const isFull = maxLength !== null && queue.line.length >= maxLength && !caller.keepsPlace;
    if (isFull) return { refused: "queue-full" };
    const waiting: Waiting = {
      caller,
      place: 0,
      arrival: this.#arrivals++,
      refusedBy: new Map(),
      changesAt: Infinity,
      offeredTo: new Set(),
    };
    this.#waiting.set(caller.callerId, waiting);
    return { offers: this.#enter(waiting, now) };
  }

  /** Hung up, overflowed, or was taken elsewhere: those who were asked are free again. */
  leave(callerId: string, now: number): Offer[] {
    const waiting = this.#waiting.get(callerId);
    if (!waiting) return [];
    this.#waiting.delete(callerId);
    this.#lineOf(waiting).remove(waiting);
    this.#want(waiting, false);
    return this.#unask(waiting).flatMap((agent) => this.agentFree(agent, now));
  }

  /** Changes where, how urgently or with what needs a caller waits; it keeps the beginning of its wait and its refusals. */
  change(callerId: string, changes: Partial<Omit<AcdCaller, "callerId">>, now: number): Offer[] {
    const waiting = this.#waiting.get(callerId);
    if (!waiting || !this.#queues.has(changes.queueId ?? waiting.caller.queueId)) return [];
    this.#lineOf(waiting).remove(waiting);
    this.#want(waiting, false);
    const released = this.#unask(waiting);
    waiting.caller = { ...waiting.caller, ...changes };
    const offers = this.#enter(waiting, now);
    return [...offers, ...released.flatMap((agent) => this.agentFree(agent, now))];
  }

  /** Before all others of its queue; it keeps the beginning of its wait by its place alone. */
  toFront(callerId: string, now: number): Offer[] {
    const waiting = this.#waiting.get(callerId);
    const [first] = waiting ? this.#lineOf(waiting) : [];
    if (!waiting || !first || first === waiting) return [];
    const { caller } = waiting;
    const worth = caller.priority * this.#queues.get(caller.queueId)!.rule.seniorityMs;
    return this.change(callerId, { since: first.place - 1 + worth }, now);
  }

  /** An agent became free, or a free one's queues or skills changed. */
  agentFree(agent: AcdAgent, now: number): Offer[] {
    if (this.#asked.has(agent.userId)) return [];
    this.#free.set(agent.userId, agent);
    const waiting = this.#callerFor(agent, now);
    return waiting ? this.#offer(waiting, now) : [];
  }

  /** Paused, signed out, lost the line, or is busy with something else. */
  agentGone(userId: number, now: number): Offer[] {
    this.#free.delete(userId);
    const asked = this.#asked.get(userId);
    return asked ? this.#drop(asked.callerId, userId, now) : [];
  }

  /** Nobody waits for this agent any more: signed out for the day. */
  agentAbsent(userId: number, now: number): Offer[] {
    const held = [...(this.#wanting.get(userId) ?? [])];
    return [
      ...this.agentGone(userId, now),
      ...held.flatMap(({ caller }) => this.change(caller.callerId, { wanted: null }, now)),
    ];
  }

  /** The first of those asked takes the caller; false: it is no longer to be had. */
  accept(callerId: string, userId: number, now: number): { taken: boolean; offers: Offer[] } {
    const waiting = this.#waiting.get(callerId);
    if (!waiting?.offeredTo.delete(userId)) return { taken: false, offers: [] };
    this.#asked.delete(userId);
    return { taken: true, offers: this.leave(callerId, now) };
  }

  /** Refused, or rang too long: the caller is at its place again, and the agent is not free until told so. */
  refuse(callerId: string, userId: number, now: number): Offer[] {
    const waiting = this.#waiting.get(callerId);
    if (!waiting?.offeredTo.has(userId)) return [];
    waiting.refusedBy.set(userId, now + refusalMs);
    return this.#drop(callerId, userId, now);
  }

  /** Time has passed: whose wait is too long leaves, and levels, reservations and refusals end. Call it twice a second. */
  wake(now: number): { tooLong: string[]; offers: Offer[] } {
    const tooLong: string[] = [];
    const offers: Offer[] = [];
    for (const waiting of this.#waiting.values()) {
      const { caller } = waiting;
      const { maxWaitMs } = this.#queues.get(caller.queueId)!.rule;
      if (waiting.offeredTo.size > 0) continue;
      const isTooLong = maxWaitMs !== null && now - caller.enteredAt >= maxWaitMs && !caller.keepsPlace;
      if (isTooLong) tooLong.push(caller.callerId);
      else if (waiting.changesAt <= now) offers.push(...this.#offer(waiting, now));
    }
    for (const callerId of tooLong) this.leave(callerId, now);
    return { tooLong, offers };
  }

  /** For whom this agent is asked; undefined: for nobody. */
  asked(userId: number): string | undefined {
    return this.#asked.get(userId)?.callerId;
  }

  /** Who waits under this id; undefined: nobody. */
  caller(callerId: string): AcdCaller | undefined {
    return this.#waiting.get(callerId)?.caller;
  }

  /** How many are before the caller, 0 for the first; undefined when it does not wait. */
  position(callerId: string): number | undefined {
    const waiting = this.#waiting.get(callerId);
    return waiting && this.#lineOf(waiting).indexOf(waiting);
  }

  /** Callers of a queue, most senior first, with those to whom each is offered. */
  line(queueId: QueueKey): { caller: AcdCaller; offeredTo: number[] }[] {
    const line = [...(this.#queues.get(queueId)?.line ?? [])];
    return line.map(({ caller, offeredTo }) => ({ caller, offeredTo: [...offeredTo] }));
  }

  #lineOf({ caller }: Waiting): WaitingLine {
    return this.#queues.get(caller.queueId)!.line;
  }

  #enter(waiting: Waiting, now: number): Offer[] {
    const { caller } = waiting;
    const { rule, line } = this.#queues.get(caller.queueId)!;
    waiting.place = caller.since - caller.priority * rule.seniorityMs;
    line.add(waiting);
    this.#want(waiting, true);
    return waiting.offeredTo.size > 0 ? [] : this.#offer(waiting, now);
  }

  /** Asks the best of the free, or all of them; nobody when nobody may take it. */
  #offer(waiting: Waiting, now: number): Offer[] {
    const { caller } = waiting;
    const queue = this.#queues.get(caller.queueId)!;
    const { rule } = queue;
    waiting.changesAt = nextChange(waiting, rule, now);
    const fit = [...this.#free.values()].filter((agent) => mayTake(agent, waiting, rule, now));
    if (fit.length === 0) return [];
    const compare = compareAgents(rule.strategy, waiting, queue.lastAsked);
    const wanted = fit.find(({ userId }) => userId === caller.wanted?.userId);
    const best = wanted ?? fit.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    const asked = rule.strategy === "ring-all" && !wanted ? fit.sort(compare) : [best];
    queue.lastAsked = best.userId;
    for (const agent of asked) {
      this.#free.delete(agent.userId);
      this.#asked.set(agent.userId, { agent, callerId: caller.callerId });
      waiting.offeredTo.add(agent.userId);
    }
    return [{ callerId: caller.callerId, userIds: asked.map(({ userId }) => userId) }];
  }

  /** One agent is no longer asked; with the last the caller is offered anew. */
  #drop(callerId: string, userId: number, now: number): Offer[] {
    const waiting = this.#waiting.get(callerId)!;
    this.#asked.delete(userId);
    waiting.offeredTo.delete(userId);
    return waiting.offeredTo.size > 0 ? [] : this.#offer(waiting, now);
  }

  /** Those who were asked are asked no more; they are not yet free again. */
  #unask(waiting: Waiting): AcdAgent[] {
    const agents = [...waiting.offeredTo].map((userId) => this.#asked.get(userId)!.agent);
    waiting.offeredTo.clear();
    for (const { userId } of agents) this.#asked.delete(userId);
    return agents;
  }

  #want(waiting: Waiting, wants: boolean): void {
    const userId = waiting.caller.wanted?.userId;
    if (userId === undefined) return;
    const wanting = this.#wanting.get(userId) ?? new Set();
    if (wants) wanting.add(waiting);
    else wanting.delete(waiting);
    if (wanting.size > 0) this.#wanting.set(userId, wanting);
    else this.#wanting.delete(userId);
  }

  #callerFor(agent: AcdAgent, now: number): Waiting | undefined {
    const isFor = (waiting: Waiting) =>
      waiting.offeredTo.size === 0 &&
      mayTake(agent, waiting, this.#queues.get(waiting.caller.queueId)!.rule, now);
    const own = [...(this.#wanting.get(agent.userId) ?? [])].filter(isFor);
    if (own.length > 0) return own.reduce((a, b) => (isBefore(b, a) ? b : a));
    let best: Waiting | undefined;
    let bestRank = Infinity;
    for (const [queueId, rank] of agent.queues) {
      if (rank > bestRank) continue;
      for (const waiting of this.#queues.get(queueId)?.line ?? []) {
        if (rank === bestRank && best && !isBefore(waiting, best)) break;
        if (!isFor(waiting)) continue;
        [best, bestRank] = [waiting, rank];
        break;
      }
    }
    return best;
  }
}
