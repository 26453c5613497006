import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { campaignInput } from "../../../shared/campaigns.ts";
import { abandonRule } from "../../../shared/rule-packs.ts";
import { aroundTheClock } from "../../../shared/week.ts";
import { testDatabase } from "../../../test/kit/database.ts";
import { campaignTemplateIn, createCampaign } from "../campaigns/index.ts";
import { createAbandonWindows } from "./abandon-windows.ts";
import type { DialledCampaign } from "./campaign-cache.ts";

const hourMs = 3_600_000;
const law = (rule: object) => abandonRule.parse({ maxShare: 0.03, source: "law", ...rule });

test("abandoned calls count in each law's own window, and what happens since is counted anew", async () => {
  await using database = await testDatabase();
  let now = Date.UTC(2026, 9, 20, 12);
  const campaign = await database.transact((tx) =>
    createCampaign(
      tx,
      campaignInput.parse({
        ...campaignTemplateIn("en"),
        name: "campaign",
        mode: "ratio",
        hours: aroundTheClock,
      }),
      null,
    ),
  );
  let calls = 0;
  /** Answered calls of so many hours ago; `connected`: an agent took them. */
  const answered = async (
    count: number,
    hoursAgo: number,
    call: { connected?: boolean; abandoned?: boolean },
  ) => {
    const at = new Date(now - hoursAgo * hourMs);
    const first = calls;
    calls += count;
    await sql`insert into calls (id, phone, direction, origin, state, campaign_id, planned_at, answered_at, connected_at,
        abandoned, outcome)
      select 'call-' || n, '+441632960000', 'outbound', 'ratio', 'closed', ${campaign.id}, ${at}, ${at},
        ${call.connected ? at : null}, ${call.abandoned ?? false}, ${call.connected ? "connected" : "abandoned"}
      from generate_series(${first}::integer, ${calls - 1}::integer) as n`.execute(database.db);
  };
  const entry = {
    campaign,
    abandonLaw: [
      law({ windowHours: 720, window: "campaign-periods" }),
      law({ windowHours: 24, window: "calendar-day", timeZone: "Europe/London", formula: "ofcom" }),
      law({ windowHours: 24 }),
    ],
    zones: [],
    ready: 0,
    emptyUntil: 0,
  } satisfies DialledCampaign;
  const windows = createAbandonWindows({ db: database.db, clock: { now: () => now } as never });
  const counts = async () => {
    await windows.prepare([entry]);
    return windows.at(campaign.id).map(({ answers, abandons }) => [answers, abandons]);
  };
  // The first period of 30 days is over; the second began five days ago.
  await answered(10, 35 * 24, { connected: true });
  await answered(4, 20 * 24, { abandoned: true });
  await answered(20, 3 * 24, { connected: true });
  await answered(5, 20, { connected: true });
  await answered(3, 1, { connected: true });
  // An agent came, but too late.
  await answered(1, 0.5, { connected: true, abandoned: true });
  assert.deepEqual(await counts(), [
    [29, 1],
    [4, 1],
    [9, 1],
  ]);
  await answered(2, 0, { abandoned: true });
  assert.deepEqual((await counts())[1], [4, 1], "a moment ago is known");
  now += 6_000;
  assert.deepEqual((await counts())[1], [6, 3]);
  now += 12 * hourMs;
  assert.deepEqual((await counts())[1], [0, 0], "midnight has passed in London");
});
