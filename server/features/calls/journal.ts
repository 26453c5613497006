/**
 * Puts the steps of all calls into the database: those of one call in order, and as many as have gathered in
 * one transaction, in a few lanes side by side (a call keeps to its lane). Each step checks the state it left, sets its columns and appends its event; what must happen
 * together with it (`also`) runs in the same transaction, what may only follow it (`after`) once it is committed.
 */
import type { Database, Tx } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { writeOnce } from "../../kernel/write-once.ts";
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
  /** A step of this call is not written yet. */
  has(callId: string): boolean;
}

const laneCount = 4;
const batchSize = 60;

interface Lane {
  waiting: JournalEntry[];
  /** Being committed. */
  batch: readonly JournalEntry[];
  running: Promise<void> | undefined;
}

export function createJournal(
  database: Database,
  log: Log,
  onFailure: (callId: string, error: unknown) => void,
): Journal {
  let closing = false;
  /** Calls whose failure was told: the steps that follow it may fail as well, and are only logged. */
  const failed = new Set<string>();
  const lanes = Array.from({ length: laneCount }, (): Lane => ({
    waiting: [],
    batch: [],
    running: undefined,
  }));
  /** Call ids end in random hexadecimal digits. */
  const laneOf = (callId: string) => lanes[Number.parseInt(callId.slice(-2), 16) % laneCount] ?? lanes[0]!;

  /** Calls go on without a database; what they do is kept in order until it is back. */
  async function commit(lane: Lane, entries: JournalEntry[]): Promise<void> {
    await writeOnce(
      database,
      async (tx) => {
        const stray = await applySteps(tx, entries);
        for (const row of stray)
          log.error({ callId: row.callId, expected: row.from, event: row.type }, "call was in another state");
        for (const entry of entries) await entry.also?.(tx);
      },
      (error) => {
        if (closing) return false;
        log.warn({ err: error, steps: entries.length + lane.waiting.length }, "steps wait for the database");
        return true;
      },
    );
  }

  function follow(entries: JournalEntry[]): void {
    for (const entry of entries) {
      try {
        entry.after?.();
      } catch (error) {
        log.error({ err: error, callId: entry.callId, event: entry.type }, "what follows a step broke");
      }
    }
  }

  /** One bad step must not take the others with it: each call by itself. */
  async function commitApart(lane: Lane, entries: JournalEntry[]): Promise<void> {
    for (const callId of new Set(entries.map((entry) => entry.callId))) {
      const own = entries.filter((entry) => entry.callId === callId);
      try {
        await commit(lane, own);
        failed.delete(callId);
        follow(own);
      } catch (error) {
        log.error({ err: error, callId }, "steps of a call could not be written");
        if (!failed.has(callId)) onFailure(callId, error);
        failed.add(callId);
      }
    }
  }

  async function run(lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.slice(0, batchSize);
      lane.waiting = lane.waiting.slice(batchSize);
      lane.batch = batch;
      try {
        await commit(lane, batch);
        follow(batch);
      } catch (error) {
        log.warn({ err: error, steps: batch.length }, "a batch of steps failed, trying call by call");
        await commitApart(lane, batch);
      }
    }
    lane.batch = [];
    lane.running = undefined;
  }

  async function settled(): Promise<void> {
    const running = lanes.flatMap((lane) => lane.running ?? []);
    if (running.length === 0) return;
    await Promise.all(running);
    return settled();
  }
  return {
    write(entry) {
      const lane = laneOf(entry.callId);
      lane.waiting.push(entry);
      lane.running ??= Promise.resolve().then(() => run(lane));
    },
    settled,
    has(callId) {
      const { waiting, batch } = laneOf(callId);
      return [...batch, ...waiting].some((entry) => entry.callId === callId);
    },
    pending: () => lanes.reduce((sum, lane) => sum + lane.waiting.length, 0),
    async [Symbol.asyncDispose]() {
      closing = true;
      await settled();
    },
  };
}
