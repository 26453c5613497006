import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { openBrowser } from "../kit/browser.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { crmServer } from "../kit/crm-page.ts";
import { browserAgent } from "../kit/desk-page.ts";

const phone = "+8613700000091";
const recordUrl = "https://crm.example/contact/{externalId}";

/** A campaign of ana's whose leads stand in the other system, and that system's page on `host`, listed or not. */
async function embedBed(
  bed: CallBed,
  host: "127.0.0.1" | "localhost",
  listed: "127.0.0.1" | "localhost" = host,
) {
  const agent = await browserAgent(bed, "ana");
  const dispositions = [{ label: "成功", effect: "done" as const, success: true, children: [] }];
  const campaign = await bed.seed.campaign({
    phones: ["+8613700000092"],
    agents: [agent],
    dispositions,
    recordUrl,
  });
  const crm = await crmServer(bed.server.url);
  await bed.manager.ask("PATCH", "/settings", { embedOrigins: [crm.originAs(listed)] });
  return { crm, campaign, url: `${crm.originAs(host)}/#${campaign.id}` };
}

/** Through sign-in and device check, as in a browser tab. */
async function takeDesk(desk: Page | FrameLocator): Promise<void> {
  await desk.locator("input[autocomplete=username]").fill("ana");
  await desk.locator("input[type=password]").fill("password");
  await desk.locator("button[type=submit]").click();
  await desk.getByText("已听到您的声音").waitFor();
  await desk.getByRole("button", { name: "签入", exact: true }).click();
  await desk.locator('.desk[data-agent-state="paused"]').waitFor();
}

/** Events as the example page lists them, with call ids as one word. */
const heard = async (page: Page) =>
  (await page.locator("#events li").allInnerTexts()).map((line) =>
    line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID"),
  );
const hears = (page: Page, line: string) =>
  page.locator("#events li").filter({ hasText: line }).first().waitFor();

test("another site's page: the desk in a window of its own, a dial with its own data, every event, a reload in the call", async () => {
  await using bed = await callBed();
  const { crm, url } = await embedBed(bed, "127.0.0.1");
  await using _crm = crm;
  await using browser = await openBrowser({ hz: 700 });
  const { page } = browser;
  await page.goto(url);
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Open the desk" }).click();
  const desk = await opened;
  desk.setDefaultTimeout(60_000);
  await hears(page, "ready signed-out");
  await takeDesk(desk);
  await page.getByText("ana: paused").waitFor();

  const offered = bed.carrier.nextCall();
  await page.getByLabel("Number").fill(phone);
  await page.getByRole("button", { name: "Dial" }).click();
  const call = await offered;
  await hears(page, "dialled");
  await hears(page, "ringing");
  call.answer();
  await hears(page, "answered");
  assert.match(await page.locator("#contact").innerText(), /C-42 .*https:\/\/crm\.example\/contact\/C-42/);
  const link = desk.getByRole("link", { name: "在 crm.example 中打开" });
  assert.equal(await link.getAttribute("href"), "https://crm.example/contact/C-42");

  await desk.evaluate("window.kept = true");
  await page.reload();
  await page.getByRole("button", { name: "Open the desk" }).click();
  await hears(page, "open talking");
  assert.deepEqual((await heard(page)).slice(0, 1), ["ready talking"]);
  assert.equal(await desk.evaluate("window.kept"), true, "the window was found again, not loaded anew");
  await page.getByRole("button", { name: "Hang up" }).click();
  await hears(page, "ended");
  await desk.getByText("成功", { exact: true }).click();
  await desk.getByLabel("备注").fill("周五付款");
  await desk.getByRole("button", { name: "保存并就绪" }).click();
  await hears(page, "result 成功 周五付款");

  const row = await bed.database.db
    .selectFrom("calls")
    .select(["client_data", "note"])
    .where("phone", "=", phone)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { client_data: { externalId: "C-42" }, note: "周五付款" });
  await desk.close();
  await hears(page, "closed");
  assert.deepEqual(browser.errors, []);
});

test("the same site's page: the desk in a frame, with its session and its microphone; refusals are told in words", async () => {
  await using bed = await callBed();
  const { crm, url } = await embedBed(bed, "localhost");
  await using _crm = crm;
  await using browser = await openBrowser({ hz: 700 });
  const { page } = browser;
  await page.goto(url);
  await page.getByRole("button", { name: "Dial" }).click();
  await hears(page, "error not-open");
  await page.getByRole("button", { name: "Open the desk" }).click();
  await hears(page, "ready signed-out");
  const desk = page.frameLocator("#desk iframe");
  await page.getByRole("button", { name: "Dial" }).click();
  await hears(page, "error signed-out");
  await takeDesk(desk);
  await page.getByLabel("Number").fill("12");
  await page.getByRole("button", { name: "Dial" }).click();
  await hears(page, "error phone-invalid");

  const offered = bed.carrier.nextCall();
  await page.getByLabel("Number").fill(phone);
  await page.getByRole("button", { name: "Dial" }).click();
  const call = await offered;
  await hears(page, "ringing");
  call.answer();
  await hears(page, "answered");
  call.hangup();
  await hears(page, "ended");
  const told = (await heard(page)).filter((line) => !/^(error|notice|changed)/.test(line));
  // The answer to a command and the news of it take ways of their own.
  const expected = [
    "ready signed-out",
    "open signed-out",
    "pop ID",
    "ringing ID",
    "dialled ID",
    "answered ID",
    "ended ID",
  ];
  assert.deepEqual(told.sort(), expected.sort());
  assert.deepEqual(browser.errors, []);
});

test("an origin that is not listed gets nothing: neither by the script nor by speaking to the page itself", async () => {
  await using bed = await callBed();
  const { crm, url } = await embedBed(bed, "127.0.0.1", "localhost");
  await using _crm = crm;
  await using browser = await openBrowser({ hz: 700 });
  const { page } = browser;
  await page.goto(url);
  await page.getByRole("button", { name: "Open the desk" }).click();
  await hears(page, "error not-allowed");

  const opened = page.waitForEvent("popup");
  await page.evaluate(`(() => {
    const desk = window.open("${bed.server.url}/desk/embedded");
    window.told = [];
    window.addEventListener("message", ({ data }) => told.push(data));
    setInterval(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => told.push(data);
      desk.postMessage({ waihu: 1, link: String(Math.random()) }, "${bed.server.url}", [port2]);
    }, 50);
  })()`);
  const desk = await opened;
  for (let refusals = 0; refusals < 3; refusals++) {
    const asked = await desk.waitForResponse((response) => response.url().includes("/api/v1/embedding?"));
    assert.equal(((await asked.json()) as { allowed: boolean }).allowed, false);
  }
  assert.deepEqual(await page.evaluate("told"), []);
});
