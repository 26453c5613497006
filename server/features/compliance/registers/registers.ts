import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "kysely";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import { reasonOf } from "../../../kernel/errors.ts";
import type { Log } from "../../../kernel/log.ts";
import { readSettings } from "../../settings/index.ts";
import type { Loaded, LoadTask } from "./load-register.ts";
import { beginLoad, dropOldLoads, endLoad, failInterrupted, failLoad, registerTable } from "./queries.ts";

export interface Registers extends AsyncDisposable {
  /** Where an uploaded file of this name lies. */
  pathOf(name: string): string;
  /** Begins to load a file, which is removed at the end; false: a load of this register is under way. */
  load(id: number, file: { path: string; fileName: string }): Promise<boolean>;
  /** Resolves when no file is being loaded. */
  idle(): Promise<void>;
}

const workerUrl = new URL("./load-register.ts", import.meta.url);

function inThread(task: LoadTask, workers: Set<Worker>): Promise<Loaded> {
  const worker = new Worker(workerUrl, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 320 },
  });
  workers.add(worker);
  return new Promise<Loaded>((resolve, reject) => {
    worker.on("message", (answer: { loaded?: Loaded; failed?: string }) =>
      answer.loaded ? resolve(answer.loaded) : reject(new Error(answer.failed)),
    );
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the load was interrupted")));
  }).finally(() => {
    workers.delete(worker);
    return worker.terminate();
  });
}

/** Keeps the registers' files: loads them beside the calls and puts a new one in an old one's place at once. */
export async function openRegisters(parts: {
  database: Database;
  clock: Clock;
  log: Log;
  dataDir: string;
}): Promise<Registers> {
  const { database, clock, log } = parts;
  const dir = join(parts.dataDir, "registers");
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  await database.transact(failInterrupted);
  const workers = new Set<Worker>();
  const loads = new Set<Promise<void>>();
  let isClosing = false;

  async function run(id: number, load: number, path: string): Promise<void> {
    const table = registerTable(id, load);
    try {
      const databaseUrl = database.pool.options.connectionString ?? "";
      const { defaultCountry: country } = await readSettings(database.db);
      const loaded = await inThread({ databaseUrl, path, country, table }, workers);
      if (loaded.numbers === 0) throw new Error("the file holds no number");
      const at = new Date(clock.now());
      await database.transact((tx) => endLoad(tx, id, load, { ...loaded, at }));
      log.info({ registerId: id, ...loaded, examples: undefined }, "register loaded");
      await dropOldLoads(database.db, id, load);
    } catch (error) {
      // Left as loading, it is told at the next start.
      if (isClosing) return;
      log.warn({ err: error, registerId: id }, "register not loaded");
      await sql.raw(`drop table if exists ${table}`).execute(database.db);
      await database.transact((tx) => failLoad(tx, id, "register-not-loaded", reasonOf(error)));
    } finally {
      await rm(path, { force: true });
    }
  }

  return {
    pathOf: (name) => join(dir, name),
    async load(id, { path, fileName }) {
      const load = await database.transact((tx) => beginLoad(tx, id, fileName));
      if (load === undefined) return false;
      const running = run(id, load, path).catch((error: unknown) =>
        log.error({ err: error, registerId: id }, "a register's load could not be written down"),
      );
      loads.add(running);
      void running.finally(() => loads.delete(running));
      return true;
    },
    async idle() {
      await Promise.all(loads);
    },
    async [Symbol.asyncDispose]() {
      isClosing = true;
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await Promise.all(loads);
    },
  };
}
