import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../../../test/kit/database.ts";
import { type CampaignInput, campaignInput } from "../../../../shared/campaigns.ts";
import { trunkInput } from "../../../../shared/trunks.ts";
import { noQuota } from "../../../../shared/list-mix.ts";
import { manualClock } from "../../../kernel/clock.ts";
import { createEventBus } from "../../../kernel/events.ts";
import { silentLog } from "../../../kernel/log.ts";
import { seededRandom } from "../../../kernel/random.ts";
import { createCallerIds } from "../../caller-ids/index.ts";
import { createAgentRegistry } from "../../agents/index.ts";
import {
  callableZones,
  campaignTemplateIn,
  claimForCampaign,
  createCampaign,
} from "../../campaigns/index.ts";
import { addDoNotCall } from "../../compliance/index.ts";
import { allTrunkSettings, ensureTrunk } from "../../trunks/index.ts";
import type { WhyParts } from "./examine.ts";
import { campaignFunnelOf } from "./funnel.ts";
import { leadsOfReason } from "./leads-of-reason.ts";
import { whyNotDialled } from "./lead-why.ts";

// A Monday, 18:00 in Shanghai, 23:00 in Auckland.
const now = Date.UTC(2026, 0, 5, 10);
const random = { ...seededRandom(3), hex: () => "" };
let database: TestDatabase;
let parts: WhyParts;
let ana: number;
let trunkId: number;
const shownNumber = "+8675588880000";

before(async () => {
  database = await testDatabase();
  const clock = manualClock(now);
  const trunk = trunkInput.parse({
    name: "carrier",
    host: "127.0.0.1",
    country: "CN",
    callerIds: [shownNumber],
  });
  trunkId = await database.transact((tx) => ensureTrunk(tx, trunk));
  const trunks = await allTrunkSettings(database.db);
  parts = {
    database,
    callerIds: createCallerIds({
      database,
      trunks: () => trunks,
      clock,
      events: createEventBus(silentLog),
    }),
    agents: createAgentRegistry({ database, clock, events: createEventBus(silentLog), log: silentLog }),
  };
  const users = await sql<{ id: number }>`insert into users (login, name, role, password_hash)
    values ('ana', 'Ana', 'agent', '') returning id`.execute(database.db);
  ana = users.rows[0]!.id;
});
after(() => database[Symbol.asyncDispose]());

async function makeList(name: string): Promise<number> {
  const { rows } = await sql<{
    id: number;
  }>`insert into lists (name, country) values (${name}, 'CN') returning id`.execute(database.db);
  return rows[0]!.id;
}
const makeCampaign = (name: string, change: Partial<CampaignInput>) =>
  database.transact((tx) =>
    createCampaign(
      tx,
      campaignInput.parse({ ...campaignTemplateIn("en"), name, mode: "progressive", ...change }),
      null,
    ),
  );
const counted = (funnel: Awaited<ReturnType<typeof campaignFunnelOf>>) =>
  Object.fromEntries(funnel.reasons.filter((r) => r.leads > 0).map((r) => [r.reason, r.leads]));

