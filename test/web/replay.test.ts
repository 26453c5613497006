import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

test("a manager plays a past day again with half as many agents, and sees both days in a chart and side by side", async () => {
  await using bed = await callBed();
  const campaign = await bed.seed.campaign({ phones: ["+8613900000000"] });
  await using office = await openOffice(bed, "olga", { role: "manager", language: "en" });
  const { page } = office;
  await office.open(`/campaigns/${campaign.id}`);
  await page.getByRole("link", { name: "What if?" }).click();
  await page.getByRole("combobox", { name: "Day" }).click();
  await page.getByText("The campaign has dialled nothing by itself yet.").waitFor();

  // Two agents, two hours of yesterday: each 100 s a call that rings out, and for each agent a talk of 50 s.
  const { rows } = await bed.database.pool.query<{ day: string }>(
    `with people as (
       insert into users (login, name, role, password_hash) values ('a1', 'A', 'agent', ''), ('a2', 'B', 'agent', '')
       returning id),
     begun as (
       select (date_trunc('day', now() at time zone 'Asia/Shanghai') - interval '15 h') at time zone 'Asia/Shanghai' as at),
     present as (
       insert into agent_events (user_id, at, state, cause)
       select p.id, b.at + n * interval '1 min', state, 'test' from people p, begun b,
         (values (-10, 'connecting'), (-9, 'ready'), (120, 'offline')) as of_day (n, state)),
     dialled as (
       insert into calls (id, direction, origin, state, phone, campaign_id, agent_user_id, planned_at, dialled_at,
         answered_at, connected_at, ended_at, wrap_ended_at, outcome)
       select 'rung ' || n, 'outbound', 'progressive', 'closed', '+8613900000000', $1::integer, null::integer, a.at, a.at,
         null::timestamptz, null::timestamptz, a.at + interval '32 s', null::timestamptz, 'no-answer'
       from generate_series(0, 71) n, begun b, lateral (select b.at + n * interval '100 s' as at) a
       union all
       select 'talk ' || n || ' ' || p.id, 'outbound', 'progressive', 'closed', '+8613900000001', $1, p.id, a.at, a.at,
         a.at + interval '8 s', a.at + interval '8 s', a.at + interval '58 s', a.at + interval '68 s', 'connected'
       from people p, generate_series(0, 71) n, begun b, lateral (select b.at + n * interval '100 s' + interval '32 s' as at) a)
     select ((at at time zone 'Asia/Shanghai')::date)::text as day from begun`,
    [campaign.id],
  );
  const day = rows[0]!.day;
  await page.reload();
  await page.getByRole("combobox", { name: "Day" }).click();
  await page.getByText(`${day} · 216 calls, 144 answered`).click();
  await page.getByLabel("Agents, of that day's").fill("50");
  await page.getByRole("button", { name: "Play the day" }).click();

  await page.getByRole("img", { name: "Occupancy (%) by half hour, both days" }).waitFor();
  const row = async (figure: string) => {
    const cells = await page
      .getByRole("row", { name: new RegExp(`^${figure} `) })
      .getByRole("cell")
      .allInnerTexts();
    return cells.slice(1, 3).map((text) => Number(text.replaceAll(",", "")));
  };
  assert.deepEqual((await row("Calls dialled"))[0], 216);
  const [were, are] = await row("Agents there, on average");
  assert.ok(were! > 1.9 && are! > 0.9 && are! < 1.1, `${were} agents, then ${are}`);
  const [talks, fewer] = await row("Talks");
  assert.ok(talks === 144 && fewer! > 30 && fewer! < 110, `${talks} talks, then ${fewer}`);
  await page.getByText("Calls dialled", { exact: true }).first().click();
  await page.getByRole("img", { name: "Calls dialled by half hour, both days" }).waitFor();
  assert.deepEqual(office.complaints, []);
});
