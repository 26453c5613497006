import { type CronItem, Logger, parseCronItems, run, type Runner, type TaskList } from "graphile-worker";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { Database, Tx } from "./db.ts";
import type { Log } from "./log.ts";

/**
 * Every background job and its payload (JSON). A feature adds its own by declaration merging:
 * `declare module "../../kernel/jobs.ts" { interface JobMap { "export.make": { exportId: number } } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface JobMap {}
export type JobName = keyof JobMap;

export interface JobOptions {
  runAt?: Date;
  /** A waiting job with the same key is replaced. */
  key?: string;
  /** Tries before it is given up; each waits longer (e^n seconds). Default 10. */
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
}

export interface Jobs extends AsyncDisposable {
  /** Enqueued when `tx` commits. */
  add<N extends JobName>(tx: Tx, name: N, payload: JobMap[N], options?: JobOptions): Promise<void>;
  /** Before `start`. A throw means: try again later. */
  handle<N extends JobName>(name: N, handler: (payload: JobMap[N]) => Promise<void>): void;
  /** Runs a job by crontab pattern in UTC, such as every hour: `0 * * * *`. Before `start`. */
  schedule<N extends JobName>(name: N, pattern: string, payload: JobMap[N]): void;
  start(): Promise<void>;
  /** For the health page. */
  counts(): Promise<{ waiting: number; failed: number }>;
}

/** Between the end of a runner that broke and the next; the library's own tries to start take as long again. */
const againMs = 1_000;
/** A runner whose schedule waits for the database ends with that wait, which may be half a minute. */
const stopLimitMs = 10_000;

const levels = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

export function createJobs({ db, pool }: Database, log: Log, concurrency = 2): Jobs {
  const tasks: TaskList = {};
  const crons: CronItem[] = [];
  const stopping = new AbortController();
  let runner: Runner | undefined;
  let kept: Promise<void> | undefined;

  const begin = () =>
    run({
      pgPool: pool,
      taskList: tasks,
      parsedCronItems: parseCronItems(crons),
      noHandleSignals: true,
      preset: {
        // Otherwise what becomes of a job is written behind the library's own back, and a lost connection there is
        // an unhandled rejection, which ends the process.
        worker: { concurrentJobs: concurrency, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
      logger: new Logger(() => (level, message, meta) => log[levels[level]](meta ?? {}, `jobs: ${message}`)),
    });

  /** One server works on a database: what is locked now is a job of a runner that ended without a word. */
  async function unlock(): Promise<void> {
    await pool.query(`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
      from graphile_worker.jobs where locked_by is not null having count(*) > 0`);
  }

  /** A runner ends when it cannot write what became of a job; its jobs are done again by the next. */
  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await runner?.promise;
        if (stopping.signal.aborted) return;
        await unlock();
        runner = await begin();
      } catch (error) {
        if (stopping.signal.aborted) return;
        runner = undefined;
        log.warn({ err: error }, "jobs: the runner broke, another begins");
        await delay(againMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async add(tx, name, payload, { runAt, key, maxAttempts = 10, queue } = {}) {
      await sql`select graphile_worker.add_job(
        identifier => ${name}::text, payload => ${JSON.stringify(payload)}::json, queue_name => ${queue ?? null}::text,
        run_at => ${runAt ?? null}::timestamptz, max_attempts => ${maxAttempts}::int, job_key => ${key ?? null}::text
      )`.execute(tx);
    },
    handle(name, handler) {
      tasks[name] = (payload) => handler(payload as JobMap[typeof name]);
    },
    schedule(name, pattern, payload) {
      crons.push({ task: name, match: pattern, payload });
    },
    async start() {
      await unlock();
      runner = await begin();
      kept = keep();
    },
    async counts() {
      const { rows } = await sql<{ waiting: number; failed: number }>`
        select count(*) filter (where attempts < max_attempts) as waiting,
               count(*) filter (where attempts >= max_attempts) as failed
        from graphile_worker.jobs where run_at <= now()`.execute(db);
      return rows[0] ?? { waiting: 0, failed: 0 };
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      const limit = new AbortController();
      const stopped = runner?.stop().catch((error: unknown) => log.debug({ err: error }, "jobs: had ended"));
      await Promise.race([
        Promise.all([stopped, kept]),
        delay(stopLimitMs, undefined, { signal: limit.signal }).catch(() => undefined),
      ]);
      limit.abort();
    },
  };
}
