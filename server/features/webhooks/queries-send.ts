import { sql } from "kysely";
import type { DeliveryRow } from "../../../shared/webhooks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Verdict } from "./after-attempt.ts";
import "./tables.ts";

export interface DueDelivery {
  id: number;
  attempts: number;
  subject: string;
  eventId: number;
  type: DeliveryRow["type"];
  at: Date;
  data: Record<string, unknown>;
}

export interface DueWebhook {
  id: number;
  url: string;
  /** The one in force first. */
  secrets: string[];
  numbers: "full" | "masked";
  failures: number;
}

/** Webhooks that may be tried now and have something waiting. */
export async function dueWebhooks(db: Db, now: Date): Promise<DueWebhook[]> {
  const rows = await db
    .selectFrom("webhooks as w")
    .select(["w.id", "w.url", "w.secret", "w.previous_secret", "w.previous_until", "w.numbers", "w.failures"])
    .where("w.enabled", "=", true)
    .where((on) => on.or([on("w.next_at", "is", null), on("w.next_at", "<=", now)]))
    .where((on) =>
      on.exists(
        on
          .selectFrom("webhook_deliveries as d")
          .select("d.id")
          .whereRef("d.webhook_id", "=", "w.id")
          .where("d.state", "=", "waiting"),
      ),
    )
    .execute();
  return rows.map(({ secret, previous_secret, previous_until, ...row }) => {
    const both = previous_secret !== null && previous_until !== null && previous_until > now;
    return { ...row, secrets: both ? [secret, previous_secret] : [secret] };
  });
}

/** What it sends next: the oldest of each subject, at most `most`, in the order in which they happened. */
export async function dueDeliveries(
  db: Db,
  webhookId: number,
  now: Date,
  most: number,
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with waiting as (
      select d.id, d.attempts, d.next_at, e.subject, e.id as "eventId", e.type, e.at, e.data
      from webhook_deliveries d join webhook_events e on e.id = d.event_id
      where d.webhook_id = ${webhookId} and d.state = 'waiting' order by d.event_id limit 500),
    first as (select distinct on (subject) * from waiting order by subject, "eventId")
    select id, attempts, subject, "eventId", type, at, data from first
    where next_at is null or next_at <= ${now} order by "eventId" limit ${most}`.execute(db);
  return rows;
}

export interface Attempt {
  verdict: Verdict;
  at: Date;
  status: number | null;
  error: string | null;
  answer: string | null;
  tookMs: number;
}

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** Writes what came of an attempt, on the delivery and on its webhook. */
export async function saveAttempt(
  tx: Tx,
  { id, attempts }: Pick<DueDelivery, "id" | "attempts">,
  webhookId: number,
  { verdict, at, status, error, answer, tookMs }: Attempt,
): Promise<void> {
  const state = { delivered: "delivered", gone: "failed", "given-up": "failed" } as const;
  await tx
    .updateTable("webhook_deliveries")
    .set({
      state: verdict.is === "address-down" || verdict.is === "event-refused" ? "waiting" : state[verdict.is],
      attempts: attempts + 1,
      next_at: verdict.is === "event-refused" ? later(at, verdict.waitMs) : null,
      tried_at: at,
      status,
      error,
      answer,
      took_ms: tookMs,
    })
    .where("id", "=", id)
    .execute();
  const hook = tx.updateTable("webhooks").where("id", "=", webhookId);
  if (verdict.is === "address-down")
    await hook
      .set((on) => ({
        failures: on("failures", "+", 1),
        failing_since: on.fn.coalesce("failing_since", on.val(at)),
        next_at: later(at, verdict.waitMs),
      }))
      .execute();
  else if (verdict.is === "gone") await hook.set({ enabled: false, off_because: "gone" }).execute();
  // It answers: what it says of one event is no trouble of its own.
  else
    await hook.set({ failures: 0, failing_since: null, next_at: null }).where("failures", ">", 0).execute();
}

/** Gives up what happened before `waitingBefore` and forgets what happened before `keptSince`. */
export async function forgetOld(tx: Tx, waitingBefore: Date, keptSince: Date): Promise<void> {
  await sql`update webhook_deliveries d set state = 'failed', error = 'expired', next_at = null
    from webhook_events e where e.id = d.event_id and d.state = 'waiting' and e.at < ${waitingBefore}`.execute(
    tx,
  );
  await tx.deleteFrom("webhook_events").where("at", "<", keptSince).execute();
}
