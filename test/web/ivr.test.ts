import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { IvrFlowDetail } from "../../shared/ivr/flow.ts";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { pageFaults } from "../kit/page-faults.ts";
import { until } from "../kit/until.ts";

/** Lines are drawn in pictures without names: what has a name is the line in each. */
const drawingFaults = async (page: Page) =>
  (await pageFaults(page, { language: "en", theme: "light" })).filter(
    (fault) => !/read out as - img:?$/.test(fault),
  );

test("a flow is drawn by keyboard, found faulty, published, changed and rolled back", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  const flow = async (): Promise<IvrFlowDetail> => {
    const { items } = await bed.manager.ask("GET", "/ivr/flows");
    return bed.manager.ask("GET", `/ivr/flows/${items[0].id}`);
  };
  const kinds = async () => (await flow()).document.blocks.map(({ kind }) => kind);
  const saved = () =>
    page
      .getByRole("status")
      .filter({ hasText: /^Saved$/ })
      .waitFor();

  await office.open("/ivr");
  await page.getByText("No flows yet.").waitFor();
  await page.getByRole("button", { name: "New flow" }).first().press("Enter");
  await page.keyboard.type("Service");
  await page.keyboard.press("Enter");
  const problems = page.getByRole("region", { name: /keeps it from being published/ });
  await problems.waitFor();
  assert.equal(await page.getByRole("button", { name: "Publish" }).isDisabled(), true);
  // A fault leads to its block, and the block's form takes the words.
  await problems.getByRole("button", { name: /Greeting/ }).press("Enter");
  await page.getByRole("textbox", { name: "What is said: Chinese" }).fill("Welcome to Waihu.");
  await page.getByText("Nothing keeps it from being published.").waitFor();

  const connect = async (exit: string | RegExp, to: string) => {
    const exits = page.getByRole("group", { name: "Exits lead to" });
    await exits.getByRole("combobox", { name: exit }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type(to);
    await page.keyboard.press("Enter");
  };

  // A menu behind the greeting, a queue behind its first key, all by keys.
  const add = async (kind: string) => {
    await page.getByRole("heading", { level: 2 }).click();
    await page.keyboard.press("a");
    const field = page.getByRole("combobox", { name: /Which block/ });
    await field.fill(kind);
    await field.press("Enter");
    await field.waitFor({ state: "detached" });
  };
  await connect("then", "+ a new");
  const field = page.getByRole("combobox", { name: /Which block/ });
  await field.fill("menu");
  await field.press("Enter");
  await page.getByRole("textbox", { name: "What is said: Chinese" }).fill("For an agent press 1.");
  await page.getByRole("textbox", { name: "Meaning of key 1" }).fill("Agent");
  await add("queue");
  await until("the menu leads to the queue", async () => {
    const menu = (await flow()).document.blocks.find(({ kind }) => kind === "menu");
    return menu?.exits["1"] === "queue1";
  });
  await connect("no answer in time", "Hang up");
  // Back to the menu: on the drawing, by keys.
  const block = (name: string | RegExp) => page.getByRole("group", { name });
  await block(/^Menu/).focus();
  await page.keyboard.press("Enter");
  for (const exit of ["Key 2", "no answer in time", "not understood"]) await connect(exit, "Hang up");
  await page.getByText("Nothing keeps it from being published.").waitFor();
  await saved();
  const before = (await flow()).document.blocks.find(({ kind }) => kind === "queue")!;
  await block(/^Queue/).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await until("the block was moved", async () => {
    const queue = (await flow()).document.blocks.find(({ kind }) => kind === "queue")!;
    return queue.y > before.y;
  });
  assert.deepEqual(await drawingFaults(page), [], "the drawing");

  const publish = async (note: string) => {
    await saved();
    await page.getByRole("button", { name: "Publish" }).press("Enter");
    await page.getByRole("dialog").getByRole("textbox").fill(note);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await publish("first");
  await page.getByText("Version 1").first().waitFor();
  await page.keyboard.press("Escape");

  // A block goes, comes back by undo, and goes again; a second version, and the way back.
  await block(/^Queue/).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Delete");
  await block(/^Queue/).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await block(/^Queue/).waitFor();
  await page.getByRole("button", { name: "Redo" }).press("Enter");
  await block(/^Queue/).waitFor({ state: "detached" });
  await problems.getByRole("button", { name: /Menu/ }).press("Enter");
  await connect(/1 · Agent/, "Hang up");
  await publish("without a queue");
  await page.getByText("Version 2").first().waitFor();
  assert.deepEqual(await kinds(), ["greeting", "hang-up", "menu"]);
  await page.getByRole("button", { name: "Versions" }).press("Enter");
  const versions = page.getByRole("dialog");
  await versions.getByText("first").waitFor();
  await versions.getByRole("button", { name: "What differs" }).nth(1).press("Enter");
  await versions.getByText("Gone: Queue").waitFor();
  assert.deepEqual(await drawingFaults(page), [], "the versions");
  await versions.getByRole("button", { name: "Roll back to it" }).press("Enter");
  await until("the first version is in force", async () => (await flow()).version?.number === 1);
  assert.deepEqual(office.complaints, []);
});
