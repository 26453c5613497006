import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import type { Database } from "../../kernel/db.ts";
import { AppError, notFound } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { RecordingArchiver } from "./archive.ts";
import { findRecording } from "./queries.ts";
import type { Recordings } from "./recordings.ts";

interface Parts {
  database: Database;
  recordings: Recordings;
  archiver: RecordingArchiver;
}

/** The WAV of an archive; its file has no name any more when it is read. */
export async function restored(
  { recordings, archiver }: Omit<Parts, "database">,
  archivePath: string,
): Promise<FileHandle> {
  const path = recordings.absolutePath(`${newId()}.restored.wav`);
  try {
    await archiver.restore(recordings.absolutePath(archivePath), path);
    return await open(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** A recording as WAV, of its archive when that alone is left. Errors: `not-found`, `recording-missing`. */
export async function readRecording(parts: Parts, id: string): Promise<Buffer> {
  const found = await findRecording(parts.database.db, id);
  if (!found) throw notFound("recording", id);
  if (!found.original_deleted_at) return readFile(parts.recordings.absolutePath(found.path));
  if (!found.archive_path) throw new AppError("recording-missing", 404, "The recording's file is not there.");
  await using file = await restored(parts, found.archive_path);
  return await file.readFile();
}
