import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { pageFaults } from "../kit/page-faults.ts";
import { visits } from "../kit/queue-bed.ts";
import { until } from "../kit/until.ts";

test("a manager makes a skill and a queue by keyboard, leads a number there, and sees its caller wait", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  const choose = async (label: string, option: string) => {
    const box = page.getByRole("dialog").getByRole("combobox", { name: label });
    await box.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type(option);
    await page.keyboard.press("Enter");
  };

  await office.open("/queues?tab=skills");
  await page.getByText("No skills yet.").waitFor();
  await page.getByRole("button", { name: "New skill" }).press("Enter");
  await page.keyboard.type("English");
  await choose("Agents who have it", "ana");
  await page.getByRole("spinbutton", { name: "Level: ana" }).fill("7");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "English", exact: true }).waitFor();

  await office.open("/queues");
  await page.getByText("No queues yet.").waitFor();
  await page.getByRole("button", { name: "New queue" }).press("Enter");
  await page.keyboard.type("Service");
  await choose("Agents who serve it", "ana");
  await page.getByRole("spinbutton", { name: "Rank: ana" }).waitFor();
  const look = { language: "en", theme: "light" } as const;
  assert.deepEqual(await pageFaults(page, look), [], "the form");
  await page.getByRole("dialog").getByLabel("Most callers").fill("5");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Service", exact: true }).waitFor();
  const { items } = await bed.manager.ask("GET", "/queues");
  assert.deepEqual(
    [items.length, items[0].members, items[0].maxLength],
    [1, [{ userId: ana.userId, rank: 1 }], 5],
  );

  await office.open("/numbers");
  await page.getByRole("button", { name: "Add a number" }).press("Enter");
  await page.getByLabel("Dialled number").fill("12");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText("A whole number with its country code").waitFor();
  await page.getByLabel("Dialled number").fill("+8675512346099");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await until("the number leads there", async () => {
    const routes = await bed.manager.ask("GET", "/inbound-routes");
    return routes.items[0]?.target.id === items[0].id;
  });

  assert.deepEqual(await pageFaults(page, look), [], "the numbers");

  await office.open("/queues");
  const row = page.getByRole("row", { name: /goal 80/ });
  await row.getByText("0 ready · 0 busy · 0 paused").waitFor();
  const call = bed.carrier.callIn({
    from: "+8613800138811",
    to: "+8675512346099",
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }],
  });
  await row.getByRole("cell", { name: "1", exact: true }).first().waitFor();
  assert.deepEqual(await pageFaults(page, look), [], "the list");
  call.hangup();
  await until("the wait is over", async () => (await visits(bed))[0]?.how === "abandoned");
  await row.getByRole("cell", { name: "0", exact: true }).first().waitFor();
  await office.open("/inbound-reports");
  await page
    .getByRole("row", { name: /Service 1/ })
    .first()
    .waitFor();
  await page.getByText("The caller hung up while waiting.").waitFor();
  assert.deepEqual(await pageFaults(page, look), [], "the report");
  // A figure leads to its rows.
  await page
    .getByRole("row", { name: /In all Service/ })
    .getByRole("link", { name: "1" })
    .nth(1)
    .click();
  await page.getByRole("row").filter({ hasText: "8811" }).waitFor();
  assert.deepEqual(office.complaints, []);

  // A prompt that its callers hear is not deleted: who plays it is named, with the way there.
  const parts = [{ kind: "silence", ms: 300 }];
  const prompt = await bed.manager.ask("POST", "/prompts", { name: "Welcome", language: "en", parts });
  const { id, ...queue } = items[0];
  const waiting = { ...queue.waiting, greetingPromptId: prompt.id };
  await bed.manager.ask("PUT", `/queues/${id}`, { ...queue, waiting });
  await office.open("/sounds");
  await page.getByRole("row", { name: "Welcome" }).getByRole("button", { name: "Remove" }).click();
  await page
    .getByRole("dialog", { name: "Delete Welcome?" })
    .getByRole("button", { name: "Remove" })
    .press("Enter");
  const stays = page.getByRole("dialog", { name: "It is in use and stays" });
  await stays.getByText("queue, what callers hear and can do").waitFor();
  await page.getByRole("dialog", { name: "Delete Welcome?" }).waitFor({ state: "detached" });
  assert.deepEqual(await pageFaults(page, look), [], "who uses it");
  await stays.getByRole("link", { name: "Service" }).press("Enter");
  await stays.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Service", exact: true }).waitFor();
  assert.equal((await bed.manager.ask("GET", "/prompts")).total, 1);
  const refusals: readonly string[] = office.complaints;
  assert.ok(
    refusals.every((complaint) => complaint.includes("status of 409")),
    String(refusals),
  );
});
