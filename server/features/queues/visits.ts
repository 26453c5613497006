/** Who waits in which queue, and how each wait ended: counted at once, and written with the call's own steps. */
import type { VisitEnd } from "../../../shared/queues.ts";
import type { Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { QueueBook } from "./queue-book.ts";
import type { QueueDays } from "./queue-day.ts";
import { closeVisit, openVisit, type VisitEntry } from "./queries-visits.ts";
import { expectedWaitMs, type Served, withServed } from "./waiting/expected-wait.ts";

export interface VisitOver {
  how: VisitEnd;
  at: number;
  agentUserId?: number | null;
  detail?: Record<string, unknown>;
}

export interface Visits {
  /** The caller comes to a queue; what is to be written. */
  enter(entry: VisitEntry): (tx: Tx) => Promise<void>;
  /** The wait is over; undefined when it was not in a queue. */
  leave(
    callId: string,
    over: VisitOver,
  ): { queueId: number; waitedMs: number; write(tx: Tx): Promise<void> } | undefined;
  /** Since when each caller is in this queue, the longest wait first. */
  waiting(queueId: number): number[];
  /** The caller was given this place when it came. */
  placed(callId: string, place: number): void;
  /** How long one with so many before them will probably wait, ms; null: not known. */
  expectedWaitMs(queueId: number, place: number, now: number): number | null;
}

export function createVisits({
  days,
  book,
  events,
}: {
  days: QueueDays;
  book: QueueBook;
  events: EventBus;
}): Visits {
  const open = new Map<string, VisitEntry>();
  const places = new Map<string, number>();
  const served = new Map<number, readonly Served[]>();
  const moved = (queueId: number) => events.publish("queue.moved", { queueId });

  return {
    enter(entry) {
      open.set(entry.callId, entry);
      if (!entry.again) days.entered(entry.queueId);
      moved(entry.queueId);
      return async (tx) => {
        if (!entry.again) await openVisit(tx, entry);
      };
    },
    leave(callId, { at, ...left }) {
      const entry = open.get(callId);
      if (!entry) return undefined;
      open.delete(callId);
      const place = places.get(callId);
      places.delete(callId);
      const { queueId, enteredAt } = entry;
      const waitedMs = Math.max(0, at - enteredAt);
      const inTime = waitedMs <= (book.get(queueId)?.serviceSeconds ?? 0) * 1000;
      if (left.how === "answered" && place !== undefined)
        served.set(queueId, withServed(served.get(queueId) ?? [], { at, place, waitedMs }));
      if (!entry.again) days.left(queueId, { how: left.how, inTime, agentUserId: left.agentUserId ?? null });
      moved(queueId);
      return { queueId, waitedMs, write: (tx) => closeVisit(tx, callId, at, left) };
    },
    waiting: (queueId) =>
      [...open.values()]
        .filter((entry) => entry.queueId === queueId)
        .map(({ enteredAt }) => enteredAt)
        .toSorted((a, b) => a - b),
    placed: (callId, place) => void places.set(callId, place),
    expectedWaitMs: (queueId, place, now) => expectedWaitMs(served.get(queueId) ?? [], place, now),
  };
}
