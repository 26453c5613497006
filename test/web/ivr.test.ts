import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
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

const middle = async (what: Locator) => {
  const { x, y, width, height } = (await what.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};

/** Runs in the page: where a line is on the screen, a quarter of its way along. */
const aQuarterAlong = (line: string) => `(() => {
  const path = document.querySelector('[data-id="${line}"] .react-flow__edge-interaction');
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 4);
  const { a, d, e, f } = path.getScreenCTM();
  return { x: x * a + e, y: y * d + f };
})()`;

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
  /** From beside an exit's dot to anywhere over another block. */
  const draw = async (from: string, exit: string, to: Locator) => {
    const start = await middle(node(from).locator(`[data-handleid="${exit}"]`));
    const end = await middle(to);
    await page.mouse.move(start.x - 12, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 40, start.y + 20, { steps: 3 });
    await page.mouse.move(end.x, end.y, { steps: 8 });
    await page.mouse.up();
  };
  await page
    .getByRole("button", { name: "Menu", exact: true })
    .dragTo(board, { targetPosition: { x: 300, y: 420 } });
  await page.getByRole("textbox", { name: "What is said: Chinese" }).fill("Press 1 or 2.");
  // The line that leads past the menu is drawn anew.
  await draw("hello", "next", node("menu1"));
  for (const exit of ["1", "2", "timeout"]) await draw("menu1", exit, node("bye"));
  // Back to the menu itself: at its entry.
  await draw("menu1", "invalid", node("menu1").locator(".react-flow__handle-left"));
  await page.getByText("Nothing keeps it from being published.").waitFor();
  await publish("with a menu");
  const exits = async () => (await flow()).document.blocks.find(({ kind }) => kind === "menu")?.exits;
  assert.deepEqual(await exits(), { "1": "bye", "2": "bye", timeout: "bye", invalid: "menu1" });

  // A line is chosen where it is seen, and cut; a block goes; both come back, and the line goes again.
  const line = (id: string) => page.locator(`.react-flow__edge[data-id="${id}"]`);
  const along = await page.evaluate<{ x: number; y: number }>(aQuarterAlong("hello next"));
  await page.mouse.click(along.x, along.y);
  await page.getByRole("button", { name: "Delete this line" }).click();
  await line("hello next").waitFor({ state: "detached" });
  await node("menu1").locator(".ivr-names").click();
  await page.getByRole("button", { name: "Delete this block" }).click();
  await node("menu1").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await node("menu1").waitFor();
  const undo = page.getByRole("button", { name: "Undo" });
  await until("the line is back", async () => {
    if ((await line("hello next").count()) > 0) return true;
    await undo.click();
    return false;
  });

  // A line let go over nothing wishes for a block; copied by keys, both copies go together.
  await draw("menu1", "2", page.locator(".react-flow__controls"));
  const field = page.getByRole("combobox", { name: /Which block/ });
  await field.fill("voicemail");
  await page.getByRole("option", { name: /Voicemail/ }).click();
  await node("voicemail1").waitFor();
  await page.keyboard.press("ControlOrMeta+c");
  await page.keyboard.press("ControlOrMeta+v");
  await node("voicemail2").waitFor();
  await page.getByRole("button", { name: "Delete this block" }).click();
  await node("voicemail2").waitFor({ state: "detached" });
  await page
    .getByRole("status")
    .filter({ hasText: /^Saved$/ })
    .waitFor();
  assert.deepEqual((await exits())?.["2"], "voicemail1");

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
  await page.getByTitle("Last 1 day").click();
  await node("menu1").getByTitle("Hung up here").waitFor();
  // The line that was chosen, cut and brought back bears its figures like any other.
  await page.getByTitle("1 caller went this way").getByText("1 · 100%", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Versions" }).click();
  const versions = page.getByRole("dialog");
  await versions.getByText("New: Voicemail").waitFor();
  await versions.getByRole("button", { name: "What differs" }).nth(1).click();
  await versions.getByText("New: Menu").waitFor();
  await versions.getByRole("button", { name: "Roll back to it" }).click();
  await until("the first version is in force", async () => (await flow()).version?.number === 1);
  assert.deepEqual(office.complaints, []);
});
