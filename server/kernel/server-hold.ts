/**
 * One call server works on a database: it holds a lock there as long as its session lives.
 *
 *     held ── its connection breaks ──► lost ── taken again ──► held
 *                                         └─── another server holds it ──► over
 *
 * While it is lost nothing may be written, for another server may have begun to dial. Over: this one has to stop.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { advisoryLocks } from "./advisory-locks.ts";
import type { Database } from "./db.ts";

export interface ServerHold extends AsyncDisposable {
  isHeld(): boolean;
  /** Resolves when another server has taken the database. */
  readonly over: Promise<void>;
}

const retryMs = 500;
/** A session that nobody uses is cut by many a firewall, and would not be missed. */
const beatMs = 2_000;

const holderOf = `select a.pid, a.application_name = $2 as ours from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.classid = 0 and l.objid = $1 and l.objsubid = 1 and l.granted
    and l.database = (select oid from pg_database where datname = current_database())`;

/** A session of this process that lives on at the server, although its connection broke, is ended. */
async function takeOn(client: pg.PoolClient, name: string): Promise<"held" | "again" | "other"> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
    advisoryLocks.server,
  ]);
  if (rows[0]?.taken) return "held";
  const { rows: holders } = await client.query<{ pid: number; ours: boolean }>(holderOf, [
    advisoryLocks.server,
    name,
  ]);
  const [holder] = holders;
  if (holder && !holder.ours) return "other";
  if (holder) await client.query("select pg_terminate_backend($1)", [holder.pid]);
  return "again";
}

async function take(database: Database): Promise<pg.PoolClient | "again" | "other"> {
  const client = await database.pool.connect();
  let isTaken = false;
  try {
    const taken = await takeOn(client, database.name);
    isTaken = taken === "held";
    return isTaken ? client : (taken as "again" | "other");
  } finally {
    if (!isTaken) client.release();
  }
}

/** Undefined: another server holds the database. */
export async function holdDatabase(database: Database): Promise<ServerHold | undefined> {
  let first = await take(database);
  for (; first === "again"; first = await take(database)) await delay(retryMs);
  if (first === "other") return undefined;
  const over = Promise.withResolvers<void>();
  let held: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let taking: Promise<void> | undefined;
  let isClosed = false;

  function hold(client: pg.PoolClient): void {
    held = client;
    client.once("end", () => lost(client));
    beat(client);
  }

  function beat(client: pg.PoolClient): void {
    timer = setTimeout(() => {
      client.query("select 1").then(
        () => held === client && beat(client),
        () => lost(client),
      );
    }, beatMs);
  }

  function lost(client: pg.PoolClient): void {
    if (held !== client) return;
    held = undefined;
    clearTimeout(timer);
    client.release(true);
    again(0);
  }

  function again(afterMs: number): void {
    if (!isClosed) timer = setTimeout(() => (taking = takeAgain()), afterMs);
  }

  async function takeAgain(): Promise<void> {
    const found = await take(database).catch(() => "again" as const);
    if (found === "other") over.resolve();
    else if (found === "again") again(retryMs);
    else if (isClosed) found.release();
    else hold(found);
  }

  hold(first);
  return {
    isHeld: () => held !== undefined,
    over: over.promise,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(timer);
      await taking;
      const client = held;
      held = undefined;
      // The lock goes with its session.
      client?.release(true);
    },
  };
}
