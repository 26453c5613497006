/** Makes or opens one archive in a process of its own, behind everything else: a call in progress goes first. */
import { constants, setPriority } from "node:os";
import { AppError, reasonOf } from "../kernel/errors.ts";
import { archiveRecording, restoreRecording } from "./archive-recording.ts";
import type { ArchiveReply } from "./archiver.ts";

const [task, from = "", to = ""] = process.argv.slice(2);
setPriority(constants.priority.PRIORITY_LOW);

async function work(): Promise<ArchiveReply> {
  try {
    if (task === "archive") return { archived: await archiveRecording(from, to) };
    await restoreRecording(from, to);
    return {};
  } catch (error) {
    return {
      error: { code: error instanceof AppError ? error.code : "archive-failed", message: reasonOf(error) },
    };
  }
}

process.send?.(await work());
process.disconnect?.();