test("each lead counts once, under the reason that a claim and the gate give, and each count opens its leads", async () => {
  const [list, spent] = [await makeList("funnel"), await makeList("spent")];
  const later = new Date(now + 3_600_000);
  await sql`insert into leads (list_id, phone, name, time_zone, status, status_reason, due_at, attempts, owner_user_id) values
    (${list}, '+8613800000001', 'dialable', 'Asia/Shanghai', 'ready', null, '-infinity', 0, null),
    (${list}, '+8613800000002', 'due-later', 'Asia/Shanghai', 'ready', null, ${later}, 1, null),
    (${list}, '+6493000003', 'outside-hours', 'Pacific/Auckland', 'ready', null, '-infinity', 0, null),
    (${list}, '+8613800000004', 'owner-absent', 'Asia/Shanghai', 'ready', null, '-infinity', 0, ${ana}),
    (${list}, '+8613800000005', 'callback', 'Asia/Shanghai', 'callback', null, '-infinity', 0, null),
    (${list}, '+8613800000006', 'done', 'Asia/Shanghai', 'done', 'disposition', '-infinity', 0, null),
    (${list}, '+8613800000007', 'excluded', 'Asia/Shanghai', 'excluded', 'by hand', '-infinity', 0, null),
    (${list}, '+8613800000008', 'invalid-number', 'Asia/Shanghai', 'done', 'invalid-number', '-infinity', 0, null),
    (${list}, '+8613800000009', 'no-attempts-left', 'Asia/Shanghai', 'ready', null, '-infinity', 6, null),
    (${list}, '+8613800000015', 'exhausted', 'Asia/Shanghai', 'done', 'tries', '-infinity', 3, null),
    (${list}, '+8613800000010', 'do-not-call', 'Asia/Shanghai', 'ready', null, '-infinity', 0, null),
    (${list}, '+8613800000011', 'filtered-out', 'Asia/Shanghai', 'ready', null, '-infinity', 0, null),
    (${list}, '+8613800000012', 'attempt-limits', 'Asia/Shanghai', 'ready', null, '-infinity', 1, null),
    (${list}, '+8613800000014', 'locked-out', 'Asia/Shanghai', 'ready', null, '-infinity', 0, null),
    (${spent}, '+8613800000013', 'quota-reached', 'Asia/Shanghai', 'ready', null, '-infinity', 0, null)`.execute(
    database.db,
  );
  const listMix = {
    order: "in-turn" as const,
    lists: [{ listId: spent, weight: 1, quota: { ...noQuota, dials: 1 } }],
  };
  const leadFilter = {
    match: "all" as const,
    of: [{ field: "name", op: "is-not" as const, values: ["filtered-out"] }],
  };
  const campaign = await makeCampaign("funnel", { listIds: [list, spent], listMix, leadFilter });
  await sql`insert into list_tallies values (${campaign.id}, ${spent}, ${new Date(now)}, 1, 0)`.execute(
    database.db,
  );
  await sql`insert into calls (id, direction, origin, state, campaign_id, list_id, phone, planned_at, dialled_at)
    values ('earlier', 'outbound', 'progressive', 'closed', ${campaign.id}, ${list}, '+8613800000012',
      ${new Date(now - 60_000)}, ${new Date(now - 60_000)})`.execute(database.db);
  const entry = { campaignId: null, source: "test", reason: "", expiresAt: null, createdBy: null };
  await database.transact((tx) =>
    addDoNotCall(tx, [
      { ...entry, phone: "+8613800000010" },
      { ...entry, phone: "+8613800000014", source: "lock" },
    ]),
  );

  const funnel = await campaignFunnelOf({ ...parts, random }, campaign, now);
  const { rows: leads } = await sql<{ id: number; name: string }>`
    select id, name from leads where list_id in (${list}, ${spent}) order by id`.execute(database.db);
  assert.deepEqual(counted(funnel), Object.fromEntries(leads.map((lead) => [lead.name, 1])));
  assert.equal(funnel.total, leads.length);
  assert.equal(funnel.nextDueAt, later.toISOString());
  for (const { id, name } of leads) {
    const reason = name as "done";
    const page = await leadsOfReason(parts, campaign, { reason, after: 0, pageSize: 50 }, now);
    assert.deepEqual(page, { ids: [id], next: null }, name);
    const [why] = await whyNotDialled(parts, id, now);
    assert.equal(why?.reason, name);
  }
  const from = async (name: string) =>
    (await whyNotDialled(parts, leads.find((lead) => lead.name === name)!.id, now))[0]!.from;
  assert.equal(await from("due-later"), later.toISOString());
  assert.equal(await from("outside-hours"), "2026-01-05T20:00:00.000Z");
  assert.equal(await from("attempt-limits"), new Date(now + 9 * 60_000).toISOString());
  assert.equal(await from("do-not-call"), null);
  // The agent signs in, and the lead is theirs.
  parts.agents.signIn({
    userId: ana,
    name: "Ana",
    sipUser: "ana",
    endpoint: "browser",
    deskId: "d",
    campaignIds: [campaign.id],
  });
  assert.equal(
    counted(await campaignFunnelOf({ ...parts, random }, campaign, now))["owner-absent"],
    undefined,
  );
});

