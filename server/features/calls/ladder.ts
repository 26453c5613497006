import type { Clock } from "../../kernel/clock.ts";
import { type Database, isConnectionLost } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { insertSipMessages } from "./queries.ts";

export interface LadderLine {
  callId: string;
  leg: "customer" | "agent";
  at: number;
  direction: "in" | "out";
  local: string;
  remote: string;
  text: string;
}

export interface Ladder extends AsyncDisposable {
  add(line: LadderLine): void;
}

const flushMs = 500;
const batchSize = 1000;
/** When the database is gone for long, the newest messages are worth more than the server's memory. */
const mostWaiting = 50_000;

/** PostgreSQL's text takes no NUL; a message that carries one is told as it can be. */
const clean = (text: string) => text.replaceAll("\0", "␀");

/** What an INFO carries, keys of whatever format (application/dtmf-relay, application/dtmf, those of makers), as stars. */
export function hideKeys(text: string): string {
  if (!text.startsWith("INFO ")) return text;
  const [head = "", ...body] = text.split(/(\r?\n\r?\n)/);
  const hidden = body
    .join("")
    .replaceAll(
      /^(\s*duration\b.*)|[0-9a-d*#]+(?=\s*$)/gim,
      (all, kept?: string) => kept ?? all.replaceAll(/./g, "*"),
    );
  return head + hidden;
}

/** Collects the SIP messages of calls and stores them in batches: nobody waits for a ladder, and it waits for the database. */
export function createLadder(deps: { database: Database; clock: Clock; log: Log }): Ladder {
  const { database, clock, log } = deps;
  let lines: LadderLine[] = [];
  let running: Promise<void> | undefined;
  let closing = false;

  async function flush(): Promise<void> {
    while (lines.length > 0) {
      const batch = lines.slice(0, batchSize);
      lines = lines.slice(batchSize);
      try {
        await database.transact((tx) =>
          insertSipMessages(
            tx,
            batch.map(({ callId, leg, at, direction, local, remote, text }) => ({
              call_id: callId,
              leg,
              at: new Date(at),
              direction,
              local,
              remote,
              message: clean(text),
            })),
          ),
        );
      } catch (error) {
        if (isConnectionLost(error) && !closing) {
          lines = [...batch, ...lines];
          break;
        }
        log.error({ err: error, lines: batch.length }, "SIP messages could not be stored");
      }
    }
    running = undefined;
  }

  const timer = clock.every(flushMs, () => {
    if (lines.length > 0) running ??= flush();
  });
  return {
    add(line) {
      if (lines.length >= mostWaiting) lines = lines.slice(batchSize);
      lines.push(line);
    },
    async [Symbol.asyncDispose]() {
      timer.cancel();
      closing = true;
      await running;
      await flush();
    },
  };
}
