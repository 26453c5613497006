import "./tables.ts";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../../test/kit/database.ts";
import { type CampaignInput, campaignInput } from "../../../shared/campaigns.ts";
import type { AppError } from "../../kernel/errors.ts";
import { ensureTrunk } from "../trunks/index.ts";
import { trunkInput } from "../../../shared/trunks.ts";
import { noQuota } from "../../../shared/list-mix.ts";
import { claimForCampaign } from "./claim-for-campaign.ts";
import { quotasReached } from "./list-mix.ts";
import { foldTallies, listTallies } from "./queries-tallies.ts";
import { listCampaigns, runningCampaigns } from "./queries.ts";
import { dispositionPath, findDisposition } from "./queries-dispositions.ts";
import { commandCampaign } from "./run-campaign.ts";
import { changeCampaign, copyCampaign, createCampaign, requireCampaign } from "./save-campaign.ts";
import { campaignTemplateIn } from "./templates.ts";

// A Monday, 18:00 in Shanghai, 05:00 in New York.
const now = Date.UTC(2026, 0, 5, 10);
let database: TestDatabase;
let agentId: number;
let trunkId: number;
let listId: number;

before(async () => {
  database = await testDatabase();
  const users = await sql<{ id: number }>`insert into users (login, name, role, password_hash)
    values ('ana', 'Ana', 'agent', '') returning id`.execute(database.db);
  agentId = users.rows[0]!.id;
  const trunk = trunkInput.parse({ name: "carrier", host: "127.0.0.1", country: "CN" });
  trunkId = await database.transact((tx) => ensureTrunk(tx, trunk));
  const list = await database.db
    .insertInto("lists")
    .values({ name: "list", country: "CN", columns: "[]" })
    .returning("id")
    .executeTakeFirstOrThrow();
  listId = list.id;
});
after(() => database[Symbol.asyncDispose]());

const given = (name: string, change: Partial<CampaignInput> = {}): CampaignInput =>
  campaignInput.parse({ ...campaignTemplateIn("en"), name, mode: "progressive", ...change });
const create = (input: CampaignInput) => database.transact((tx) => createCampaign(tx, input, null));
const command = (id: number, word: Parameters<typeof commandCampaign>[2]) =>
  database.transact((tx) => commandCampaign(tx, id, word, new Date(now)));
const refusal =
  (code: string, detail: Record<string, unknown> = {}) =>
  (error: AppError) => {
    assert.equal(error.code, code);
    for (const [key, value] of Object.entries(detail)) assert.deepEqual(error.detail[key], value);
    return true;
  };

test("a campaign says all it lacks, starts when it lacks nothing, and takes only fitting commands", async () => {
  const { id } = await create(given("empty", { dispositions: [], hours: campaignTemplateIn("zh").hours }));
  const missing = ["no-lists", "no-trunks", "no-agents", "no-dispositions"];
  await assert.rejects(command(id, "start"), refusal("campaign-not-ready", { missing }));
  const input = given("empty", { listIds: [listId], trunkIds: [trunkId], agentIds: [agentId] });
  await database.transact((tx) => changeCampaign(tx, id, input));
  await assert.rejects(command(id, "start"), refusal("campaign-not-ready", { missing: ["no-leads"] }));
  await sql`insert into leads (list_id, phone, time_zone) values (${listId}, '+8613800000001', 'Asia/Shanghai')`.execute(
    database.db,
  );
  assert.equal(await command(id, "start"), "running");
  assert.deepEqual(
    (await runningCampaigns(database.db)).map((campaign) => campaign.id),
    [id],
  );
  await assert.rejects(command(id, "delete"), refusal("campaign-command-refused", { status: "running" }));
  assert.equal(await command(id, "pause"), "paused");
  assert.equal(await command(id, "delete"), "deleted");
  assert.equal((await listCampaigns(database.db, { page: 1, pageSize: 50, search: "empty" })).total, 0);
  await create(given("empty"));
});

test("dispositions keep their ids through a change; those left out are archived, not lost", async () => {
  const campaign = await create(given("tree"));
  const [interested, ...others] = campaign.dispositions;
  const [sold] = interested!.children;
  const changed = await database.transact((tx) =>
    changeCampaign(tx, campaign.id, {
      ...given("tree"),
      dispositions: [
        others[0]!,
        { ...interested!, label: "Keen", children: [{ ...sold!, label: "Bought" }] },
        { label: "New", effect: "done", success: false, children: [] },
      ],
    }),
  );
  assert.deepEqual(
    changed.dispositions.map((node) => [node.label, node.id === undefined]),
    [
      [others[0]!.label, false],
      ["Keen", false],
      ["New", false],
    ],
  );
  assert.equal(changed.dispositions[1]!.id, interested!.id);
  assert.deepEqual(await dispositionPath(database.db, sold!.id!), ["Keen", "Bought"]);
  const gone = await findDisposition(database.db, others[1]!.id!);
  assert.equal(gone?.label, others[1]!.label);
});

