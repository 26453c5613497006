/**
 * Brings what happens to the addresses that want it. Everything stands in the database before it is sent, so that a server
 * that is killed sends it after its start: at least once, each event under one id, those of one call or agent in order.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import "../agents/index.ts";
import "../callbacks/index.ts";
import "../calls/index.ts";
import { afterAttempt, tooOldMs } from "./after-attempt.ts";
import { bodyOf, messageId } from "./body.ts";
import "./events.ts";
import { post } from "./post.ts";
import { collect, moveMarks, newestRows } from "./queries-collect.ts";
import {
  type DueDelivery,
  dueDeliveries,
  type DueWebhook,
  dueWebhooks,
  forgetOld,
  saveAttempt,
} from "./queries-send.ts";
import { signatureHeaders } from "./sign.ts";

/** Looks without being woken: what was written while nobody said so, and what waits for its time. */
const everyMs = 1_000;
/** Steps are written within a few ms of each other; one look serves them. */
const gatherMs = 50;
const collectMost = 500;
/** Requests to one address side by side. An address that fails gets one at a time. */
const abreast = 8;
const timeoutMs = 10_000;
/** No transaction that writes a step takes longer: rows older than this do not appear any more. */
const settledMs = 5 * 60_000;
const keptMs = 30 * 24 * 3_600_000;
const cleanEveryMs = 3_600_000;

export interface WebhookRelay extends AsyncDisposable {
  /** Something is to be sent: a test, a replay, a changed address. */
  wake(): void;
}

export function createWebhookRelay({
  database,
  clock,
  events,
  log,
}: {
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
}): WebhookRelay {
  const closing = new AbortController();
  let collecting: Promise<void> | undefined;
  let again = false;
  /** Requests under way by webhook. */
  const sending = new Map<number, Promise<void>>();
  let settled: { at: number; newest: { call: number; agent: number } } | undefined;
  let cleanedAt = 0;

  async function deliver(hook: DueWebhook, delivery: DueDelivery): Promise<boolean> {
    const at = clock.now();
    const body = bodyOf(delivery, hook.numbers);
    const signed = { id: messageId(delivery.eventId), timestamp: Math.floor(at / 1000), body };
    const started = performance.now();
    const { answer, text, error } = await post(hook.url, body, signatureHeaders(signed, hook.secrets), {
      timeoutMs,
      now: at,
      signal: closing.signal,
    });
    if (closing.signal.aborted) return false;
    const verdict = afterAttempt(answer, { attempts: delivery.attempts + 1, failures: hook.failures });
    await database.transact((tx) =>
      saveAttempt(tx, delivery, hook.id, {
        verdict,
        at: new Date(clock.now()),
        status: "status" in answer ? answer.status : null,
        error,
        answer: text,
        tookMs: Math.round(performance.now() - started),
      }),
    );
    if (verdict.is !== "delivered")
      log.warn({ webhookId: hook.id, eventId: delivery.eventId, answer, verdict }, "webhook not delivered");
    return verdict.is !== "address-down" && verdict.is !== "gone";
  }

  /** Sends what is due until nothing is, or the address fails. */
  async function send(hook: DueWebhook): Promise<void> {
    let most = hook.failures > 0 ? 1 : abreast;
    for (;;) {
      const due = await dueDeliveries(database.db, hook.id, new Date(clock.now()), most);
      if (due.length === 0) break;
      const went = await Promise.all(due.map((delivery) => deliver(hook, delivery)));
      if (closing.signal.aborted || went.includes(false)) break;
      hook.failures = 0;
      most = abreast;
    }
    events.publish("webhooks.changed", { webhookId: hook.id });
  }

  async function sendAll(): Promise<void> {
    for (const hook of await dueWebhooks(database.db, new Date(clock.now()))) {
      if (sending.has(hook.id)) continue;
      const run = send(hook)
        .catch((error: unknown) =>
          log.error({ err: error, webhookId: hook.id }, "webhook could not be served"),
        )
        .finally(() => sending.delete(hook.id));
      sending.set(hook.id, run);
    }
  }

  /** Rows that were the newest a while ago are behind every transaction still open: looking begins there. */
  async function settle(): Promise<void> {
    const now = clock.now();
    if (settled && Math.abs(now - settled.at) < settledMs) return;
    const before = settled?.newest;
    settled = {
      at: now,
      newest: await database.transact(async (tx) => {
        if (before) await moveMarks(tx, before);
        return newestRows(tx);
      }),
    };
  }

  async function clean(): Promise<void> {
    const now = clock.now();
    if (Math.abs(now - cleanedAt) < cleanEveryMs) return;
    cleanedAt = now;
    await database.transact((tx) => forgetOld(tx, new Date(now - tooOldMs), new Date(now - keptMs)));
  }

  async function look(): Promise<void> {
    while ((await database.transact((tx) => collect(tx, collectMost, new Date(clock.now())))) >= collectMost)
      continue;
    await settle();
    await clean();
    await sendAll();
  }

  function wake(): void {
    if (closing.signal.aborted) return;
    again = true;
    collecting ??= (async () => {
      while (again && !closing.signal.aborted) {
        again = false;
        await look().catch((error: unknown) =>
          log.warn({ reason: reasonOf(error) }, "webhooks wait for the database"),
        );
      }
      collecting = undefined;
    })();
  }

  let gathering = false;
  function soon(): void {
    if (gathering || closing.signal.aborted) return;
    gathering = true;
    clock.after(gatherMs, () => {
      gathering = false;
      wake();
    });
  }
  const timer = clock.every(everyMs, wake);
  const offs = [
    events.on("call.changed", soon),
    events.on("agent.changed", soon),
    events.on("callbacks.changed", soon),
  ];
  return {
    wake,
    async [Symbol.asyncDispose]() {
      timer.cancel();
      for (const off of offs) off();
      closing.abort();
      await collecting;
      await Promise.all(sending.values());
    },
  };
}
