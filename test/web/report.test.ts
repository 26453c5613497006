import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { newId } from "../../server/kernel/ids.ts";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

test("each figure of a report opens as many calls, by pointer or keyboard, and the table goes out as a file", async () => {
  await using bed = await callBed();
  const campaign = await bed.seed.campaign({ phones: [] });
  // 23:30 and 00:30 in Shanghai, where the company is; the browser stands in London.
  for (const [name, at, outcome] of [
    ["a", "2026-03-02T15:30:00Z", "connected"],
    ["b", "2026-03-02T15:40:00Z", "busy"],
    ["c", "2026-03-02T16:30:00Z", "connected"],
  ])
    await bed.database.pool.query(
      `insert into calls (id, direction, origin, state, outcome, campaign_id, phone, name, planned_at, dialled_at,
         answered_at, connected_at, ended_at, local_slot, phone_kind)
       values ($6, 'outbound', 'progressive', 'closed', $2, $3, '+8613800138000', $1, $4, $4, $5, $5,
         $4::timestamptz + interval '90 s',
         (extract(isodow from $4::timestamptz at time zone 'Asia/Shanghai') - 1) * 24
           + extract(hour from $4::timestamptz at time zone 'Asia/Shanghai'), 'mobile')`,
      [name, outcome, campaign.id, at, outcome === "connected" ? at : null, newId()],
    );
  await using office = await openOffice(bed, "mia", { role: "manager", language: "en" });
  const { page } = office;
  await office.open(`/reports?from=2026-03-01&to=2026-03-04&campaignId=${campaign.id}`);
  const row = page.getByRole("row", { name: /^2026-03-02/ });
  await row.waitFor();
  assert.deepEqual((await row.getByRole("cell").allTextContents()).slice(0, 6), [
    "2026-03-02",
    "2",
    "2",
    "1",
    "1",
    "50%",
  ]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByText("This table as CSV").click();
  const text = await readFile(await (await download).path(), "utf8");
  assert.match(
    text,
    /^\uFEFFDay,Attempts,.*\r\n2026-03-02,2,2,1,1,0,0,90,0,0.5,1,1,0,0,0,,0,1,,90,2,\r\n2026-03-03,1,/,
  );

  await row.getByRole("link", { name: "2" }).first().click();
  await page.getByText("2 in all").waitFor();
  assert.match(await page.locator(".ant-picker-range input").first().inputValue(), /2026-03-02/);
  await page.goBack();
  const cell = page.getByRole("link", { name: "Mon 23:00–23:59: 1 of 2 calls answered (50%)" });
  await cell.focus();
  await page.getByRole("tooltip").getByText("Between 1.3% and 98.7% with 95 % certainty").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("2 in all").waitFor();
  await page.getByText("Monday at 23:00 where they are").waitFor();
  await page.goBack();
  await page.getByText("Indicators", { exact: true }).last().click();
  await row.getByRole("link", { name: "100%" }).click();
  await page.getByText("1 in all").waitFor();
  await page.goBack();
  await page.getByRole("tab", { name: "Hour" }).click();
  await page
    .getByRole("row", { name: /^At 00:00/ })
    .getByRole("link", { name: "1" })
    .first()
    .click();
  await page.getByText("1 in all").waitFor();
  await page.getByRole("link", { name: /00:30:00/ }).click();
  await page.getByRole("heading", { name: "c", exact: true }).waitFor();
  assert.deepEqual(office.complaints, []);
});
