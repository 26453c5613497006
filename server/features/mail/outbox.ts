/**
 * Sends what stands in the outbox, one letter after another.
 *
 *   due ── delivered ──▶ sent
 *    │ └── refused, or older than a week ──▶ given up
 *    └── later, or the server is down ──▶ due again; while it is down no other is tried either
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import { type DueMail, dueMails, forgetMails, readMailConfig, saveTry, type StoredMail } from "./queries.ts";
import { sendLetter } from "./send.ts";

export interface Outbox extends AsyncDisposable {
  /** Something is to be sent, or may go now. */
  wake(): void;
  start(): void;
}

const everyMs = 10_000;
const most = 20;
const laterMs = 5 * 60_000;
const firstRestMs = 15_000;
const longestRestMs = 10 * 60_000;
const givenUpMs = 7 * 24 * 3_600_000;
const keptMs = 30 * 24 * 3_600_000;

export function createOutbox(deps: {
  database: Database;
  /** The sound of a recording as WAV; throws when it is not there. */
  soundOf: (recordingId: string) => Promise<Buffer>;
  clock: Clock;
  log: Log;
}): Outbox {
  const { database, clock, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let restsUntil = 0;
  let failures = 0;

  async function attachmentOf({ id, attachment }: DueMail) {
    if (!attachment) return null;
    try {
      return { name: attachment.name, content: await deps.soundOf(attachment.recordingId) };
    } catch (error) {
      // Better the words alone than nothing.
      log.warn({ mailId: id, reason: reasonOf(error) }, "the sound of a mail is not there");
      return null;
    }
  }

  /** False: the server takes nothing now. */
  async function send(stored: StoredMail, mail: DueMail): Promise<boolean> {
    const { id, recipient, subject, body } = mail;
    const delivery = await sendLetter(stored, {
      messageId: `<waihu-${id}-${mail.created_at.getTime()}@${stored.config.from.split("@").at(-1)}>`,
      to: recipient,
      subject,
      text: body,
      attachment: await attachmentOf(mail),
    });
    const now = clock.now();
    const isOver = delivery.is === "refused" || now - mail.created_at.getTime() > givenUpMs;
    const next = new Date(delivery.is === "later" ? now + laterMs : now);
    await database.transact((tx) =>
      saveTry(
        tx,
        id,
        delivery.is === "delivered"
          ? { sentAt: new Date(now), dueAt: null, error: null }
          : { sentAt: null, dueAt: isOver ? null : next, error: delivery.reason },
      ),
    );
    if (delivery.is !== "delivered") log.warn({ mailId: id, ...delivery, isOver }, "mail not delivered");
    return delivery.is !== "down";
  }

  async function sendDue(): Promise<void> {
    const stored = await readMailConfig(database.db);
    if (stored.config.host === "" || clock.now() < restsUntil) return;
    for (;;) {
      const due = await dueMails(database.db, new Date(clock.now()), most);
      if (due.length === 0) break;
      for (const mail of due) {
        if (closed) return;
        if (await send(stored, mail)) {
          failures = 0;
          continue;
        }
        restsUntil = clock.now() + Math.min(longestRestMs, firstRestMs * 2 ** failures);
        failures++;
        return;
      }
    }
    await database.transact((tx) => forgetMails(tx, new Date(clock.now() - keptMs)));
  }

  function look(): void {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        if (closed) return;
        await sendDue().catch((error: unknown) => log.error({ err: error }, "the outbox broke"));
      }
    })().finally(() => (running = undefined));
  }

  const timer = clock.every(everyMs, look);
  return {
    wake() {
      restsUntil = 0;
      look();
    },
    start: look,
    async [Symbol.asyncDispose]() {
      closed = true;
      timer.cancel();
      await running;
    },
  };
}
