/**
 * The next leads to dial out of ten million, a batch of 50 at a time and without a pause, first by one claimer, as
 * the dialler is (in turn with a bare durable transaction of as many rows), then while three others claim as well: five lists,
 * three zones of which two may be called, nine priorities, retries that are due and that wait, leads of named agents,
 * leads that are done. PostgreSQL is the embedded one, tuned and durable as in the product; a claim is timed from the
 * begin of its transaction to the end of its commit. Then the same mixed by weight, with a filter that keeps a tenth of
 * the leads (from a change of filter to its first claim, to the whole set, and claims afterwards), and with an import
 * of as many rows a second as it can running beside.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { campaignInput } from "../shared/campaigns.ts";
import type { LeadConditions } from "../shared/lead-conditions.ts";
import { createAgentRegistry } from "../server/features/agents/index.ts";
import { createCallerIds } from "../server/features/caller-ids/index.ts";
import {
  campaignTemplateIn,
  createCampaign,
  requireCampaign,
  wantedSets,
} from "../server/features/campaigns/index.ts";
import { sharesOf } from "../server/features/campaigns/list-mix.ts";
import { campaignFunnelOf } from "../server/features/dialer/why/funnel.ts";
import {
  type Claim,
  claimLeads,
  compileConditions,
  filterSetOf,
  foldLeadCounts,
  keepFilterSets,
} from "../server/features/lists/index.ts";
import { manualClock, systemClock } from "../server/kernel/clock.ts";
import { createEventBus } from "../server/kernel/events.ts";
import { silentLog } from "../server/kernel/log.ts";
import { systemRandom } from "../server/kernel/random.ts";
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
       case when h >= 70 then 1 else 0 end, case when h = 69 then $4::integer end,
       jsonb_build_object('city', (array['北京','上海','广州','深圳','成都','杭州','武汉','西安','苏州','南京'])[1 + n / 3 % 10])
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

async function claim(database: Database, listIds: number[], more: Partial<Claim> = {}): Promise<number> {
  const from = performance.now();
  const zones = ["Asia/Shanghai", "Asia/Urumqi"];
  const leads = await database.transact((tx) =>
    claimLeads(tx, { listIds, count: batch, now, zones, maxAttempts: 5, ...more }),
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

/** Weights 5:4:3:2:1, kept in each claim of the round. */
async function claimMixed(database: Database, listIds: number[]): Promise<number> {
  const lists = listIds.map((listId, i) => ({ listId, weight: 5 - i, quota: none }));
  const tallies = listIds.map((listId) => ({ ...none0, listId, recent: 0, held: 0 }));
  return claim(database, listIds, sharesOf({ order: "mix", lists }, tallies, batch));
}
const none = { dials: null, dialsPerDay: null, successes: null, successesPerDay: null };
const none0 = { dials: 0, dialsPerDay: 0, successes: 0, successesPerDay: 0 };

const inCity = (city: string): LeadConditions => ({
  match: "all",
  of: [{ field: "field:city", op: "is", values: [city] }],
});

