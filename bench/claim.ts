/**
 * The next leads to dial out of ten million, a batch of 50 at a time and without a pause, by one claimer, as the dialler
 * is (in turn with a bare durable transaction of as many rows), and by four at once: five lists, three zones of which two
 * may be called, nine priorities, two numbers for each third lead, retries that are due and that wait, leads of named
 * agents, leads that are done. Then as campaigns claim: lists mixed by weight and with quotas, a filter that keeps a
 * tenth of the leads (from a change of filter to its first claim, to the whole set, and claims afterwards), both
 * together, and each beside an import of as many rows a second as it can. PostgreSQL is the embedded one, tuned and
 * durable as in the product; a claim is timed from the begin of its transaction to the end of its commit.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { type CampaignDetail, campaignInput } from "../shared/campaigns.ts";
import type { LeadConditions } from "../shared/lead-conditions.ts";
import { createAgentRegistry } from "../server/features/agents/index.ts";
import { createCallerIds } from "../server/features/caller-ids/index.ts";
import {
  campaignTemplateIn,
  claimForCampaign,
  createCampaign,
  requireCampaign,
  wantedSets,
} from "../server/features/campaigns/index.ts";
import { campaignFunnelOf } from "../server/features/dialer/why/funnel.ts";
import { leadsOfReason } from "../server/features/dialer/why/leads-of-reason.ts";
import { foldCountsInBackground, keepFilterSets } from "../server/features/lists/index.ts";
import { manualClock, systemClock } from "../server/kernel/clock.ts";
import type { Database } from "../server/kernel/db.ts";
import { createEventBus } from "../server/kernel/events.ts";
import { silentLog } from "../server/kernel/log.ts";
import { systemRandom } from "../server/kernel/random.ts";
import { filledAt as now, openFilledDatabase } from "./leads/filled-database.ts";
import { importing } from "./leads/importing.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rows, claims, others, batch, keep } = flags({
  rows: 10_000_000,
  claims: 2_000,
  others: 3,
  batch: 50,
  keep: false,
});
const claimer = { count: batch, now, zones: ["Asia/Shanghai", "Asia/Urumqi"] };

/** ms; undefined: there were fewer leads than asked for. */
async function claim(database: Database, campaign: CampaignDetail): Promise<number | undefined> {
  const from = performance.now();
  const leads = await database.transact((tx) => claimForCampaign(tx, campaign, claimer));
  return leads.length < batch ? undefined : performance.now() - from;
}

async function mustClaim(database: Database, campaign: CampaignDetail): Promise<number> {
  const ms = await claim(database, campaign);
  if (ms === undefined) throw new Error("A claim found too few leads; give more --rows.");
  return ms;
}

/** By one claimer; each claim is followed by `between`. */
async function byOne(database: Database, campaign: CampaignDetail, n: number, between?: () => Promise<void>) {
  const samples: number[] = [];
  for (let i = 0; i < n; i++) {
    samples.push(await mustClaim(database, campaign));
    await between?.();
  }
  return samples;
}

/** By all at once: the claims of all. */
async function bySeveral(database: Database, campaign: CampaignDetail, n: number): Promise<number[]> {
  const each = Array.from({ length: 1 + others }, () =>
    byOne(database, campaign, Math.ceil(n / (1 + others))),
  );
  return (await Promise.all(each)).flat();
}

const table: Record<string, string | number>[] = [];
const metrics: Record<string, number> = {};
function measured(what: string, key: string, claimers: number, samples: readonly number[]): void {
  const [p50Ms, p99Ms] = [percentile(samples, 0.5), percentile(samples, 0.99)];
  const others = { p90Ms: percentile(samples, 0.9), maxMs: Math.max(...samples) };
  table.push({
    what,
    claimers,
    claims: samples.length,
    p50Ms,
    p90Ms: others.p90Ms,
    p99Ms,
    maxMs: others.maxMs,
  });
  metrics[key === "" ? "p50Ms" : `${key}P50Ms`] = p50Ms;
  metrics[key === "" ? "p99Ms" : `${key}P99Ms`] = p99Ms;
}

