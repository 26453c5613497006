import type { Db, Tx } from "../../kernel/db.ts";
import type { RecordingState } from "./tables.ts";

export interface NewRecording {
  id: string;
  callId: string;
  /** Relative to the recordings folder. */
  path: string;
  startedAt: Date;
}

export async function insertRecording(tx: Tx, recording: NewRecording): Promise<void> {
  await tx
    .insertInto("recordings")
    .values({
      id: recording.id,
      call_id: recording.callId,
      path: recording.path,
      state: "recording",
      started_at: recording.startedAt,
      duration_ms: null,
      bytes: null,
      sha256: null,
      error: null,
    })
    .execute();
}

export interface FinishedRecording {
  state: RecordingState;
  durationMs: number | null;
  bytes: number | null;
  sha256: string | null;
  error: string | null;
}

/** False: it has no row. */
export async function finishRecording(tx: Tx, id: string, end: FinishedRecording): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("recordings")
    .set({
      state: end.state,
      duration_ms: end.durationMs,
      bytes: end.bytes,
      sha256: end.sha256,
      error: end.error,
    })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** With what decides about who may listen. */
export function findRecording(db: Db, id: string) {
  return db
    .selectFrom("recordings")
    .innerJoin("calls", "calls.id", "recordings.call_id")
    .select([
      "recordings.id",
      "recordings.call_id",
      "recordings.path",
      "recordings.state",
      "recordings.duration_ms",
      "recordings.archive_path",
      "recordings.original_deleted_at",
      "calls.agent_user_id",
    ])
    .where("recordings.id", "=", id)
    .where("recordings.erase_at", "is", null)
    .executeTakeFirst();
}

/** Left open by a crash. */
export function openRecordings(db: Db) {
  return db
    .selectFrom("recordings")
    .select(["id", "call_id", "path"])
    .where("state", "=", "recording")
    .execute();
}

/** For the page of one call. */
export function recordingsOfCall(db: Db, callId: string) {
  return db
    .selectFrom("recordings")
    .select([
      ...(["id", "state", "started_at", "duration_ms", "bytes", "error"] as const),
      ...(["archive_bytes", "archive_error", "original_deleted_at"] as const),
    ])
    .where("call_id", "=", callId)
    .orderBy("started_at")
    .execute();
}
