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

test("a flow is drawn, published and rolled back by mouse; its figures and its callers are drawn on it", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  const document = {
    start: "hello",
    blocks: [
      { kind: "greeting", id: "hello", speech: { zh: "Hello" }, exits: { next: "bye" }, x: 0, y: 0 },
      { kind: "hang-up", id: "bye", x: 560, y: 0 },
    ],
  };
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Line", document });
  const flow = (): Promise<IvrFlowDetail> => bed.manager.ask("GET", `/ivr/flows/${id}`);
  await office.open(`/ivr/${id}`);
  const node = (name: string) => page.locator(`.react-flow__node[data-id="${name}"]`);
  await node("bye").waitFor();

  const publish = async (note: string) => {
    await page
      .getByRole("status")
      .filter({ hasText: /^Saved$/ })
      .waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill(note);
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await publish("short");

  const board = page.locator(".react-flow__pane");
  await page
    .getByRole("button", { name: "Menu", exact: true })
    .dragTo(board, { targetPosition: { x: 300, y: 420 } });
  await node("menu1").waitFor();
  await page.getByRole("textbox", { name: "What is said: Chinese" }).fill("Press 1 or 2.");
  /** From an exit of one block to another block. */
  const draw = async (from: string, exit: string, to: string) => {
    const start = (await node(from).locator(`[data-handleid="${exit}"]`).boundingBox())!;
    const end = (await node(to).locator(".react-flow__handle-left").boundingBox())!;
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(start.x + 40, start.y + 20, { steps: 3 });
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
    await page.mouse.up();
  };
  await draw("hello", "next", "menu1");
  for (const exit of ["1", "2", "timeout", "invalid"]) await draw("menu1", exit, "bye");
  await page.getByText("Nothing keeps it from being published.").waitFor();
  await publish("with a menu");
  const drawn = (await flow()).document.blocks.find(({ kind }) => kind === "menu")!;
  assert.deepEqual(drawn.exits, { "1": "bye", "2": "bye", timeout: "bye", invalid: "bye" });

  await bed.manager.ask("PUT", "/inbound-routes", {
    items: [{ phone: "+8675512346098", target: { type: "flow", id } }],
  });
  const call = bed.carrier.callIn({
    from: "+8613800138812",
    to: "+8675512346098",
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }],
  });
  await node("menu1").getByTitle("1 caller is here now").waitFor();
  call.hangup();
  await page.getByTitle("1 caller is here now").waitFor({ state: "detached" });
  await page.getByRole("combobox", { name: "Figures" }).click();
  await page.getByText("Last day", { exact: false }).click();
  await node("menu1").getByTitle("Hung up here").waitFor();

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Roll back to it" }).click();
  await until("the first version is in force", async () => (await flow()).version?.number === 1);
  assert.deepEqual(office.complaints, []);
});
