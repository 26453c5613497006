import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { type CampaignInput, campaignInput } from "../../../shared/campaigns.ts";
import { aroundTheClock } from "../../../shared/week.ts";
import { testDatabase } from "../../../test/kit/database.ts";
import { candidateOf } from "../calls/index.ts";
import { campaignTemplateIn, claimForCampaign, createCampaign } from "../campaigns/index.ts";
import { decideCalls } from "../compliance/index.ts";
import { planOf } from "./plan-of.ts";

const now = Date.UTC(2026, 0, 5, 10);
const zones = ["Asia/Shanghai"];

test("until reached: neither the claim nor the gate stops at the attempts for each lead", async () => {
  await using database = await testDatabase();
  const { rows } = await sql<{ id: number }>`
    with list as (insert into lists (name, country, columns) values ('list', 'CN', '[]') returning id)
    insert into leads (list_id, phone, time_zone, attempts) select id, '+8613800000001', ${zones[0]}, 7 from list
    returning list_id as id`.execute(database.db);
  /** The leads claimed for a campaign with these rules, and what refuses each; undone afterwards. */
  const dial = async (retries: CampaignInput["retries"], attempts: number) => {
    await sql`update leads set attempts = ${attempts}`.execute(database.db);
    const result: string[][] = [];
    const undo = new Error("undone");
    const work = database.transact(async (tx) => {
      const campaign = await createCampaign(
        tx,
        campaignInput.parse({
          ...campaignTemplateIn("en"),
          name: "campaign",
          mode: "progressive",
          hours: aroundTheClock,
          attempts: { perLead: 3, perNumberPerDay: 9, minGapMs: 0 },
          retries,
          listIds: [rows[0]!.id],
        }),
        null,
      );
      const leads = await claimForCampaign(tx, campaign, { count: 5, now, zones });
      const candidates = leads.map((lead) => candidateOf(planOf(lead, campaign, "progressive", null)));
      for (const { decision } of await decideCalls(tx, candidates, now))
        result.push(decision.reasons.flatMap((reason) => (reason.allowed ? [] : [reason.rule])));
      throw undo;
    });
    await assert.rejects(work, undo);
    return result;
  };
  const rule = { delayMs: 60_000, tries: 2 };
  assert.deepEqual(await dial({ "no-answer": rule }, 2), [[]], "below the limit");
  assert.deepEqual(await dial({ "no-answer": rule }, 7), [], "the limit ends it");
  assert.deepEqual(await dial({ "no-answer": { ...rule, untilReached: true } }, 7), [[]], "no limit ends it");
});
