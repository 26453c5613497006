/**
 * Samples of what networks say before an answer, to train announcements from: a file per call, the newest few kept.
 * A call that is answered leaves none.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { insertEarlyMedia, trimEarlyMedia } from "./queries.ts";

/** Some 30 s each: 100 MB in all. */
const kept = 200;
const shortestMs = 1500;

const nameOf = (callId: string) => `${callId}.wav`;

export interface EarlyMedia {
  /** Where the early media of a call may be recorded. */
  pathOf(callId: string): string;
  /** The call was not answered and this was recorded. */
  keep(callId: string, durationMs: number, at: number): Promise<void>;
  /** It was answered, or nothing came. */
  drop(callId: string): Promise<void>;
}

export async function openEarlyMedia(deps: {
  database: Database;
  folder: string;
  log: Log;
}): Promise<EarlyMedia> {
  const { database, folder, log } = deps;
  await mkdir(folder, { recursive: true });
  const remove = (name: string) =>
    rm(join(folder, name), { force: true }).catch((error: unknown) =>
      log.warn({ err: error, name }, "early media cannot be deleted"),
    );
  return {
    pathOf: (callId) => join(folder, nameOf(callId)),
    async keep(callId, durationMs, at) {
      if (durationMs < shortestMs) return remove(nameOf(callId));
      const old = await database.transact(async (tx) => {
        await insertEarlyMedia(tx, { callId, path: nameOf(callId), durationMs, at: new Date(at) });
        return trimEarlyMedia(tx, kept);
      });
      await Promise.all(old.map(remove));
    },
    drop: (callId) => remove(nameOf(callId)),
  };
}
