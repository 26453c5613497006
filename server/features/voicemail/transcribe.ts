/**
 * Writes down what is said in messages, one after another, while a recogniser is chosen.
 *
 *   waiting ── understood ──▶ written        waiting ── failed ──▶ waiting, a while later ── the last time ──▶ failed
 *                                                                            somebody asks again: waiting ◀──────┘
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { Recognizer } from "../speech/index.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { peopleOf } from "./queries-messages.ts";
import { askTranscripts, dueTranscript, failTranscript, saveTranscript } from "./queries-transcripts.ts";

/** Minutes after each failure; after the last nobody tries by themselves any more. */
const againMinutes = [1, 5, 15, 60, 240];

export interface Transcriber extends AsyncDisposable {
  /** Messages that stand are to be written down from now on, if a recogniser is chosen. */
  ask(): Promise<void>;
  /** Something is due. */
  wake(): void;
}

export function createTranscriber(deps: {
  database: Database;
  /** Undefined: none is chosen. */
  recognizer: () => Recognizer | undefined;
  /** The caller's side of a message as WAV. */
  soundOf: (recordingId: string) => Promise<Buffer>;
  mailboxes: () => Pick<Mailboxes, "changed">;
  /** A message was written down, or could not be: who waited with a letter sends it. */
  done: () => Promise<void>;
  clock: Clock;
  log: Log;
}): Transcriber {
  const { database, clock, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  async function write(recognizer: Recognizer, id: string, tries: number): Promise<void> {
    try {
      const { text } = await recognizer.transcribe(await deps.soundOf(id), null);
      await database.transact((tx) => saveTranscript(tx, id, text));
    } catch (error) {
      const minutes = againMinutes[tries];
      const againAt = minutes === undefined ? null : new Date(clock.now() + minutes * 60_000);
      const code = error instanceof AppError ? error.code : "transcript-failed";
      log.warn({ messageId: id, reason: reasonOf(error), againAt }, "a message was not written down");
      await database.transact((tx) => failTranscript(tx, id, { error: code, againAt }));
    }
    deps.mailboxes().changed(await peopleOf(database.db, id));
    await deps.done();
  }

  /** False: nothing is due. */
  async function writeNext(): Promise<boolean> {
    const recognizer = deps.recognizer();
    const due = recognizer && !closed && (await dueTranscript(database.db, new Date(clock.now())));
    if (!recognizer || !due) return false;
    await write(recognizer, due.id, due.tries);
    return true;
  }

  async function run(): Promise<void> {
    while (again) {
      again = false;
      while (await writeNext());
    }
  }

  return {
    async ask() {
      if (deps.recognizer()) await database.transact((tx) => askTranscripts(tx, new Date(clock.now())));
    },
    wake() {
      again = true;
      running ??= run()
        .catch((error: unknown) => log.error({ err: error }, "messages were not written down"))
        .finally(() => (running = undefined));
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await running;
    },
  };
}
