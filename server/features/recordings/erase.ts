/** Takes the files of recordings off the disk that were deleted; the rows stay and say so. */
import { rm } from "node:fs/promises";
import type { Database } from "../../kernel/db.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import type { Log } from "../../kernel/log.ts";
import { markErased, recordingsToErase } from "./queries-archive.ts";
import type { Recordings } from "./recordings.ts";

declare module "../../kernel/jobs.ts" {
  interface JobMap {
    "recordings.erase": Record<string, never>;
  }
}

interface Parts {
  database: Database;
  recordings: Pick<Recordings, "absolutePath">;
  log: Log;
}

/** Files first: after a crash in between they are looked for again, and are not there. Returns how many went. */
export async function eraseRecordings({ database, recordings, log }: Parts): Promise<number> {
  const due = await recordingsToErase(database.db);
  for (const { id, path, archive_path: archivePath } of due) {
    for (const file of [path, archivePath])
      if (file !== null) await rm(recordings.absolutePath(file), { force: true });
    await database.transact((tx) => markErased(tx, id));
    log.info({ recordingId: id }, "recording erased");
  }
  return due.length;
}

export function eraseJobs(jobs: Jobs, parts: Parts): void {
  jobs.handle("recordings.erase", async () => {
    while ((await eraseRecordings(parts)) > 0);
  });
  jobs.schedule("recordings.erase", "* * * * *", {});
}