test("a pool whose numbers rest is the reason, and says from when one can be shown", async () => {
  const list = await makeList("pool");
  await sql`insert into leads (list_id, phone, time_zone) values (${list}, '+8613800000020', 'Asia/Shanghai')`.execute(
    database.db,
  );
  const until = new Date(now + 1_800_000);
  const { rows } = await sql<{ id: number }>`
    insert into caller_id_pools (name) values ('pool') returning id`.execute(database.db);
  const poolId = rows[0]!.id;
  await sql`insert into caller_ids (number, pool_id, rest_until) values (${shownNumber}, ${poolId}, ${until})`.execute(
    database.db,
  );
  const campaign = await makeCampaign("pool", {
    listIds: [list],
    trunkIds: [trunkId],
    callerIdPoolId: poolId,
  });
  assert.deepEqual(counted(await campaignFunnelOf({ ...parts, random }, campaign, now)), { "caller-ids": 1 });
  const { ids } = await leadsOfReason(parts, campaign, { reason: "caller-ids", after: 0, pageSize: 5 }, now);
  const [why] = await whyNotDialled(parts, ids[0]!, now);
  assert.deepEqual([why!.reason, why!.from], ["caller-ids", until.toISOString()]);
});

test("many leads are judged by a sample whose interval holds the truth; the status counts stay exact", async () => {
  const list = await makeList("many");
  await sql`insert into leads (list_id, phone, time_zone, due_at, attempts, status)
    select ${list}, '+861590000' || lpad(n::text, 5, '0'), 'Asia/Shanghai',
      case when n % 4 = 0 then ${new Date(now + 60_000)}::timestamptz else '-infinity' end, 0,
      case when n % 10 = 1 then 'excluded' else 'ready' end
    from generate_series(1, 20000) n`.execute(database.db);
  const campaign = await makeCampaign("many", { listIds: [list] });
  const funnel = await campaignFunnelOf({ ...parts, random }, campaign, now);
  const of = (reason: string) => funnel.reasons.find((r) => r.reason === reason)!;
  assert.deepEqual([of("excluded").leads, of("excluded").exact], [2000, true]);
  assert.equal(of("due-later").exact, false);
  for (const [reason, truth] of [
    ["due-later", 5000],
    ["dialable", 13_000],
  ] as const)
    assert.ok(
      of(reason).low <= truth && truth <= of(reason).high && of(reason).high - of(reason).low < 3000,
      `${reason}: ${JSON.stringify(of(reason))}`,
    );
});

test("a campaign with no hours left anywhere claims nothing and says when each lead's hours begin", async () => {
  const list = await makeList("closed");
  await sql`insert into leads (list_id, phone, time_zone) values
    (${list}, '+8613700000001', 'Asia/Shanghai'), (${list}, '+8613700000002', 'Asia/Urumqi')`.execute(
    database.db,
  );
  const noHours = {
    monday: [],
    tuesday: [],
    wednesday: [],
    thursday: [],
    friday: [],
    saturday: [],
    sunday: [],
  };
  // It is Monday evening; the only hour of the week was this morning.
  const past = await makeCampaign("past", {
    listIds: [list],
    hours: { ...noHours, monday: [["09:00", "10:00"]] },
  });
  const never = await makeCampaign("never", { listIds: [list], hours: noHours });
  for (const campaign of [past, never]) {
    const zones = await callableZones(database.db, campaign, now);
    assert.deepEqual(zones, []);
    const claimed = await database.transact((tx) =>
      claimForCampaign(tx, campaign, { count: 10, now, zones }),
    );
    assert.deepEqual(claimed, []);
    assert.deepEqual(counted(await campaignFunnelOf({ ...parts, random }, campaign, now)), {
      "outside-hours": 2,
    });
  }
  const { rows } = await sql<{
    id: number;
  }>`select id from leads where list_id = ${list} order by id`.execute(database.db);
  const answers = await whyNotDialled(parts, rows[0]!.id, now);
  assert.deepEqual(
    answers.map((why) => [why.name, why.from, why.problems.includes("no-hours")]),
    [
      ["past", "2026-01-12T01:00:00.000Z", false],
      ["never", null, true],
    ],
  );
});
