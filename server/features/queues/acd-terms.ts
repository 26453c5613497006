/** What the engine is told of queues, agents and callers, by what is set and who is here. */
import type { QueueDetail } from "../../../shared/queues.ts";
import type { Agent, AgentRegistry } from "../agents/index.ts";
import type { AcdAgent, AcdCaller, QueueKey, QueueRule } from "./acd/types.ts";
import type { QueueBook } from "./queue-book.ts";

/** A caller as whoever has it knows it. */
export interface Arriving {
  callerId: string;
  queueId: QueueKey;
  /** When the wait began, ms since the epoch. */
  since: number;
  /** Of the person: their VIP level. */
  priority: number;
  /** The agent who talked with this person last. */
  knownTo: number | null;
  /** Who has just given the caller away. */
  except: number | null;
  /** Nobody is on the line. */
  keepsPlace?: boolean;
  /** Where nobody of the queue is signed in they do not wait, whatever the queue says. */
  unlessEmpty?: boolean;
}

/** Behind every rank in a queue: callers of a queue that is late go before those whom a campaign reached. */
const lastRank = 10;

/** How those wait whom a campaign reached, and callers whom every agent may take: in their order, as long as they are let. */
export const plainRule = (queueId: QueueKey): QueueRule => ({
  queueId,
  strategy: "longest-idle",
  seniorityMs: 0,
  relax: [],
  maxLength: null,
  maxWaitMs: null,
});

export const ruleOf = (queue: QueueDetail): QueueRule => ({
  queueId: queue.id,
  strategy: queue.strategy,
  seniorityMs: queue.senioritySeconds * 1000,
  relax: queue.relax.map(({ afterSeconds, levels }) => ({ afterMs: afterSeconds * 1000, levels })),
  maxLength: queue.maxLength,
  maxWaitMs: queue.maxWaitSeconds === null ? null : queue.maxWaitSeconds * 1000,
});

/** Are its callers announced, and not put through at once? */
export const isAnnounced = ({ answer, strategy }: QueueDetail): boolean =>
  answer === "ring" || strategy === "ring-all";

/**
 * What the agent serves, and in which order. Whom a campaign reached waits for a second or two at most and goes before
 * callers, unless a queue of the agent's is below its service level: then its callers go first.
 */
export function queuesOf(
  { userId, campaignIds }: Agent,
  book: QueueBook,
  isLate: (queueId: number) => boolean,
): Map<QueueKey, number> {
  const ranks = book.ranksOf(userId);
  const rest = [...ranks.keys()].some(isLate) ? lastRank : 0;
  return new Map<QueueKey, number>([
    ["anybody", rest],
    ...campaignIds.map((id): [QueueKey, number] => [`campaign-${id}`, rest]),
    ...ranks,
  ]);
}

export const acdAgentOf = (
  agent: Agent,
  deps: { book: QueueBook; isLate: (queueId: number) => boolean; answeredBy: (userId: number) => number },
): AcdAgent => ({
  userId: agent.userId,
  queues: queuesOf(agent, deps.book, deps.isLate),
  skills: deps.book.levelsOf(agent.userId),
  freeSince: agent.since,
  answeredToday: deps.answeredBy(agent.userId),
});

export function acdCallerOf(
  { callerId, queueId, since, priority, knownTo, except, keepsPlace = false }: Arriving,
  { queue, agents, now }: { queue: QueueDetail | undefined; agents: AgentRegistry; now: number },
): AcdCaller {
  const waitsFor = queue ? queue.familiarSeconds : 0;
  const isHere = knownTo !== null && agents.get(knownTo)?.legUp === true;
  const isWanted = knownTo !== null && waitsFor !== null;
  return {
    callerId,
    queueId,
    since,
    enteredAt: now,
    priority: priority + (queue?.priority ?? 0),
    needs: queue?.skills ?? [],
    wanted: isWanted ? { userId: knownTo, until: isHere ? now + waitsFor * 1000 : 0 } : null,
    except,
    keepsPlace,
  };
}
