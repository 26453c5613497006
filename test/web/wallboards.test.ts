import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { tcpRelay } from "../kit/tcp-relay.ts";

test("a board is composed by keyboard and shown by its link: changes come by push, a lost server is told and comes back, a revoked link shows nothing", async () => {
  await using bed = await callBed({ ownProcess: true });
  const ana = await bed.agent("ana");
  await using office = await openOffice(bed, "mia", { role: "manager", language: "en" });
  const { page } = office;
  const keys = page.keyboard;
  await office.open("/wallboards");
  await page.getByRole("button", { name: "New board" }).focus();
  await keys.press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("Hall");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).focus();
  await keys.press("Enter");
  await page.getByRole("heading", { name: "Hall", level: 1 }).waitFor();
  const widget = (name: RegExp) => page.getByRole("group", { name });
  await widget(/^Ready, 2 of 11, 3 by 2/).focus();
  await keys.press("ArrowLeft");
  await widget(/^Ready, 1 of 11/).waitFor();
  await keys.press("Shift+ArrowRight");
  await widget(/^Ready, 1 of 11, 4 by 2/).waitFor();
  await widget(/^Campaigns today/).focus();
  await keys.press("Delete");
  await widget(/^Ready, 1 of 10/).waitFor();
  await page.getByRole("button", { name: "Add widget" }).focus();
  await keys.press("Enter");
  await page.getByRole("menuitem", { name: "Text" }).focus();
  await keys.press("Enter");
  const settings = page.getByRole("region", { name: "Widget settings" });
  await settings.getByLabel("Text", { exact: true }).fill("Welcome");
  await page.getByRole("button", { name: "Save" }).focus();
  await keys.press("Enter");
  await page.getByText("Saved", { exact: false }).first().waitFor();

  await page.getByLabel("Name", { exact: true }).fill("Hall, east");
  const trail = page.getByRole("main").getByRole("link", { name: "Wallboards" });
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await trail.click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Hall, east", "nothing is lost");
  await trail.click();
  await question.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("link", { name: "Hall", exact: true }).waitFor();
  // Without a board there is nothing to show, and the button is disabled.
  await page.getByRole("link", { name: "Hall" }).waitFor();
  await page.getByRole("button", { name: "New screen" }).focus();
  await keys.press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("East");
  await page.getByLabel("Boards, by turns").focus();
  await keys.press("ArrowDown");
  await page.locator(".ant-select-item-option", { hasText: "Hall" }).waitFor();
  await keys.press("Enter");
  await page.locator(".ant-select-selection-item", { hasText: "Hall" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const link = new URL((await page.getByTestId("wall-link").textContent())!.trim());
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();

  const at = { host: "127.0.0.1", port: Number(new URL(bed.server.url).port) };
  await using way = await tcpRelay(at);
  await using browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: "zh-CN" });
  const wall = await context.newPage();
  wall.setDefaultTimeout(60_000);
  await wall.goto(`http://127.0.0.1:${way.port}/wall${link.hash}`);
  const ready = wall.getByRole("region", { name: "Ready", exact: true });
  await ready.getByText("0", { exact: true }).waitFor();
  await wall.getByText("Welcome").waitFor();
  await ana.work();
  await ready.getByText("1", { exact: true }).waitFor();

  assert.deepEqual(office.complaints, []);
  way.cut();
  await bed.crash();
  await wall.getByRole("alert").getByText("No connection since").waitFor();
  await ready.getByText("1", { exact: true }).waitFor();
  at.port = Number(new URL(bed.server.url).port);
  way.mend();
  await wall.getByRole("alert").waitFor({ state: "detached" });
  // The new server signed everybody out.
  await ready.getByText("0", { exact: true }).waitFor();

  const { rows } = await bed.database.pool.query("select id from wall_screens");
  const { headers } = bed.manager;
  const address = `${bed.server.url}/api/v1/wall-screens/${rows[0].id}`;
  const revoked = await fetch(address, { method: "DELETE", headers });
  assert.equal(revoked.status, 204);
  await wall.getByRole("heading", { name: "This link is no longer valid" }).waitFor();
  assert.equal(await ready.count(), 0);
});
