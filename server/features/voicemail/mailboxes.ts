/** Where callers leave messages: what a call needs of a box, and news of what became of it. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { boxSettings } from "../../../shared/voicemail.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import * as boxes from "./queries-boxes.ts";
import * as messages from "./queries-messages.ts";
import "./events.ts";

/** A person's own box, or one that several look after. */
export type BoxRef = { userId: number } | { boxId: number };

export interface OpenBox {
  /** Null: a person's own box that nobody has used yet. */
  id: number | null;
  /** Its own greeting; null: the one that comes with the system. */
  greeting: string | null;
  longestMs: number;
  /** No message fits in any more. */
  full: boolean;
}

export interface Mailboxes {
  /** Undefined: there is no such box. */
  open(ref: BoxRef): Promise<OpenBox | undefined>;
  /** The row of a message, in the transaction that begins its recording. */
  insertMessage(tx: Tx, ref: BoxRef, message: Omit<messages.NewMessage, "boxId">): Promise<void>;
  /** In boxes that this person looks after, and what was given to them. */
  waiting(userId: number): Promise<messages.Waiting>;
  /** For whom something may wait. */
  people(): Promise<number[]>;
  /** A recording stands. Returns who has it as a message; nobody when it is none, or when nothing was said. */
  stored(recordingId: string): Promise<readonly number[]>;
  /** Boxes of these people are not as they were. */
  changed(userIds: readonly number[]): void;
  greetingPath(boxId: number): string;
  storeGreeting(boxId: number, wav: Buffer): Promise<void>;
  removeGreeting(boxId: number): Promise<void>;
}

export async function openMailboxes(deps: {
  database: Database;
  dataDir: string;
  events: EventBus;
  /** Of messages that stand and were not told of. */
  tell: () => Promise<void>;
}): Promise<Mailboxes> {
  const { database, events } = deps;
  const folder = join(deps.dataDir, "greetings");
  await mkdir(folder, { recursive: true });
  // A desk is looked at often.
  const waiting = new Map<number, Promise<messages.Waiting>>();
  const greetingPath = (boxId: number) => join(folder, `${boxId}.wav`);

  function changed(userIds: readonly number[]): void {
    for (const userId of userIds) waiting.delete(userId);
    if (userIds.length > 0) events.publish("voicemail.changed", { userIds });
  }

  return {
    async open(ref) {
      const found =
        "boxId" in ref
          ? await boxes.findBox(database.db, ref.boxId)
          : (await boxes.boxesOf(database.db, ref.userId, false)).find(({ userId }) => userId === ref.userId);
      if (!found)
        return "boxId" in ref
          ? undefined
          : { id: null, greeting: null, longestMs: boxSettings.parse({}).longestSeconds * 1000, full: false };
      return {
        id: found.id,
        greeting: found.greetingMs === null ? null : greetingPath(found.id),
        longestMs: found.longestSeconds * 1000,
        full: found.messages >= found.mostMessages,
      };
    },
    async insertMessage(tx, ref, message) {
      const boxId = "boxId" in ref ? ref.boxId : await boxes.ownBox(tx, ref.userId);
      await messages.insertMessage(tx, { ...message, boxId });
    },
    waiting(userId) {
      const known = waiting.get(userId);
      if (known) return known;
      const reading = messages.waitingFor(database.db, userId);
      waiting.set(userId, reading);
      reading.catch(() => waiting.delete(userId));
      return reading;
    },
    people: () => messages.peopleWithMessages(database.db),
    async stored(recordingId) {
      const userIds = await messages.peopleOf(database.db, recordingId);
      changed(userIds);
      if (userIds.length > 0) await deps.tell();
      return userIds;
    },
    changed,
    greetingPath,
    async storeGreeting(boxId, wav) {
      const path = greetingPath(boxId);
      await writeFile(`${path}.new`, wav);
      await rename(`${path}.new`, path);
    },
    removeGreeting: (boxId) => rm(greetingPath(boxId), { force: true }),
  };
}
