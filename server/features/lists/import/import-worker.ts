/**
 * The thread that reads files, so that neither a long file nor a hostile one touches calls: its heap has a limit of
 * its own, and when it is broken the server tells and lives on.
 */
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";
import { isConnectionLost } from "../../../kernel/db-lost.ts";
import { AppError, reasonOf } from "../../../kernel/errors.ts";
import { type ImportJob, type ImportProgress, type ImportResult, runImportJob } from "./import-job.ts";
import { firstRows, type TableSource } from "./open-table.ts";

export type WorkerTask =
  | { kind: "preview"; source: TableSource; rows: number }
  | { kind: "import"; job: ImportJob };
export type WorkerAnswer =
  | { type: "rows"; rows: string[][] }
  | { type: "progress"; progress: ImportProgress }
  | { type: "done"; result: ImportResult }
  | { type: "failed"; code: string; status: number; message: string; detail: Record<string, unknown> };

pg.types.setTypeParser(20, Number);

const port = parentPort!;
const answer = (message: WorkerAnswer) => port.postMessage(message);
let isCancelled = false;
port.on("message", () => {
  isCancelled = true;
});

/** PostgreSQL and the file system in our words; what nobody foresaw keeps its message for the log. */
function failureOf(error: unknown): WorkerAnswer {
  if (error instanceof AppError) {
    const { code, status, message, detail } = error;
    return { type: "failed", code, status, message, detail };
  }
  const { code = "" } = error as NodeJS.ErrnoException;
  const isFull = code === "53100" || code === "ENOSPC";
  return {
    type: "failed",
    ...(isFull
      ? { code: "disk-full", status: 507 }
      : isConnectionLost(error)
        ? { code: "database-unavailable", status: 503 }
        : { code: "import-failed", status: 500 }),
    message: reasonOf(error),
    detail: {},
  };
}

const everyMs = 250;
function throttled() {
  let last = 0;
  let step = "";
  return (progress: ImportProgress) => {
    const now = performance.now();
    if (progress.step === step && now - last < everyMs) return;
    last = now;
    step = progress.step;
    answer({ type: "progress", progress });
  };
}

const task = workerData as WorkerTask;
try {
  if (task.kind === "preview") answer({ type: "rows", rows: await firstRows(task.source, task.rows) });
  else answer({ type: "done", result: await runImportJob(task.job, throttled(), () => isCancelled) });
} catch (error) {
  answer(failureOf(error));
}
port.close();