/** From the change of a running campaign's filter to the first claim with it, to the whole set, and claims after. */
async function filtered(database: Database, listIds: number[]) {
  const input = {
    ...campaignTemplateIn("en"),
    name: "bench",
    mode: "progressive",
    listIds,
    leadFilter: inCity("北京"),
  };
  const { id } = await database.transact((tx) => createCampaign(tx, campaignInput.parse(input), null));
  await using sets = keepFilterSets({ database, clock: systemClock, log: silentLog, wanted: wantedSets });
  sets.start();
  const from = performance.now();
  await database.pool.query("update campaigns set status = 'running' where id = $1", [id]);
  const where = compileConditions(inCity("北京"), "l", now);
  const one = async (): Promise<number | undefined> => {
    const setId = await filterSetOf(database.db, id, inCity("北京"));
    return claim(database, listIds, { filter: { setId, where } }).catch(() => undefined);
  };
  while ((await one()) === undefined) await delay(20);
  const firstMs = performance.now() - from;
  const building: number[] = [];
  const isDone = async () =>
    (await database.pool.query("select from filter_set_lists where done_at is null limit 1")).rowCount === 0;
  while (!(await isDone())) {
    building.push((await one()) ?? Number.NaN);
    await delay(20);
  }
  const buildSeconds = (performance.now() - from) / 1000;
  const after: number[] = [];
  for (let i = 0; i < claims / 4; i++) after.push((await one()) ?? Number.NaN);
  const clock = manualClock(now);
  const events = createEventBus(silentLog);
  const agents = createAgentRegistry({ database, clock, events, log: silentLog });
  const callerIds = createCallerIds({ database, trunks: () => [], clock, events });
  const campaign = await requireCampaign(database.db, id);
  const funnel: number[] = [];
  for (let i = 0; i < 10; i++) {
    const begun = performance.now();
    await campaignFunnelOf({ database, agents, callerIds, random: systemRandom }, campaign, now);
    funnel.push(performance.now() - begun);
  }
  return { firstMs, buildSeconds, building, after, funnel };
}

/** Statements of 50,000 rows in one transaction, as the last step of an import is, until it is told to stop. */
async function importing(database: Database, listId: number, over: AbortSignal): Promise<number> {
  let added = 0;
  await withClient(database, async (client) => {
    await client.query("begin");
    while (!over.aborted) {
      const result = await client.query(
        `insert into leads (list_id, phone, time_zone, name, fields)
         select $1, '+8615' || lpad(($2::bigint + n)::text, 9, '0'), 'Asia/Shanghai', 'lead', '{"city": "北京"}'
         from generate_series(1, 50000) n`,
        [listId, added],
      );
      added += result.rowCount ?? 0;
    }
    await client.query("commit");
  });
  return added;
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
  const mixed: number[] = [];
  const besideImport: number[] = [];
  let importedPerSecond = 0;
  let filter: Awaited<ReturnType<typeof filtered>> | undefined;
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
    for (let i = 0; i < claims / 4; i++) mixed.push(await claimMixed(database, listIds));
    const done = new AbortController();
    const begun = performance.now();
    const adding = importing(database, listIds.at(-1)!, done.signal);
    await delay(1_000);
    for (let i = 0; i < claims / 4; i++) besideImport.push(await claim(database, listIds));
    done.abort();
    importedPerSecond = (await adding) / ((performance.now() - begun) / 1000);
    filter = await filtered(database, listIds);
  } finally {
    over.abort();
    await folding;
  }

  if (!filter) throw new Error("not measured");
  const [one, several, limit] = [row(1, alone), row(1 + others, beside), row(1, bare)];
  printTable([
    { what: "claim", ...one },
    { what: "claim beside others", ...several },
    { what: "claim, lists mixed by weight", ...row(1, mixed) },
    { what: "claim beside an import", ...row(1, besideImport) },
    { what: "claim while a filter's set is made", ...row(1, filter.building) },
    { what: "claim with a filter", ...row(1, filter.after) },
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
    mixP50Ms: percentile(mixed, 0.5),
    mixP99Ms: percentile(mixed, 0.99),
    besideImportP50Ms: percentile(besideImport, 0.5),
    besideImportP99Ms: percentile(besideImport, 0.99),
    importedPerSecond,
    filterFirstMs: filter.firstMs,
    filterBuildSeconds: filter.buildSeconds,
    filterP50Ms: percentile(filter.after, 0.5),
    filterP99Ms: percentile(filter.after, 0.99),
    filterBuildingP99Ms: percentile(filter.building, 0.99),
    funnelP50Ms: percentile(filter.funnel, 0.5),
    funnelMaxMs: Math.max(...filter.funnel),
    bareP50Ms: limit.p50Ms,
    bareP99Ms: limit.p99Ms,
    fillSeconds,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
