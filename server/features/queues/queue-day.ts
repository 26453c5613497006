/** What each queue did today, counted as it happens; the table of visits is what reports read. */
import type { VisitEnd } from "../../../shared/queues.ts";
import { wallClockOf, instantOf } from "../../../shared/zoned-time.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { readSettings } from "../settings/index.ts";
import { answeredSince, type QueueDay, queueDays } from "./queries-visits.ts";

const recentMs = 30 * 60_000;

export interface QueueDays {
  of(queueId: number): QueueDay;
  /** Callers of queues that the agent has answered today. */
  answeredBy(userId: number): number;
  /** 0 to 1 in the last half hour; null: nobody's wait ended. */
  recentLevel(queueId: number): number | null;
  entered(queueId: number): void;
  left(queueId: number, left: { how: VisitEnd; inTime: boolean; agentUserId: number | null }): void;
  /** Reads what was before; again when the company's day is a new one. */
  refresh(): Promise<void>;
}

const nothing = (queueId: number): QueueDay => ({
  queueId,
  offered: 0,
  answered: 0,
  abandoned: 0,
  overflowed: 0,
  inTime: 0,
  judged: 0,
});

export function createQueueDays({ database, clock }: { database: Database; clock: Clock }): QueueDays {
  let today = "";
  const days = new Map<number, QueueDay>();
  let answered = new Map<number, number>();
  const recent = new Map<number, { at: number; inTime: boolean }[]>();

  const of = (queueId: number): QueueDay => {
    const day = days.get(queueId) ?? nothing(queueId);
    days.set(queueId, day);
    return day;
  };

  return {
    of,
    answeredBy: (userId) => answered.get(userId) ?? 0,
    recentLevel(queueId) {
      const from = clock.now() - recentMs;
      const last = (recent.get(queueId) ?? []).filter(({ at }) => at >= from);
      recent.set(queueId, last);
      return last.length === 0 ? null : last.filter(({ inTime }) => inTime).length / last.length;
    },
    entered: (queueId) => void of(queueId).offered++,
    left(queueId, { how, inTime, agentUserId }) {
      const day = of(queueId);
      day.judged++;
      if (how === "answered" || how === "abandoned" || how === "overflowed") day[how]++;
      if (how === "answered" && inTime) day.inTime++;
      if (how === "answered" && agentUserId !== null)
        answered.set(agentUserId, (answered.get(agentUserId) ?? 0) + 1);
      recent.set(queueId, [
        ...(recent.get(queueId) ?? []),
        { at: clock.now(), inTime: how === "answered" && inTime },
      ]);
    },
    async refresh() {
      const { timeZone } = await readSettings(database.db);
      const now = clock.now();
      const day = wallClockOf(now, timeZone).slice(0, 10);
      if (day === today) return;
      const from = new Date(instantOf(`${day}T00:00`, timeZone)!);
      const [found, byAgent] = await Promise.all([
        queueDays(database.db, from, new Date(now)),
        answeredSince(database.db, from),
      ]);
      today = day;
      days.clear();
      for (const row of found) days.set(row.queueId, row);
      answered = byAgent;
    },
  };
}
