import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { person } from "../kit/person.ts";
import { until } from "../kit/until.ts";

test("a diary by keyboard: made, moved and put back, rested, handed over with a word why; the customer's clock beside ours", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "ana", { role: "agent", language: "en" });
  const { page } = office;
  const bo = await person(bed.database, bed.server.url, "bo", "agent");
  const campaign = await bed.seed.campaign({ phones: ["+8613800138401"], agents: [] });
  const { pool } = bed.database;
  await pool.query("insert into campaign_agents (campaign_id, user_id) values ($1, $2), ($1, $3)", [
    campaign.id,
    office.userId,
    bo.userId,
  ]);
  await pool.query(
    `insert into callbacks (campaign_id, phone, user_id, due_at, promised_at, time_zone, note)
     values ($1, '+14155550100', $2, '2030-01-09 11:00+08', '2030-01-09 11:00+08', 'America/Los_Angeles', 'renewal'),
       ($1, '+14155550101', $2, now() - interval '2 hours', now() - interval '2 hours', 'America/Los_Angeles', 'late')`,
    [campaign.id, office.userId],
  );
  const entry = async () => {
    const { rows } = await pool.query("select starts_at, reminded_at, snoozed_until from diary_entries");
    return rows[0] as { starts_at: Date; snoozed_until: Date | null };
  };
  // A Wednesday.
  await office.open("/diary?day=2030-01-09");
  await page.getByRole("alert").getByText("1 is overdue").waitFor();
  await page.keyboard.press("n");
  await page.getByLabel("When").fill("2030-01-09T10:00");
  await page.getByLabel("Title").fill("Dentist");
  await page.keyboard.press("Enter");
  const block = page.locator("[data-diary^=entry]");
  await block.first().waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const { starts_at: before } = await entry();

  await block.first().focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByRole("status").getByText("Enter puts it there").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("status").getByText("Not moved").waitFor();
  assert.deepEqual((await entry()).starts_at, before);
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Enter");
  await until("it stands half an hour earlier", async () => {
    const { starts_at: now } = await entry();
    return before.getTime() - now.getTime() === 30 * 60_000;
  });

  const promise = page.locator("[data-diary^=callback]").first();
  assert.match((await promise.getAttribute("aria-label")) ?? "", /Callback, .*at the customer's/);
  await promise.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await drawer.getByText("America/Los_Angeles").waitFor();
  await drawer.getByRole("button", { name: "Hand over" }).focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog").filter({ hasText: "Why" }).last();
  await form.getByRole("combobox").fill("bo");
  await page.keyboard.press("Enter");
  await form.getByLabel("Why").fill("on leave");
  await page.keyboard.press("Enter");
  await until("it is the colleague's", async () => {
    const { rows } = await pool.query(
      "select b.user_id, h.why from callbacks b join diary_history h on h.callback_id = b.id",
    );
    return rows[0]?.user_id === bo.userId && rows[0].why === "on leave";
  });
  await promise.waitFor({ state: "detached" });

  await block.first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "in 15 minutes" }).focus();
  await page.keyboard.press("Enter");
  await until("its reminder rests", async () => (await entry()).snoozed_until);
  assert.deepEqual(office.complaints, []);
});
