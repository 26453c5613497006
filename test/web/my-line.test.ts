import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";
import { closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const direct = "+8675512340002";
const caller = "+8613800138111";
const help = "+8613800138112";

test("an agent says where their calls go, listens to what was left, dials by two digits, and is told what they may not call", async () => {
  await using bed = await callBed();
  const agent = await browserAgent(bed, "ana");
  await bed.seed.trunk();
  await bed.manager.ask("PUT", `/users/${agent.userId}/direct-number`, { directNumber: direct });
  await bed.manager.ask("PUT", "/barring", {
    items: [{ name: "abroad", action: "bar", prefixes: ["+1"], roles: ["agent"] }],
  });
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const { page } = ana;
  const forwarding = () => agent.ask("GET", "/forwarding");

  await page.keyboard.press("q");
  await page.getByRole("button", { name: "免打扰", pressed: true }).waitFor();
  assert.equal((await forwarding()).doNotDisturb, true);

  const call = bed.carrier.callIn({
    from: caller,
    to: direct,
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }],
  });
  await until("a message is recorded", async () => {
    const row = await bed.database.db.selectFrom("recordings").select("state").executeTakeFirst();
    return row?.state === "recording";
  });
  const said = call.stream!.received.packets;
  await until("two seconds are said", () => call.stream!.received.packets > said + 100);
  call.hangup();
  await closedCall(bed.database, caller);
  await page.getByRole("link", { name: "1 条留言" }).click();
  await page.getByRole("heading", { level: 1, name: "我的电话" }).waitFor();
  const message = page.getByRole("list", { name: "留言" }).getByRole("listitem");
  await message.getByText("+86 138 0013 8111").first().waitFor();
  await message.locator("audio").evaluate((audio) => (audio as unknown as { play(): Promise<void> }).play());
  await until("it is heard", async () => (await agent.ask("GET", "/stored-messages")).items[0].heardAt);

  await page.getByRole("combobox", { name: "无应答或不在席" }).click();
  await page.getByTitle("语音留言", { exact: true }).click();
  await page.getByRole("button", { name: /^保\s?存$/ }).click();
  await until("it is forwarded", async () => (await forwarding()).noAnswer?.type === "voicemail");
  await page.getByRole("button", { name: /添加缩位拨号/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("功能码").fill("7");
  await dialog.getByLabel("名称").fill("服务台");
  await dialog.getByLabel("号码").fill(help);
  await dialog.getByRole("button", { name: /^保\s?存$/ }).click();
  await page.getByRole("cell", { name: "*007" }).waitFor();
  await page.screenshot({ path: "/tmp/fc/my-line-zh.png", fullPage: true });

  await page.getByRole("link", { name: "坐席工作台" }).first().click();
  await ana.until("paused");
  await page.getByLabel("输入号码").fill("+12125550100");
  await page.keyboard.press("Enter");
  await page.getByText("（规则：abroad）").waitFor();
  await page.screenshot({ path: "/tmp/fc/desk-zh.png" });
  const coming = bed.carrier.nextCall(help);
  await page.getByRole("button", { name: "服务台" }).click();
  const dialled = await coming;
  dialled.answer();
  await ana.until("talking");
  dialled.hangup();
  await ana.until("paused");
  assert.deepEqual(ana.browser.errors, []);
});
