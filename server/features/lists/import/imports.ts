import { rm, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Clock } from "../../../kernel/clock.ts";
import { type Database, isConnectionLost } from "../../../kernel/db.ts";
import { AppError, reasonOf } from "../../../kernel/errors.ts";
import type { EventBus } from "../../../kernel/events.ts";
import type { Log } from "../../../kernel/log.ts";
import type { ImportFormat, ImportOptions, ImportRow } from "../../../../shared/imports.ts";
import { collectLeads } from "../collect-leads.ts";
import type { ImportProgress, ImportResult } from "./import-job.ts";
import type { WorkerAnswer, WorkerTask } from "./import-worker.ts";
import { firstRows, type TableSource } from "./open-table.ts";
import {
  countTry,
  endImport,
  findImport,
  forgetFile,
  interruptedImports,
  presentImport,
  saveProgress,
  type StoredImport,
} from "./queries.ts";
import "./events.ts";

export interface ImportsParts {
  database: Database;
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Uploaded files and error files lie in its `imports`. */
  dataDir: string;
  /** Heap of the reading thread, in MB. */
  heapMb?: number;
}

export interface Imports extends AsyncDisposable {
  /** Where a file of this name lies. */
  pathOf(name: string): string;
  /** The first rows of a file; a workbook's in a thread of its own, because all its strings come before them. */
  firstRows(source: TableSource, count: number): Promise<string[][]>;
  /** Runs an import whose row says `running`; they run one after the other. */
  enqueue(importId: number): void;
  /** Asks a running or waiting import to stop. */
  cancel(importId: number): void;
  present(row: StoredImport): ImportRow;
  /** Begins anew what the end of the last server cut off; call once at start. */
  resume(): Promise<void>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

const maxTries = 3;
const againMs = 1_000;
const workerUrl = new URL("./import-worker.ts", import.meta.url);

interface RunningWorker {
  importId: number;
  worker: Worker;
}

export async function createImports(parts: ImportsParts): Promise<Imports> {
  const { database, clock, events, log } = parts;
  const dir = join(parts.dataDir, "imports");
  await mkdir(dir, { recursive: true });
  const steps = new Map<number, ImportRow["step"]>();
  const cancelled = new Set<number>();
  const workers = new Set<Worker>();
  let running: RunningWorker | undefined;
  let queue = Promise.resolve();
  const closing = new AbortController();
  let isClosing = false;

  const present = (row: StoredImport) => presentImport(row, clock.now(), steps.get(row.id) ?? null);
  const tell = async (id: number) => {
    const row = await findImport(database.db, id);
    if (row) events.publish("import.changed", { item: present(row) });
  };

  /** One task in one thread, which ends with it. */
  async function work<T>(task: WorkerTask, onAnswer: (answer: WorkerAnswer) => T | undefined): Promise<T> {
    const worker = new Worker(workerUrl, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: parts.heapMb ?? 320 },
    });
    workers.add(worker);
    if (task.kind === "import") {
      running = { importId: task.job.importId, worker };
      if (cancelled.has(task.job.importId)) worker.postMessage("cancel");
    }
    try {
      return await new Promise<T>((resolve, reject) => {
        worker.on("message", (answer: WorkerAnswer) => {
          if (answer.type === "failed")
            return reject(new AppError(answer.code, answer.status, answer.message, answer.detail));
          const value = onAnswer(answer);
          if (value !== undefined) resolve(value);
        });
        worker.on("error", (error: NodeJS.ErrnoException) =>
          reject(
            error.code === "ERR_WORKER_OUT_OF_MEMORY"
              ? new AppError(
                  "import-out-of-memory",
                  422,
                  "The file needs more memory than an import may take.",
                )
              : error,
          ),
        );
        worker.on("exit", () =>
          reject(new AppError("import-interrupted", 503, "The import was interrupted.")),
        );
      });
    } finally {
      await worker.terminate();
      workers.delete(worker);
    }
  }

  async function runFile(
    row: StoredImport,
    format: ImportFormat,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportResult> {
    const job = {
      databaseUrl: database.pool.options.connectionString ?? "",
      importId: row.id,
      listId: row.list_id,
      format,
      path: join(dir, row.path ?? ""),
      errorPath: join(dir, row.error_path ?? ""),
      options: row.options as ImportOptions,
      language: row.locale ?? "zh",
    };
    return work({ kind: "import", job }, (answer) => {
      if (answer.type === "progress") onProgress(answer.progress);
      return answer.type === "done" ? answer.result : undefined;
    });
  }

  async function runJob(row: StoredImport): Promise<object> {
    const { id, format } = row;
    let saving = Promise.resolve();
    const onProgress = (progress: ImportProgress) => {
      steps.set(id, progress.step);
      saving = saving
        .then(() => database.transact((tx) => saveProgress(tx, id, progress)))
        .then(() => tell(id))
        .catch((error: unknown) => log.warn({ err: error, importId: id }, "import: progress not saved"));
    };
    try {
      if (format !== "leads") return await runFile(row, format, onProgress);
      const isStopped = () => cancelled.has(id) || isClosing;
      return await collectLeads(database, row, clock, onProgress, isStopped);
    } finally {
      await saving;
    }
  }

  /** Failed or cancelled, nothing of it is in `leads`, because its rows come in the transaction that says done. */
  async function fail(id: number, error: unknown): Promise<void> {
    const isCancelled = cancelled.has(id);
    const { code = "import-failed", detail = {} } = error instanceof AppError ? error : {};
    if (!isCancelled) log.error({ err: error, importId: id }, `import failed: ${reasonOf(error)}`);
    await database.transact((tx) =>
      endImport(tx, id, {
        state: isCancelled ? "cancelled" : "failed",
        error: isCancelled ? null : { code, detail },
        at: new Date(clock.now()),
      }),
    );
  }

  /** A lost database costs no try: the import begins anew when it is back. */
  async function run(id: number): Promise<void> {
    for (let isAgain = false; !closing.signal.aborted; isAgain = true) {
      try {
        return await runOnce(id, isAgain);
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        log.warn({ err: error, importId: id }, "import: waits for the database");
        await delay(againMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  async function runOnce(id: number, isAgain: boolean): Promise<void> {
    const row = await findImport(database.db, id);
    if (!row || row.state !== "running") return;
    try {
      if (!isAgain && (await database.transact((tx) => countTry(tx, id))) > maxTries)
        throw new AppError("import-interrupted", 503, "The import ended with the server, three times.");
      if (cancelled.has(id)) throw new AppError("import-cancelled", 422, "The import was cancelled.");
      const result = await runJob(row);
      log.info({ importId: id, listId: row.list_id, ...result }, "import done");
    } catch (error) {
      // Left as running: the next start begins it anew.
      if (isClosing) return;
      if (isConnectionLost(error)) throw error;
      await fail(id, error);
    }
    running = undefined;
    steps.delete(id);
    cancelled.delete(id);
    await rm(join(dir, row.path ?? "-"), { force: true });
    await database.transact((tx) => forgetFile(tx, id));
    await tell(id);
    events.publish("list.changed", { listId: row.list_id });
  }

  const imports: Imports = {
    pathOf: (name) => join(dir, name),
    firstRows: (source, count) =>
      source.format === "csv"
        ? firstRows(source, count)
        : work({ kind: "preview", source, rows: count }, (answer) =>
            answer.type === "rows" ? answer.rows : undefined,
          ),
    enqueue(importId) {
      queue = queue
        .then(() => run(importId))
        .catch((error: unknown) =>
          log.error({ err: error, importId }, "import: its end could not be written"),
        );
    },
    cancel(importId) {
      cancelled.add(importId);
      if (running?.importId === importId) running.worker.postMessage("cancel");
    },
    present,
    async resume() {
      for (const row of await interruptedImports(database.db)) imports.enqueue(row.id);
    },
    idle: () => queue,
    async [Symbol.asyncDispose]() {
      isClosing = true;
      closing.abort();
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await queue;
    },
  };
  return imports;
}
