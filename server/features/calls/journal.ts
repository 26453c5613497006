/**
 * Puts the steps of all calls into the database: those of one call in order, and as many as have gathered in
 * one transaction. Each step checks the state it left, sets its columns and appends its event; what must happen
 * together with it (`also`) runs in the same transaction, what may only follow it (`after`) once it is committed.
 */
import type { Database, Tx } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { applySteps, type StepRow } from "./queries-steps.ts";

export interface JournalEntry extends StepRow {
  also?: (tx: Tx) => Promise<void>;
  after?: () => void;
}

export interface Journal extends AsyncDisposable {
  write(entry: JournalEntry): void;
  /** Resolves when everything written so far is committed or given up. */
  settled(): Promise<void>;
  pending(): number;
}

const batchSize = 200;

export function createJournal(
  database: Database,
  log: Log,
  onFailure: (callId: string, error: unknown) => void,
): Journal {
  let waiting: JournalEntry[] = [];
  let running: Promise<void> | undefined;

  async function commit(entries: JournalEntry[]): Promise<void> {
    await database.transact(async (tx) => {
      const stray = await applySteps(tx, entries);
      for (const row of stray)
        log.error({ callId: row.callId, expected: row.from, event: row.type }, "call was in another state");
      for (const entry of entries) await entry.also?.(tx);
    });
    for (const entry of entries) entry.after?.();
  }

  /** One bad step must not take the others with it: each call by itself. */
  async function commitApart(entries: JournalEntry[]): Promise<void> {
    for (const callId of new Set(entries.map((entry) => entry.callId))) {
      try {
        await commit(entries.filter((entry) => entry.callId === callId));
      } catch (error) {
        log.error({ err: error, callId }, "steps of a call could not be written");
        onFailure(callId, error);
      }
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      try {
        await commit(batch);
      } catch (error) {
        log.warn({ err: error, steps: batch.length }, "a batch of steps failed, trying call by call");
        await commitApart(batch);
      }
    }
    running = undefined;
  }

  async function settled(): Promise<void> {
    if (!running) return;
    await running;
    return settled();
  }
  return {
    write(entry) {
      waiting.push(entry);
      running ??= Promise.resolve().then(run);
    },
    settled,
    pending: () => waiting.length,
    [Symbol.asyncDispose]: settled,
  };
}
