import { sql } from "kysely";
import type { VisitEnd } from "../../../shared/queues.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface VisitEntry {
  callId: string;
  queueId: number;
  enteredAt: number;
  /** When the caller's wait began. */
  since: number;
  /** Who kept a place is on the line again: that wait is counted already. */
  again: boolean;
}

/** A caller comes to a queue. */
export async function openVisit(tx: Tx, { callId, queueId, enteredAt, since }: VisitEntry): Promise<void> {
  await sql`
    insert into queue_visits (call_id, queue_id, entered_at, since, service_seconds)
    select ${callId}, ${queueId}, ${new Date(enteredAt)}, ${new Date(since)}, service_seconds
    from queues where id = ${queueId}`.execute(tx);
}

export interface VisitLeft {
  how: VisitEnd;
  agentUserId?: number | null;
  detail?: Record<string, unknown>;
}

/** The caller's wait in the queue where it stands is over. */
export async function closeVisit(
  tx: Tx,
  callId: string,
  at: number,
  { how, agentUserId = null, detail = {} }: VisitLeft,
): Promise<void> {
  await tx
    .updateTable("queue_visits")
    .set({ left_at: new Date(at), how, agent_user_id: agentUserId, detail: JSON.stringify(detail) })
    .where("call_id", "=", callId)
    .where("left_at", "is", null)
    .execute();
}

export interface QueueDay {
  queueId: number;
  offered: number;
  answered: number;
  abandoned: number;
  overflowed: number;
  /** Answered in time. */
  inTime: number;
  /** Whose wait is over, or longer than the threshold. */
  judged: number;
}

/** Waits that began since then, by queue. */
export async function queueDays(db: Db, from: Date, now: Date): Promise<QueueDay[]> {
  const { rows } = await sql<QueueDay>`
    select queue_id as "queueId", count(*)::int as offered,
      (count(*) filter (where how = 'answered'))::int as answered,
      (count(*) filter (where how = 'abandoned'))::int as abandoned,
      (count(*) filter (where how = 'overflowed'))::int as overflowed,
      (count(*) filter (where how = 'answered'
        and left_at - entered_at <= service_seconds * interval '1 second'))::int as "inTime",
      (count(*) filter (where left_at is not null
        or ${now} - entered_at > service_seconds * interval '1 second'))::int as judged
    from queue_visits where entered_at >= ${from} group by queue_id`.execute(db);
  return rows;
}

/** How many callers of queues each agent has answered since then. */
export async function answeredSince(db: Db, from: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ user_id: number; answered: number }>`
    select agent_user_id as user_id, count(*)::int as answered from queue_visits
    where how = 'answered' and agent_user_id is not null and left_at >= ${from} group by 1`.execute(db);
  return new Map(rows.map((row) => [row.user_id, row.answered]));
}
