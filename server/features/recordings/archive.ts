import { rm } from "node:fs/promises";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, reasonOf } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import type { Log } from "../../kernel/log.ts";
import { readSettings } from "../settings/index.ts";
import {
  type ArchiveCandidate,
  markArchived,
  markArchiveDamaged,
  markArchiveFailed,
  markOriginalDeleted,
  nextToArchive,
  originalsToDelete,
} from "./queries-archive.ts";
import type { Recordings } from "./recordings.ts";
import { sha256Of } from "./sha256-of.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "recordings.archive": Record<string, never>;
  }
}

/** Makes and verifies an archive, and opens one; injected, because features do not see media. */
export interface RecordingArchiver {
  /** Rejects with `archive-interrupted` when the server ends meanwhile. */
  archive(wavPath: string, oggPath: string): Promise<{ durationMs: number; bytes: number; sha256: string }>;
  restore(oggPath: string, wavPath: string): Promise<void>;
}

export interface ArchiveParts {
  database: Database;
  recordings: Recordings;
  archiver: RecordingArchiver;
  clock: Clock;
  events: EventBus;
  log: Log;
}

/** A pass ends after this long; the next goes on. */
const passMs = 9 * 60_000;
const dayMs = 86_400_000;

/** The archive's path beside the original's. */
const archivePathOf = (path: string) => path.replace(/\.wav$/, "") + ".ogg";

/** False when it failed. */
async function archiveOne(parts: ArchiveParts, row: ArchiveCandidate): Promise<boolean> {
  const { database, recordings, archiver, clock, events, log } = parts;
  const told = { recordingId: row.id, callId: row.call_id };
  try {
    const original = recordings.absolutePath(row.path);
    if (row.sha256 !== null && (await sha256Of(original)) !== row.sha256)
      throw new AppError("recording-changed", 409, "The file is not what was recorded; it is left as it is.");
    const path = archivePathOf(row.path);
    const archived = await archiver.archive(original, recordings.absolutePath(path));
    const at = new Date(clock.now());
    await database.transact((tx) => markArchived(tx, row.id, { ...archived, path, at }));
    events.publish("recording.archived", told);
    return true;
  } catch (error) {
    // The server ends: that is no try.
    if (error instanceof AppError && error.code === "archive-interrupted") throw error;
    const reason = reasonOf(error);
    log.error({ ...told, err: error }, "recording was not archived");
    await database.transact((tx) => markArchiveFailed(tx, row.id, reason));
    events.publish("recording.archive-failed", { ...told, error: reason });
    return false;
  }
}

/** An original goes only while its archive still is, byte for byte, what was verified. */
async function deleteOriginals(parts: ArchiveParts, before: Date): Promise<void> {
  const { database, recordings, clock, events, log } = parts;
  for (const row of await originalsToDelete(database.db, before)) {
    const digest = await sha256Of(recordings.absolutePath(row.archive_path!)).catch(reasonOf);
    if (digest !== row.archive_sha256) {
      const error = `The archive is not what was verified: ${digest}`;
      log.error({ recordingId: row.id, callId: row.call_id, error }, "the original stays");
      await database.transact((tx) => markArchiveDamaged(tx, row.id, error));
      events.publish("recording.archive-failed", { recordingId: row.id, callId: row.call_id, error });
      continue;
    }
    await rm(recordings.absolutePath(row.path), { force: true });
    await database.transact((tx) => markOriginalDeleted(tx, row.id, new Date(clock.now())));
  }
}

/** Archives what has ended, oldest first, then lets originals go whose time is over. */
export async function archivePass(parts: ArchiveParts): Promise<void> {
  const { database, clock } = parts;
  const policy = await readSettings(database.db);
  const endAt = clock.now() + passMs;
  const failed: string[] = [];
  while (policy.recordingArchive === "opus" && clock.now() < endAt) {
    const row = await nextToArchive(database.db, failed);
    if (!row) break;
    if (!(await archiveOne(parts, row))) failed.push(row.id);
  }
  await deleteOriginals(parts, new Date(clock.now() - policy.recordingOriginalDays * dayMs));
}

/** Every ten minutes: what failed is tried three times, what a crash cut off begins anew. */
export function archiveJobs(jobs: Jobs, parts: ArchiveParts): void {
  let pass: Promise<void> | undefined;
  jobs.handle("recordings.archive", () => {
    pass ??= archivePass(parts).finally(() => (pass = undefined));
    return pass;
  });
  jobs.schedule("recordings.archive", "*/10 * * * *", {});
}