/** One claimer, then four; what they claimed is as good as dialled afterwards. */
async function measure(database: Database, campaign: CampaignDetail, what: string, key: string, n: number) {
  measured(what, key, 1, await byOne(database, campaign, n));
  measured(what, `${key}Four`, 1 + others, await bySeveral(database, campaign, n));
  await database.pool.query("truncate lead_claims");
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

async function measurePlain(database: Database, campaign: CampaignDetail): Promise<void> {
  await database.pool.query("create table bare (id bigint primary key, call_id text)");
  const client = await database.pool.connect();
  const bare: number[] = [];
  const between = async () => void bare.push(await bareTransaction(client, bare.length));
  measured("claim", "", 1, await byOne(database, campaign, claims, between));
  client.release();
  measured("claim", "besideOthers", 1 + others, await bySeveral(database, campaign, claims));
  measured("bare transaction of as many rows", "bare", 1, bare);
  await database.pool.query("truncate lead_claims");
}

const noQuota = { dials: null, dialsPerDay: null, successes: null, successesPerDay: null };
/** Weights 5:4:3:2:1, and quotas that are not reached. */
const mixOf = (listIds: readonly number[]): CampaignDetail["listMix"] => ({
  order: "mix",
  lists: listIds.map((listId, i) => ({
    listId,
    weight: 5 - i,
    quota: { ...noQuota, dials: rows, dialsPerDay: rows },
  })),
});
const inCity = (city: string): LeadConditions => ({
  match: "all",
  of: [{ field: "field:city", op: "is", values: [city] }],
});

async function makeCampaign(database: Database, change: Partial<CampaignDetail>): Promise<CampaignDetail> {
  const name = `bench ${Object.keys(change).join(" ")}`;
  const input = campaignInput.parse({ ...campaignTemplateIn("en"), name, mode: "progressive", ...change });
  const { id } = await database.transact((tx) => createCampaign(tx, input, null));
  return requireCampaign(database.db, id);
}

/** From the change of a running campaign's filter to the first claim with it, and to the whole set. */
async function makeSet(database: Database, campaign: CampaignDetail) {
  await using sets = keepFilterSets({ database, clock: systemClock, log: silentLog, wanted: wantedSets });
  sets.start();
  const from = performance.now();
  await database.pool.query("update campaigns set status = 'running' where id = $1", [campaign.id]);
  while ((await claim(database, campaign)) === undefined) await delay(20);
  metrics["filterFirstMs"] = performance.now() - from;
  const building: number[] = [];
  const isDone = async () =>
    (await database.pool.query("select from filter_set_lists where done_at is null limit 1")).rowCount === 0;
  while (!(await isDone())) {
    const ms = await claim(database, campaign);
    if (ms !== undefined) building.push(ms);
    await delay(20);
  }
  metrics["filterBuildSeconds"] = (performance.now() - from) / 1000;
  measured("claim while a filter's set is made", "filterBuilding", 1, building);
}

/** "Why isn't this dialling?", and a page of leads behind each of its counts. */
async function measureFunnel(database: Database, campaign: CampaignDetail): Promise<void> {
  const clock = manualClock(now);
  const events = createEventBus(silentLog);
  const agents = createAgentRegistry({ database, clock, events, log: silentLog });
  const callerIds = createCallerIds({ database, trunks: () => [], clock, events });
  const parts = { database, agents, callerIds, random: systemRandom };
  const funnel: number[] = [];
  const pages: number[] = [];
  for (let i = 0; i < 10; i++) {
    const begun = performance.now();
    const { reasons } = await campaignFunnelOf(parts, campaign, now);
    funnel.push(performance.now() - begun);
    for (const { reason } of reasons.filter(({ leads }) => leads > 0)) {
      const asked = performance.now();
      await leadsOfReason(parts, campaign, { reason, after: 0, pageSize: 50 }, now);
      pages.push(performance.now() - asked);
    }
  }
  metrics["funnelP50Ms"] = percentile(funnel, 0.5);
  metrics["funnelMaxMs"] = Math.max(...funnel);
  metrics["funnelPageP50Ms"] = percentile(pages, 0.5);
  metrics["funnelPageMaxMs"] = Math.max(...pages);
}

await using filled = await openFilledDatabase({ rows, keep });
const { database, listIds, fillSeconds } = filled;
await using _ = foldCountsInBackground({ database, clock: systemClock, log: silentLog });
const plain = await makeCampaign(database, { listIds });
const listMix = mixOf(listIds);
const mixed = await makeCampaign(database, { listIds, listMix });
const filtered = await makeCampaign(database, { listIds, leadFilter: inCity("北京") });
const all = { ...filtered, listMix };
await byOne(database, plain, 20);

const some = Math.ceil(claims / 4);
await measurePlain(database, plain);
await measure(database, mixed, "claim, mixed with quotas", "mix", some);
await makeSet(database, filtered);
await measure(database, filtered, "claim with a filter", "filter", some);
await measure(database, all, "claim, mixed with a filter", "mixFilter", some);
{
  await using adding = importing(database, listIds.at(-1)!);
  await delay(1_000);
  await measure(database, plain, "claim beside an import", "besideImport", some);
  await measure(database, all, "mixed, with a filter, beside an import", "allBesideImport", some);
  metrics["importedPerSecond"] = await adding.end();
}
await measureFunnel(database, all);
printTable(table);
report("claim", { ...metrics, rows, claims, batch, fillSeconds });
