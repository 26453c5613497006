/** Who is free next of those who may take a caller. */
export const acdStrategies = [
  "longest-idle", // free for the longest time
  "fewest-answered", // answered the fewest today
  "round-robin", // by turns, 循环振铃
  "ring-all", // everybody at once, the first to accept has it, 集体振铃
  "most-skilled", // the highest sum of levels in what is asked for
] as const;
export type AcdStrategy = (typeof acdStrategies)[number];

/** A queue's id; the people whom a campaign reached are a queue too, and so are callers whom every agent may take. */
export type QueueKey = number | `campaign-${number}` | "anybody";

/** How a queue serves. Times are ms. */
export interface QueueRule {
  queueId: QueueKey;
  strategy: AcdStrategy;
  /** A caller of priority p counts as if it had waited p times this longer: nobody is passed for ever. */
  seniorityMs: number;
  /** After so long in the queue the levels asked for are so much lower; by rising time, the last that holds counts. */
  relax: readonly { afterMs: number; levels: number }[];
  /** So many wait at most; null: no limit. */
  maxLength: number | null;
  /** So long waits a caller at most; null: no limit. */
  maxWaitMs: number | null;
}

/** A skill and the level that is asked for, or had: 1 to 10. */
export interface Skill {
  skillId: number;
  level: number;
}

export interface AcdCaller {
  callerId: string;
  queueId: QueueKey;
  /** When the wait began, ms since the epoch. A caller who goes from queue to queue keeps it. */
  since: number;
  /** When the caller came to this queue: its longest wait counts from then. */
  enteredAt: number;
  /** 0 is nobody in particular. */
  priority: number;
  needs: readonly Skill[];
  /**
   * Named or familiar agent (熟客优先): the first who is asked, and until then the only one. ms since the epoch; 0: others
   * may have the caller at once, Infinity: never.
   */
  wanted: { userId: number; until: number } | null;
  /** Who has just given the caller away and is not asked; null: nobody. */
  except: number | null;
  /** Nobody is on the line: a place is kept, for as long as it takes, beside the queue's limits. */
  keepsPlace?: boolean;
}

export interface AcdAgent {
  userId: number;
  /** Queues served, each with the agent's rank in it: 1 is first choice. */
  queues: ReadonlyMap<QueueKey, number>;
  /** Levels by skill. */
  skills: ReadonlyMap<number, number>;
  /** ms since the epoch. */
  freeSince: number;
  answeredToday: number;
}

/** A caller is offered to these agents, who are kept for it until each has accepted, refused or gone. */
export interface Offer {
  callerId: string;
  userIds: readonly number[];
}
