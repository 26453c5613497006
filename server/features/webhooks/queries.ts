import { sql } from "kysely";
import type { z } from "zod";
import type { Page } from "../../../shared/common.ts";
import type { DeliveryRow, deliveryFilter, webhookInput, WebhookRow } from "../../../shared/webhooks.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { moveMarks, newestRows } from "./queries-collect.ts";
import "./tables.ts";

export type WebhookFields = z.output<typeof webhookInput>;
const dayMs = 24 * 3_600_000;

export async function listWebhooks(db: Db, now: Date, id?: number): Promise<WebhookRow[]> {
  const since = new Date(now.getTime() - dayMs);
  const rows = await db
    .selectFrom("webhooks as w")
    .selectAll("w")
    .select((on) => [
      ...(["waiting", "failed"] as const).map((state) =>
        on
          .selectFrom("webhook_deliveries as d")
          .select(on.fn.countAll<number>().as("n"))
          .whereRef("d.webhook_id", "=", "w.id")
          .where("d.state", "=", state)
          .as(state),
      ),
      on
        .selectFrom("webhook_deliveries as d")
        .select(on.fn.countAll<number>().as("n"))
        .whereRef("d.webhook_id", "=", "w.id")
        .where("d.state", "=", "delivered")
        .where("d.tried_at", ">=", since)
        .as("delivered"),
    ])
    .$if(id !== undefined, (query) => query.where("w.id", "=", id!))
    .orderBy("w.name")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    events: row.events,
    numbers: row.numbers,
    enabled: row.enabled,
    offBecause: row.off_because,
    failingSince: row.failing_since?.toISOString() ?? null,
    nextAt: row.next_at?.toISOString() ?? null,
    waiting: row.waiting ?? 0,
    failed: row.failed ?? 0,
    delivered: row.delivered ?? 0,
    createdAt: row.created_at.toISOString(),
  }));
}

export async function requireWebhook(db: Db, id: number, now: Date): Promise<WebhookRow> {
  const [row] = await listWebhooks(db, now, id);
  if (!row) throw notFound("webhook", id);
  return row;
}

/** The first that listens: nobody wanted what happened before. */
async function beginToLook(tx: Tx): Promise<void> {
  const listening = await tx
    .selectFrom("webhooks")
    .select("id")
    .where("enabled", "=", true)
    .executeTakeFirst();
  if (!listening) await moveMarks(tx, await newestRows(tx));
}

export async function insertWebhook(tx: Tx, given: WebhookFields, secret: string, at: Date): Promise<number> {
  await beginToLook(tx);
  const row = await tx
    .insertInto("webhooks")
    .values({ ...given, secret, listening_since: at, created_at: at, updated_at: at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A changed address is tried at once; one that was off hears what happens from now on. */
export async function updateWebhook(tx: Tx, id: number, given: WebhookFields, at: Date): Promise<void> {
  const before = await tx
    .selectFrom("webhooks")
    .select("enabled")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound("webhook", id);
  const begins = given.enabled && !before.enabled;
  if (begins) await beginToLook(tx);
  await tx
    .updateTable("webhooks")
    .set({
      ...given,
      off_because: null,
      failures: 0,
      failing_since: null,
      next_at: null,
      updated_at: at,
      ...(begins && { listening_since: at }),
    })
    .where("id", "=", id)
    .execute();
}

export async function deleteWebhook(tx: Tx, id: number): Promise<{ name: string; url: string }> {
  const row = await tx
    .deleteFrom("webhooks")
    .where("id", "=", id)
    .returning(["name", "url"])
    .executeTakeFirst();
  if (!row) throw notFound("webhook", id);
  return row;
}

/** The secret before this one signs too until `until`. */
export async function changeSecret(tx: Tx, id: number, secret: string, until: Date): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("webhooks")
    .set((on) => ({ secret, previous_secret: on.ref("secret"), previous_until: until }))
    .where("id", "=", id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound("webhook", id);
}

/** An event of a person's own, to try the address with. */
export async function insertTest(tx: Tx, id: number, at: Date): Promise<number> {
  const event = await tx
    .insertInto("webhook_events")
    .values({ source: "test", source_id: null, type: "test", subject: "test", at, data: "{}" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const delivery = await tx
    .insertInto("webhook_deliveries")
    .values({ webhook_id: id, event_id: event.id })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tryNow(tx, id);
  return delivery.id;
}

async function tryNow(tx: Tx, id: number): Promise<void> {
  await tx.updateTable("webhooks").set({ next_at: null }).where("id", "=", id).execute();
}

const anew = { state: "waiting", attempts: 0, next_at: null, error: null } as const;

export async function replayDelivery(tx: Tx, id: number, deliveryId: number): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("webhook_deliveries")
    .set(anew)
    .where("id", "=", deliveryId)
    .where("webhook_id", "=", id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound("delivery", deliveryId);
  await tryNow(tx, id);
}

/** Sends again what happened in a time; answers how many events. */
export async function replayTime(
  tx: Tx,
  id: number,
  { from, to, failedOnly }: { from: Date; to: Date; failedOnly: boolean },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("webhook_deliveries")
    .set(anew)
    .where("webhook_id", "=", id)
    .where("state", "in", failedOnly ? ["failed"] : ["failed", "delivered"])
    .where("event_id", "in", (on) =>
      on.selectFrom("webhook_events").select("id").where("at", ">=", from).where("at", "<", to),
    )
    .executeTakeFirst();
  await tryNow(tx, id);
  return Number(numUpdatedRows);
}

export async function listDeliveries(
  db: Db,
  id: number,
  { state, page, pageSize }: z.output<typeof deliveryFilter>,
): Promise<Page<DeliveryRow>> {
  const found = db
    .selectFrom("webhook_deliveries as d")
    .where("d.webhook_id", "=", id)
    .$if(state !== undefined, (query) => query.where("d.state", "=", state!));
  const rows = await found
    .innerJoin("webhook_events as e", "e.id", "d.event_id")
    .selectAll("d")
    .select(["e.type", "e.subject", "e.at"])
    .orderBy("d.event_id", "desc")
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const count = await found.select(sql<number>`count(*)`.as("n")).executeTakeFirstOrThrow();
  return {
    items: rows.map((row) => ({
      id: row.id,
      eventId: row.event_id,
      type: row.type,
      subject: row.subject,
      at: row.at.toISOString(),
      state: row.state,
      attempts: row.attempts,
      nextAt: row.next_at?.toISOString() ?? null,
      triedAt: row.tried_at?.toISOString() ?? null,
      status: row.status,
      error: row.error,
      answer: row.answer,
      tookMs: row.took_ms,
    })),
    total: count.n,
  };
}

/** For the health page: webhooks that fail, and the oldest failure. */
export async function failingWebhooks(db: Db): Promise<{ names: string[]; all: number; waiting: number }> {
  const rows = await db
    .selectFrom("webhooks")
    .select(["name", "failing_since", "off_because"])
    .where((on) => on.or([on("enabled", "=", true), on("off_because", "is not", null)]))
    .execute();
  const { n } = await db
    .selectFrom("webhook_deliveries")
    .select(sql<number>`count(*)`.as("n"))
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  const names = rows
    .filter((row) => row.failing_since !== null || row.off_because !== null)
    .map((row) => row.name);
  return { names, all: rows.length, waiting: n };
}
