import type { Db, Tx } from "../../kernel/db.ts";

/** A recording that cannot be archived so often is left as it is, with the reason. */
const maxTries = 3;

export type ArchiveCandidate = NonNullable<Awaited<ReturnType<typeof nextToArchive>>>;

/** The oldest finished recording without an archive, but for those that `failed` in this pass. */
export function nextToArchive(db: Db, failed: readonly string[]) {
  return db
    .selectFrom("recordings")
    .select(["id", "call_id", "path", "sha256"])
    .where("archived_at", "is", null)
    .where("state", "in", ["done", "recovered"])
    .where("archive_tries", "<", maxTries)
    .where("erase_at", "is", null)
    .$if(failed.length > 0, (query) => query.where("id", "not in", failed))
    .orderBy("started_at")
    .limit(1)
    .executeTakeFirst();
}

export async function markArchived(
  tx: Tx,
  id: string,
  archive: { path: string; bytes: number; sha256: string; at: Date },
): Promise<void> {
  await tx
    .updateTable("recordings")
    .set({
      archive_path: archive.path,
      archive_bytes: archive.bytes,
      archive_sha256: archive.sha256,
      archived_at: archive.at,
      archive_error: null,
    })
    .where("id", "=", id)
    .execute();
}

export async function markArchiveFailed(tx: Tx, id: string, error: string): Promise<void> {
  await tx
    .updateTable("recordings")
    .set((eb) => ({ archive_error: error, archive_tries: eb("archive_tries", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

/** Originals beside an archive that was made before `before`, some at a time. */
export function originalsToDelete(db: Db, before: Date) {
  return db
    .selectFrom("recordings")
    .select(["id", "call_id", "path", "archive_path", "archive_sha256"])
    .where("archived_at", "<=", before)
    .where("original_deleted_at", "is", null)
    .where("erase_at", "is", null)
    .where("archive_error", "is", null)
    .orderBy("started_at")
    .limit(500)
    .execute();
}

export async function markOriginalDeleted(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable("recordings").set({ original_deleted_at: at }).where("id", "=", id).execute();
}

/** The archive no longer is what was verified: the original stays. */
export async function markArchiveDamaged(tx: Tx, id: string, error: string): Promise<void> {
  await tx.updateTable("recordings").set({ archive_error: error }).where("id", "=", id).execute();
}

/** Finished ones whose files are to go, some at a time. */
export function recordingsToErase(db: Db) {
  return db
    .selectFrom("recordings")
    .select(["id", "path", "archive_path"])
    .where("erase_at", "is not", null)
    .where("state", "not in", ["recording", "deleted"])
    .orderBy("erase_at")
    .limit(100)
    .execute();
}

export async function markErased(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable("recordings")
    .set({
      state: "deleted",
      archive_path: null,
      archive_bytes: null,
      archive_sha256: null,
      archived_at: null,
      archive_error: null,
      original_deleted_at: null,
    })
    .where("id", "=", id)
    .execute();
}
