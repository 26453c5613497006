/**
 * Reminds people of their diaries, and places the calls in them: at its time, and when its agent is free and their line
 * is up, the line rings; a look later the number is dialled through the door like any manual dial. Who is not there is
 * not called for: the entry is overdue in their diary, and is placed when they come within the day.
 */
import type { Clock } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/errors.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { ManualDial } from "../desk/index.ts";
import { addHistory } from "./history.ts";
import {
  closeEntry,
  entriesToWatch,
  failEntry,
  markEntryReminded,
  type WatchedEntry,
} from "./queries-entries.ts";

const everyMs = 5_000;

const detailOf = (entry: WatchedEntry) => ({
  entryId: entry.id,
  name: entry.title,
  at: entry.startsAt.toISOString(),
  timeZone: entry.timeZone,
  kind: entry.kind,
});

export function watchDiary(deps: {
  database: Database;
  agents: Pick<AgentRegistry, "all" | "get" | "notice">;
  dial: ManualDial;
  clock: Clock;
  events: EventBus;
  log: Log;
}): AsyncDisposable & { look(): Promise<void> } {
  const { database, agents, clock, events, log } = deps;
  /** Entries whose agent's line was made to ring at the last look. */
  let rung = new Set<number>();
  let looking: Promise<void> | undefined;

  async function remind(entry: WatchedEntry, now: number): Promise<void> {
    const remindAt = entry.snoozedUntil?.getTime() ?? entry.startsAt.getTime() - entry.remindBeforeMs;
    if (entry.reminded || now < remindAt) return;
    if (await database.transact((tx) => markEntryReminded(tx, entry.id, new Date(now))))
      agents.notice(entry.userId, "diary-soon", detailOf(entry));
  }

  async function place(entry: WatchedEntry): Promise<void> {
    const { id, userId, phone, customerId, campaignId } = entry;
    const done = async (tx: Tx, callId: string) => {
      const close = { state: "done", reason: "placed", at: new Date(clock.now()), callId } as const;
      if (!(await closeEntry(tx, id, close)))
        throw new AppError("diary-not-waiting", 409, "It is closed already.");
      await addHistory(tx, { noun: "entry", id, at: close.at, byUserId: null, act: "done", why: callId });
    };
    try {
      await deps.dial(
        userId,
        {
          phone: phone!,
          ...(customerId !== null && { customerId }),
          ...(campaignId !== null && { campaignId }),
        },
        done,
      );
    } catch (error) {
      const code = error instanceof AppError ? error.code : "error";
      // They were taken in this moment: at the next look again.
      if (code.startsWith("agent-")) return;
      if (code === "error") log.error({ err: error, entryId: id }, "a call of a diary could not be placed");
      await database.transact((tx) => failEntry(tx, id, code, new Date(clock.now())));
      const detail = error instanceof AppError ? error.detail : {};
      agents.notice(userId, "diary-call-refused", { ...detail, ...detailOf(entry) });
    }
  }

  async function lookOnce(): Promise<void> {
    const now = clock.now();
    const here = agents.all().map(({ userId }) => userId);
    if (here.length === 0) return;
    const ringing = new Set<number>();
    for (const entry of await entriesToWatch(database.db, here, new Date(now))) {
      await remind(entry, now);
      const { id, userId } = entry;
      const agent = agents.get(userId);
      const isFree = agent?.legUp && (agent.state === "ready" || agent.state === "paused");
      const dueAt = Math.max(entry.startsAt.getTime(), entry.snoozedUntil?.getTime() ?? 0);
      if (entry.kind !== "call" || !isFree || now < dueAt) continue;
      if (rung.has(id)) {
        await place(entry);
        events.publish("callbacks.changed", { userIds: [userId] });
        continue;
      }
      ringing.add(id);
      agents.notice(userId, "diary-call-now", detailOf(entry));
      events.publish("agent.ring", { userId });
    }
    rung = ringing;
  }

  function look(): Promise<void> {
    looking ??= lookOnce()
      .catch((error: unknown) => log.error({ err: error }, "diaries could not be watched"))
      .finally(() => (looking = undefined));
    return looking;
  }

  const timer = clock.every(everyMs, () => void look());
  return {
    look,
    async [Symbol.asyncDispose]() {
      timer.cancel();
      await looking;
    },
  };
}
