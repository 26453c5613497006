import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";
import { openOffice } from "../kit/office-page.ts";
import { pageFaults } from "../kit/page-faults.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { until } from "../kit/until.ts";

const look = { language: "en", theme: "light" } as const;

test("a manager writes a survey and what callers hear; an agent sends a caller to it, and the answer is in the report", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await browserAgent(bed, "ana");
  const queues = queueBed(bed);
  const line = await queues.queue("Line", [], { members: [{ userId: ana.userId, rank: 1 }] });
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;

  // What callers hear while they wait.
  await office.open("/queues");
  await page.getByRole("button", { name: "Line", exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "What callers hear and can do" }).click();
  await form.getByRole("switch", { name: "Tell the place in line" }).press("Space");
  await form.getByRole("switch", { name: "Tell the expected wait" }).press("Space");
  assert.deepEqual(await pageFaults(page, look), [], "the queue's form");
  await form.getByRole("button", { name: "Save" }).click();
  await until("what callers hear is kept", async () => {
    const { waiting } = await bed.manager.ask("GET", `/queues/${line.id}`);
    return waiting.tellsPlace && waiting.tellsWait;
  });

  // A survey for that queue, by the button alone.
  await office.open("/satisfaction?tab=surveys");
  await page.getByRole("button", { name: "New survey" }).press("Enter");
  await page.keyboard.type("Service");
  const place = page.getByRole("dialog").getByRole("combobox", { name: "When the agent sends them to it" });
  assert.deepEqual(await pageFaults(page, look), [], "the survey's form");
  await place.focus();
  await page.keyboard.type("Line");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await until("the survey is asked there", async () => {
    const { items } = await bed.manager.ask("GET", "/surveys");
    return items[0]?.uses[0]?.queueId === line.id && items[0].uses[0].when === "agent";
  });

  await using desk = await openDesk(bed, "ana", { hz: 500 });
  await takeDesk(desk);
  await desk.press("就绪");
  const call = queues.callIn(line.phone);
  await desk.until("talking");
  await desk.page.getByRole("button", { name: "转评价" }).click();
  await desk.until("ready");
  // The question may still be said: a key ends it.
  call.stream!.sendDtmf("4");
  await call.until("ended");
  await queues.over(call);

  await office.open("/satisfaction");
  await page.getByRole("row", { name: /^ana 1 1/ }).waitFor();
  await page.getByText("4: 1").waitFor();
  await page.getByRole("row", { name: /^ana/ }).getByText("75%").waitFor();
  await page.getByText("In flows", { exact: true }).click();
  await page.getByText("Nobody was asked in these days.").waitFor();
  await page.getByText("By queue", { exact: true }).click();
  await page.getByRole("button", { name: "Line" }).click();
  await page.getByRole("dialog").getByRole("row").filter({ hasText: "ana" }).getByRole("link").click();
  await page.getByText(call.from.slice(-4)).first().waitFor();
  assert.deepEqual(office.complaints, []);
  assert.deepEqual(desk.browser.errors, []);
});
