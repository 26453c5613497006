import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";

test("a colleague is found by name in the dial field and called; while they are busy they are waited for, and then it rings at both", async () => {
  await using bed = await callBed();
  const who = { ana: await browserAgent(bed, "ana"), ben: await browserAgent(bed, "ben") };
  await bed.database.db
    .updateTable("users")
    .set({ extension: "102" })
    .where("id", "=", who.ben.userId)
    .execute();
  const eve = await bed.agent("eve");
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await using ben = await openDesk(bed, "ben", { hz: 1100 });
  for (const desk of [ana, ben]) await takeDesk(desk);

  await ana.page.keyboard.press("/");
  await ana.page.keyboard.type("be");
  await ana.page.locator(".ant-select-item-option").filter({ hasText: "102" }).waitFor();
  await ana.page.keyboard.press("ArrowDown");
  await ana.page.keyboard.press("Enter");
  await ben.zone("电话").getByText("同事来电").waitFor();
  await ben.page.keyboard.press("y");
  await Promise.all([ana.until("talking"), ben.until("talking")]);
  await ana.browser.hears(1100);
  await ben.browser.hears(700);
  await ana.sees("ben");
  await ben.sees("ana");
  await ben.zone("客户").getByText("没有客户").waitFor();
  await ben.page.keyboard.press("e");
  await Promise.all([ana.until("paused"), ben.until("paused")]);

  await eve.work();
  await ben.page.keyboard.press("/");
  await ben.page.keyboard.type("eve");
  await ben.page.locator(".ant-select-item-option").filter({ hasText: "eve" }).click();
  await ben.until("talking");
  await ana.page.keyboard.press("/");
  await ana.page.keyboard.type("102");
  const busy = ana.page.locator(".ant-select-item-option").filter({ hasText: "遇忙回叫" });
  await busy.click();
  await ana.zone("电话").getByText("等待 ben 空闲").waitFor();
  await ben.page.keyboard.press("e");
  await ben.until("paused");
  await ana.zone("电话").getByText("现在空闲，可以呼叫").waitFor();
  await ana.press("呼叫");
  await ben.press("接听");
  await ana.browser.hears(1100);
  await ben.browser.hears(700);
  await ana.page.keyboard.press("Alt+e");
  await Promise.all([ana.until("paused"), ben.until("paused")]);
  assert.deepEqual([ana.browser.errors, ben.browser.errors], [[], []]);
});
