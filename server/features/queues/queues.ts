/** Builds the parts of this feature by hand. */
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { LiveQueue } from "../../../shared/queues.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { type AgentRegistry, pauseReasons } from "../agents/index.ts";
import { createDistribution, type Distribution } from "./distribution.ts";
import { createQueueBook, type QueueBook } from "./queue-book.ts";
import { createQueueDays } from "./queue-day.ts";
import { presentQueue } from "./present.ts";
import { createVisits, type Visits } from "./visits.ts";

export interface Queues extends Distribution {
  visits: Visits;
  ids(): number[];
  /** The campaign by which calls of this queue are handled; null: it names none. */
  campaignOf(queueId: number): CampaignDetail | null;
  /** The queues that this agent serves. */
  idsOf(userId: number): number[];
  live(queueId: number): LiveQueue | undefined;
  start(): Promise<void>;
}

/** Time for the end of a day to be noticed. */
const dayMs = 30_000;
/** The code of the reason that comes with the system. */
const missedCode = "no-answer";

export function createQueues(deps: {
  database: Database;
  agents: AgentRegistry;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Queues {
  const { database, agents, clock, events, log } = deps;
  let missedReasonId: number | null = null;
  const days = createQueueDays({ database, clock });
  const distribution = createDistribution({
    agents,
    book: () => book,
    days,
    missedReasonId: () => missedReasonId,
    clock,
    events,
  });
  const book: QueueBook = createQueueBook({
    database,
    events,
    onRead: (gone) => {
      distribution.changed(gone);
      for (const id of [...gone, ...book.all().map((queue) => queue.id)])
        events.publish("queue.moved", { queueId: id });
    },
  });
  const visits = createVisits({ days, book, events });
  const newDay = clock.every(dayMs, () => {
    days.refresh().catch((error: unknown) => log.warn({ err: error }, "the day of the queues was not read"));
  });

  return {
    ...distribution,
    visits,
    idsOf: (userId) => [...book.ranksOf(userId).keys()],
    campaignOf: (queueId) => book.campaignOf(queueId),
    ids: () => book.all().map((queue) => queue.id),
    live(queueId) {
      const queue = book.get(queueId);
      return (
        queue &&
        presentQueue(queue, {
          waits: visits.waiting(queueId),
          kept: distribution.line(queueId).filter(({ caller }) => caller.keepsPlace).length,
          day: days.of(queueId),
          agents: agents.all().filter(({ userId }) => book.ranksOf(userId).has(queueId)),
          now: clock.now(),
        })
      );
    },
    async start() {
      const reasons = await pauseReasons(database.db);
      missedReasonId = reasons.find(({ code, archived }) => code === missedCode && !archived)?.id ?? null;
      await days.refresh();
      await book.start();
    },
    [Symbol.dispose]() {
      newDay.cancel();
      book[Symbol.dispose]();
      distribution[Symbol.dispose]();
    },
  };
}
