/**
 * The next leads to dial out of ten million, a batch of 50 at a time and without a pause, first by one claimer, as
 * the dialler is (in turn with a bare durable transaction of as many rows), then while three others claim as well: five lists,
 * three zones of which two may be called, nine priorities, retries that are due and that wait, leads of named agents,
 * leads that are done. PostgreSQL is the embedded one, tuned and durable as in the product; a claim is timed from the
 * begin of its transaction to the end of its commit.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { claimLeads, foldLeadCounts } from "../server/features/lists/index.ts";
import { type Database, openDatabase } from "../server/kernel/db.ts";
import { startEmbeddedPostgres } from "../server/kernel/postgres/embedded.ts";
import { prepareDatabase } from "../server/kernel/prepare-database.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rows, claims, others, batch } = flags({ rows: 10_000_000, claims: 2_000, others: 3, batch: 50 });
const now = Date.UTC(2026, 0, 5, 10);

/** Fills `leads` with indexes and triggers put aside, as a restore does. */
async function fill(client: pg.PoolClient): Promise<number[]> {
  const lists = await client.query<{ id: number }>(
    "insert into lists (name, country) select 'list ' || n, 'CN' from generate_series(1, 5) n returning id",
  );
  const user = await client.query<{ id: number }>(
    "insert into users (login, name, role, password_hash) values ('ana', 'Ana', 'agent', '') returning id",
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes i
     where tablename in ('leads', 'lead_queue') and not exists (select from pg_constraint where conname = i.indexname)`,
  );
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  await client.query("set session_replication_role = replica");
  await client.query("set maintenance_work_mem = '512MB'");
  await client.query(
    `insert into leads (list_id, phone, time_zone, name, status, priority, due_at, attempts, owner_user_id, fields)
     select $2 + n % 5, '+86' || (13000000000 + n), (array['Asia/Shanghai', 'Asia/Urumqi', 'America/New_York'])[1 + n / 7 % 3],
       'lead', case when h < 20 then 'done' else 'ready' end, 1 + n / 11 % 9,
       case when h < 70 then '-infinity'::timestamptz
         when h < 95 then to_timestamp($3) + (n % 86400) * interval '1 second'
         else to_timestamp($3) - (n % 3600) * interval '1 second' end,
       case when h >= 70 then 1 else 0 end, case when h = 69 then $4::integer end, '{"city": "北京"}'
     from (select n, n % 1000 * 7919 % 100 as h from generate_series(1, $1::integer) n) as numbers`,
    [rows, lists.rows[0]!.id, now / 1000, user.rows[0]!.id],
  );
  for (const { definition } of indexes.rows) await client.query(definition);
  // In the order in which an import of 50,000 rows at a time leaves it.
  await client.query(
    `insert into lead_queue
     select id, list_id, time_zone, priority, due_at, attempts, owner_user_id from leads where status = 'ready'
     order by id / 50000, list_id, time_zone, priority, due_at, id`,
  );
  await client.query(
    `insert into lead_counts select list_id, time_zone, priority, status, owner_user_id is not null, count(*)
     from leads group by 1, 2, 3, 4, 5`,
  );
  await client.query("set session_replication_role = origin");
  await client.query("vacuum analyze leads, lead_queue");
  return lists.rows.map((list) => list.id);
}

async function withClient<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

async function claim(database: Database, listIds: number[]): Promise<number> {
  const from = performance.now();
  const leads = await database.transact((tx) =>
    claimLeads(tx, { listIds, count: batch, now, zones: ["Asia/Shanghai", "Asia/Urumqi"], maxAttempts: 5 }),
  );
  if (leads.length < batch) throw new Error(`A claim found ${leads.length} leads; give more --rows.`);
  return performance.now() - from;
}

function row(claimers: number, samples: readonly number[]) {
  return {
    claimers,
    claims: samples.length,
    p50Ms: percentile(samples, 0.5),
    p90Ms: percentile(samples, 0.9),
    p99Ms: percentile(samples, 0.99),
    maxMs: Math.max(...samples),
  };
}

/** What no claim can go below: a durable transaction that writes as many narrow rows. */
async function bareTransaction(client: pg.PoolClient, round: number): Promise<number> {
  const ids = Array.from({ length: batch }, (_, i) => round * batch + i);
  const from = performance.now();
  await client.query("begin");
  await client.query("insert into bare select unnest($1::bigint[]), 'call'", [ids]);
  await client.query("commit");
  return performance.now() - from;
}

const dir = mkdtempSync(join(tmpdir(), "waihu-bench-"));
try {
  await using postgres = await startEmbeddedPostgres(dir);
  await using database = openDatabase(postgres.url);
  await prepareDatabase(database.pool);
  const begun = performance.now();
  const listIds = await withClient(database, fill);
  const fillSeconds = (performance.now() - begun) / 1000;

  for (let i = 0; i < 20; i++) await claim(database, listIds);
  const over = new AbortController();
  const fold = async () => {
    while (!over.signal.aborted) {
      await delay(1_000);
      await database.transact(foldLeadCounts);
    }
  };
  const folding = fold();
  const alone: number[] = [];
  const bare: number[] = [];
  const beside: number[] = [];
  const other = async () => {
    while (!over.signal.aborted) {
      beside.push(await claim(database, listIds));
      await delay(50);
    }
  };
  try {
    await database.pool.query("create table bare (id bigint primary key, call_id text)");
    await withClient(database, async (client) => {
      for (let i = 0; i < claims; i++) {
        alone.push(await claim(database, listIds));
        bare.push(await bareTransaction(client, i));
      }
    });
    const background = Array.from({ length: others }, other);
    for (let i = 0; i < claims; i++) beside.push(await claim(database, listIds));
    over.abort();
    await Promise.all(background);
  } finally {
    over.abort();
    await folding;
  }

  const [one, several, limit] = [row(1, alone), row(1 + others, beside), row(1, bare)];
  printTable([
    { what: "claim", ...one },
    { what: "claim beside others", ...several },
    { what: "bare transaction of as many rows", ...limit },
  ]);
  report("claim", {
    p50Ms: one.p50Ms,
    p99Ms: one.p99Ms,
    rows,
    claims,
    batch,
    besideOthersP50Ms: several.p50Ms,
    besideOthersP99Ms: several.p99Ms,
    bareP50Ms: limit.p50Ms,
    bareP99Ms: limit.p99Ms,
    fillSeconds,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
