/**
 * What the door asks before calls go out: decisions for 50 leads of a campaign at once, each with the numbers of the
 * person taken first and rolled back afterwards, so that every round finds the same. A million calls in the history of
 * 200,000 numbers, two numbers a lead, a customer for each fifth, do-not-call entries and consents for some, and a
 * register of ten million. Timed from the call of `decideCalls` to its answer, with the round trips it makes; then a
 * look at the same leads without holding them, as "why isn't this dialling?" takes it. PostgreSQL is the embedded one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaignInput } from "../shared/campaigns.ts";
import { registerInput } from "../shared/registers.ts";
import { campaignTemplateIn, createCampaign } from "../server/features/campaigns/index.ts";
import { type Candidate, decideCalls } from "../server/features/compliance/index.ts";
import { insertRegister, registerTable } from "../server/features/compliance/registers/queries.ts";
import { type Database, openDatabase } from "../server/kernel/db.ts";
import { newId } from "../server/kernel/ids.ts";
import { startEmbeddedPostgres } from "../server/kernel/postgres/embedded.ts";
import { prepareDatabase } from "../server/kernel/prepare-database.ts";
import { seededRandom } from "../server/kernel/random.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { calls, leads, listed, rounds, batch, seed } = flags({
  calls: 1_000_000,
  leads: 200_000,
  listed: 10_000_000,
  rounds: 500,
  batch: 50,
  seed: 1,
});
const now = Date.UTC(2026, 10, 20, 2);
const phoneOf = (n: number) => `+86${13_000_000_000 + n}`;

interface Round {
  ms: number;
  trips: number;
  /** Of `ms`, what the database took. */
  tripMs: number;
  refused: number;
}

function row(what: string, all: readonly Round[]) {
  const of = (key: "ms" | "trips" | "tripMs", share: number) =>
    percentile(
      all.map((one) => one[key]),
      share,
    );
  return {
    what,
    rounds: all.length,
    p50Ms: of("ms", 0.5),
    p90Ms: of("ms", 0.9),
    p99Ms: of("ms", 0.99),
    inDatabaseP50Ms: of("tripMs", 0.5),
    roundTrips: of("trips", 0.5),
    refused: all.reduce((sum, one) => sum + one.refused, 0),
  };
}

/** Undoes what a measured round wrote. */
class Undo extends Error {}

async function fill(database: Database): Promise<number> {
  const { pool } = database;
  await pool.query(`insert into settings (key, value) values ('rulePack', '"by-number"')`);
  await pool.query("insert into lists (name, country) values ('list', 'CN')");
  await pool.query(
    `insert into customers (name) select 'customer ' || n from generate_series(1, $1::integer / 5) n`,
    [leads],
  );
  await pool.query(
    `insert into leads (list_id, phone, more_phones, time_zone, name, customer_id, fields)
     select 1, '+86' || (13000000000 + n), array['+86' || (13500000000 + n)], 'Asia/Shanghai', 'lead',
       case when n % 5 = 0 then n / 5 + 1 end, '{"city": "北京", "province": "北京"}'
     from generate_series(0, $1::integer - 1) n`,
    [leads],
  );
  await pool.query(
    `insert into customer_phones (customer_id, phone, position)
     select n / 5 + 1, '+86' || (13000000000 + n), 0 from generate_series(0, $1::integer - 1, 5) n`,
    [leads],
  );
  const campaign = { ...campaignTemplateIn("en"), name: "bench", mode: "progressive", listIds: [1] };
  const { id } = await database.transact((tx) => createCampaign(tx, campaignInput.parse(campaign), null));
  await pool.query(
    `insert into calls (id, direction, origin, state, phone, campaign_id, planned_at, dialled_at, ended_at)
     select 'old-' || n, 'outbound', 'progressive', 'closed', '+86' || (13000000000 + n::bigint * 7919 % $2), $4, t, t,
       t + interval '1 minute'
     from generate_series(1, $1::integer) n, lateral (select to_timestamp($3) - n * interval '2.5 seconds' as t) as at`,
    [calls, leads, now / 1000, id],
  );
  await pool.query(
    `insert into do_not_call (phone, source)
     select '+86' || (13000000000 + n), 'bench' from generate_series(0, $1::integer - 1, 20) n`,
    [leads],
  );
  await pool.query(
    `insert into consents (phone, form, source, given_at)
     select '+86' || (13000000000 + n), 'express', 'bench', to_timestamp($2) from generate_series(0, $1::integer - 1, 3) n`,
    [leads, now / 1000],
  );
  const file = registerInput.parse({ name: "register", kind: "file" });
  const table = registerTable(await database.transact((tx) => insertRegister(tx, file, null)), 1);
  await pool.query(`create table ${table} (phone bigint not null)`);
  await pool.query(
    `insert into ${table} select 8613000000007 + n * 97 from generate_series(0, $1::bigint - 1) n`,
    [listed],
  );
  await pool.query(`create unique index ${table}_phone on ${table} (phone)`);
  await pool.query("update registers set loaded = 1, load = 1, state = 'ready', numbers = $1", [listed]);
  await pool.query("vacuum analyze");
  return id;
}

const dir = mkdtempSync(join(tmpdir(), "bench-door-"));
try {
  let trips = 0;
  let tripMs = 0;
  await using postgres = await startEmbeddedPostgres(dir);
  await using database = openDatabase(postgres.url, 2, (_, ms) => {
    trips++;
    tripMs += ms;
  });
  await prepareDatabase(database.pool);
  const begun = performance.now();
  const campaignId = await fill(database);
  const fillSeconds = (performance.now() - begun) / 1000;
  const random = seededRandom(seed);
  const limits = { perLead: 6, perNumberPerDay: 3, minGapMs: 0 };
  const hours = campaignTemplateIn("en").hours;

  const decide = async (dry: boolean) => {
    const candidates = Array.from({ length: batch }, (): Candidate => {
      const n = Math.floor(random.next() * leads);
      return {
        callId: newId(),
        origin: "progressive",
        phone: phoneOf(n),
        timeZone: "Asia/Shanghai",
        campaignId,
        leadId: n + 1,
        customerId: n % 5 === 0 ? n / 5 + 1 : null,
        leadAttempts: 0,
        agentGuaranteed: true,
        rules: { hours, limits },
      };
    });
    let result: Round = { ms: 0, trips: 0, tripMs: 0, refused: 0 };
    await database
      .transact(async (tx) => {
        [trips, tripMs] = [0, 0];
        const from = performance.now();
        const rows = await decideCalls(tx, candidates, now, { dry });
        const refused = rows.filter((row) => !row.decision.allowed).length;
        result = { ms: performance.now() - from, trips, tripMs, refused };
        throw new Undo();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undo)) throw error;
      });
    return result;
  };
  const held: Round[] = [];
  const looked: Round[] = [];
  for (let i = -50; i < rounds; i++) {
    // By turns, so that both meet the same machine; the first ones warm it up.
    const [hold, look] = [await decide(false), await decide(true)];
    if (i >= 0) held.push(hold);
    if (i >= 0) looked.push(look);
  }
  const [door, look] = [row("decide and hold", held), row("look only", looked)];
  printTable([door, look]);
  report("door", {
    p50Ms: door.p50Ms,
    p90Ms: door.p90Ms,
    p99Ms: door.p99Ms,
    inDatabaseP50Ms: door.inDatabaseP50Ms,
    roundTrips: door.roundTrips,
    refused: door.refused,
    lookP50Ms: look.p50Ms,
    lookP99Ms: look.p99Ms,
    calls,
    listed,
    batch,
    fillSeconds,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