test("a copy is a draft of its own, with other dispositions and without lists", async () => {
  const original = await create(given("original", { listIds: [listId], agentIds: [agentId] }));
  const copy = await database.transact((tx) => copyCampaign(tx, original.id, "copy", null));
  assert.equal(copy.status, "draft");
  assert.deepEqual([copy.listIds, copy.agentIds], [[], [agentId]]);
  assert.equal(copy.dispositions.length, original.dispositions.length);
  assert.notEqual(copy.dispositions[0]!.id, original.dispositions[0]!.id);
  assert.equal((await requireCampaign(database.db, original.id)).dispositions.length, 5);
});

test("what cannot be saved is refused by name, before the database is asked", async () => {
  await create(given("taken"));
  await assert.rejects(create(given("taken")), refusal("campaign-name-taken"));
  await assert.rejects(
    create(given("x", { listIds: [listId, 999] })),
    refusal("campaign-unknown-lists", { ids: [999] }),
  );
  await assert.rejects(
    create(given("x", { hours: { ...given("x").hours, monday: [["12:00", "09:00"]] } })),
    refusal("campaign-hours-empty-span", { weekday: "monday" }),
  );
  const field = { key: "a", label: "A", type: "text" as const, required: false, options: [] };
  await assert.rejects(
    create(given("x", { form: [field, field] })),
    refusal("campaign-form-key-repeated", { key: "a" }),
  );
});

test("a campaign mixes its lists by weight, stops one at its quota, and the rest makes up for it", async () => {
  const lists = await database.db
    .insertInto("lists")
    .values(["gold", "silver", "short"].map((name) => ({ name, country: "CN", columns: "[]" })))
    .returning("id")
    .execute();
  const [gold, silver, short] = lists.map((list) => list.id) as [number, number, number];
  for (const [list, leads] of [
    [gold, 100],
    [silver, 100],
    [short, 2],
  ] as const)
    await sql`insert into leads (list_id, phone, time_zone)
      select ${list}, '+861370000' || lpad((${list} * 1000 + n)::text, 6, '0'), 'Asia/Shanghai'
      from generate_series(1, ${leads}::integer) n`.execute(database.db);
  const mix = {
    order: "mix" as const,
    lists: [
      { listId: gold, weight: 6, quota: { ...noQuota, dials: 20 } },
      { listId: silver, weight: 3, quota: { ...noQuota, successes: 1 } },
      { listId: short, weight: 1, quota: noQuota },
    ],
  };
  const campaign = await create(given("mixed", { listIds: [gold, silver, short], listMix: mix }));
  const zones = ["Asia/Shanghai"];
  const dialled: { id: string; listId: number }[] = [];
  /** Claims `count` leads and dials them, as the calls feature does. */
  const round = async (count: number): Promise<number[]> => {
    const leads = await database.transact((tx) => claimForCampaign(tx, campaign, { count, now, zones }));
    for (const lead of leads) {
      // Written as dialled at once.
      const at = new Date(now);
      await sql`insert into calls (id, direction, origin, state, campaign_id, list_id, lead_id, phone, planned_at,
          dialled_at)
        values (${lead.callId}, 'outbound', 'progressive', 'dialling', ${campaign.id}, ${lead.listId}, ${lead.id},
          ${lead.phone}, ${at}, ${at})`.execute(database.db);
      dialled.push({ id: lead.callId, listId: lead.listId });
    }
    return [gold, silver, short].map((list) => leads.filter((lead) => lead.listId === list).length);
  };
  assert.deepEqual(await round(10), [6, 3, 1]);
  assert.deepEqual(await round(10), [6, 3, 1]);
  // The short list is empty and the others share its part; gold comes to its quota of 20 and no further.
  assert.deepEqual(await round(10), [7, 3, 0]);
  assert.deepEqual(await round(10), [1, 9, 0]);
  const success = (await requireCampaign(database.db, campaign.id)).dispositions[0]!.children[0]!.id;
  const sold = dialled.find((call) => call.listId === silver)!.id;
  await sql`update calls set disposition_id = ${success} where id = ${sold}`.execute(database.db);
  await database.transact(foldTallies);
  const tallies = await listTallies(database.db, campaign, now);
  assert.deepEqual(
    tallies.map((tally) => [tally.dials, tally.dialsPerDay, tally.successes, quotasReached(mix, tally)]),
    [
      [20, 20, 0, ["dials"]],
      [18, 18, 1, ["successes"]],
      [2, 2, 0, []],
    ],
  );
  assert.deepEqual(await round(10), [0, 0, 0]);
});
