import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";
import { openOffice } from "../kit/office-page.ts";
import { callsTo, closedCall } from "../kit/story.ts";

const direct = "+8675512340002";

async function choose(page: Page, label: string, option: string, nth = 0) {
  await page.getByLabel(label, { exact: true }).nth(nth).click();
  await page
    .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
    .filter({ hasText: option })
    .click();
}

/** Somebody outside calls the direct number, and is heard at `mobile`. */
async function isForwarded(bed: CallBed, from: string, mobile: string) {
  bed.carrier.behave(mobile, [{ do: "answer" }, { do: "stay" }]);
  const coming = bed.carrier.seeCall(mobile);
  const caller = bed.carrier.callIn({
    from,
    to: direct,
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "stay" }],
  });
  await (await coming).until("answered");
  caller.hangup();
  await closedCall(bed.database, from);
  await closedCall(bed.database, mobile);
}

interface SpeedDialWords {
  add: string;
  code: string;
  name: string;
  phone: string;
  save: string;
}

/** Fills the form for a speed dial and presses save; the form. */
async function addSpeedDial(
  page: Page,
  words: SpeedDialWords,
  [code, name, phone]: [string, string, string],
  scope?: string,
) {
  await page.getByRole("button", { name: words.add }).click();
  const form = page.getByRole("dialog", { name: words.add });
  if (scope) await form.getByText(scope, { exact: true }).click();
  await form.getByLabel(words.code).fill(code);
  await form.getByLabel(words.name).fill(name);
  await form.getByLabel(words.phone).fill(phone);
  await form.getByRole("button", { name: words.save }).click();
  return form;
}

test("a direct number is set on Users; who calls it is forwarded as its person says on My line, each rule before the last", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  await bed.manager.ask("PUT", `/users/${bed.manager.userId}/direct-number`, {
    directNumber: "+8675512340001",
  });
  await using ana = await openOffice(bed, "ana", { role: "agent" });
  await using office = await openOffice(bed, "root", { language: "en" });

  await office.open("/users");
  await office.page.getByRole("button", { name: "ana", exact: true }).click();
  const form = office.page.getByRole("dialog", { name: "ana" });
  const number = form.getByLabel("Direct number");
  const save = form.getByRole("button", { name: "Save" });
  await number.fill("12");
  await form.getByText("A whole telephone number, such as +86", { exact: false }).waitFor();
  await number.fill("0755 1234 0001");
  await save.click();
  await office.page.getByText("This number leads to manager already.").waitFor();
  await number.fill("0755 1234 0002");
  await save.click();
  await form.waitFor({ state: "hidden" });
  const row = office.page.getByRole("row", { name: /ana/ });
  await row.getByText("+86 755 1234 0002").waitFor();

  const { page } = ana;
  await ana.open("/my-line");
  await page.getByText("您的直线号码：+86 755 1234 0002").waitFor();
  const card = page.locator(".ant-card").filter({ hasText: "呼叫前转" });
  const keep = async () => {
    const answered = page.waitForResponse((answer) => answer.request().method() === "PUT");
    await card.getByRole("button", { name: "保存" }).click();
    return (await answered).status();
  };
  /** The newest of the number fields is the one that this rule brought. */
  const toNumber = async (rule: string, phone: string) => {
    await choose(page, rule, "电话号码");
    await card.locator(".ant-form-item").filter({ hasText: rule }).getByLabel("电话号码").fill(phone);
  };
  await toNumber("无应答或不在席", "");
  await card.getByRole("button", { name: "保存" }).click();
  await page.getByText("请填写号码。").waitFor();
  await toNumber("无应答或不在席", "mobile");
  assert.equal(await keep(), 422);
  await page.getByText("mobile 不是有效的电话号码。").waitFor();
  await toNumber("无应答或不在席", "139 0000 2010");
  assert.equal(await keep(), 200);
  await isForwarded(bed, "+8613800138211", "+8613900002010");

  await toNumber("通话中遇忙", "13900002011");
  await card.getByLabel("免打扰").click();
  assert.equal(await keep(), 200);
  await isForwarded(bed, "+8613800138212", "+8613900002011");

  await toNumber("非工作时间", "13900002012");
  await card.getByLabel("我的工作时间").click();
  const span = card.getByRole("button", { name: /^移除/ });
  for (let left = await span.count(); left > 0; left--) await span.first().click();
  assert.equal(await keep(), 200);
  await isForwarded(bed, "+8613800138213", "+8613900002012");

  await toNumber("无条件", "13900002013");
  assert.equal(await keep(), 200);
  await isForwarded(bed, "+8613800138214", "+8613900002013");
  // The console tells of each answer that is no success: what was refused above.
  const unforeseen = [...ana.complaints, ...office.complaints].filter(
    (text) => !/status of 4(09|22)/.test(text),
  );
  assert.deepEqual(unforeseen, []);
});

test("limits, barring and shared speed dials of Call rules hold at the desk: dialled by one press, refused in words, ended in time", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  await browserAgent(bed, "ana");
  const [shared, own, premium] = ["+8613900002020", "+8613900002021", "+8613900009001"];
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;

  await office.open("/call-rules");
  const barring = page.locator(".ant-card").filter({ hasText: "Barred calls" }).first();
  await barring.getByRole("button", { name: "Add rule" }).click();
  const prefixes = barring.getByLabel("Numbers that begin with");
  await prefixes.fill("8613900009");
  await prefixes.press("Enter");
  await barring.getByRole("button", { name: "Save" }).click();
  await barring.getByText("Each begins with +, such as +86900.").waitFor();
  await barring.getByLabel("Name").fill("costly lines");
  await barring
    .getByTitle("8613900009", { exact: true })
    .locator(".ant-select-selection-item-remove")
    .click();
  await barring.getByTitle("8613900009", { exact: true }).waitFor({ state: "hidden" });
  await prefixes.fill("+8613900009");
  await prefixes.press("Enter");
  await barring.getByText("+8613900009", { exact: true }).first().waitFor();
  await prefixes.press("Escape");
  await barring.getByText("Each begins with +, such as +86900.").waitFor({ state: "hidden" });
  await barring.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").first().waitFor();

  await office.open("/my-line");
  const english = { add: "Add speed dial", code: "Code", name: "Name", phone: "Number", save: "Save" };
  const hall = await addSpeedDial(page, english, ["7", "warehouse", "call me"], "Everybody's");
  await page.getByText("call me is not a telephone number.").waitFor();
  await hall.getByLabel("Number").fill("139 0000 2020");
  await hall.getByRole("button", { name: "Save" }).click();
  await hall.waitFor({ state: "hidden" });

  await using desk = await openDesk(bed, "ana", { hz: 700 });
  await desk.page.goto(`${bed.server.url}/my-line`);
  const chinese = { add: "添加缩位拨号", code: "功能码", name: "名称", phone: "号码", save: "保存" };
  const mine = await addSpeedDial(desk.page, chinese, ["8", "my lead", "13900002021"]);
  await mine.waitFor({ state: "hidden" });
  const again = await addSpeedDial(desk.page, chinese, ["8", "my other lead", "13900002021"]);
  const question = desk.page.getByRole("dialog", { name: "要替换 *008 上的“my lead”吗？" });
  await question.getByRole("button", { name: /取\s*消/ }).click();
  await desk.page.getByRole("row", { name: /my lead/ }).waitFor();
  await again.getByRole("button", { name: "保存" }).click();
  await question.getByRole("button", { name: /替\s*换/ }).click();
  await again.waitFor({ state: "hidden" });
  await desk.page.getByRole("row", { name: /my other lead/ }).waitFor();
  await desk.page.setViewportSize({ width: 360, height: 800 });
  const codes = desk.page.locator(".ant-card").filter({ hasText: "*87" });
  await codes.scrollIntoViewIfNeeded();
  const widest = await codes.getByRole("table").evaluate((table) => table.getBoundingClientRect().right);
  assert.ok(widest <= 360, "the codes fit a telephone's screen");
  await desk.page.setViewportSize({ width: 1280, height: 800 });
  await desk.page.getByRole("row", { name: /warehouse/ }).waitFor();
  await desk.page.goto(`${bed.server.url}/desk`);
  await takeDesk(desk);

  await desk.page.getByLabel("输入号码").fill("13900009001");
  await desk.press("拨打");
  await desk.page.getByText("您现在不能拨打此号码（规则：costly lines）", { exact: false }).waitFor();
  const [barred] = await callsTo(bed.database, premium);
  assert.deepEqual([barred?.state, barred?.outcome, bed.carrier.counts.offered], ["closed", "refused", 0]);
  await office.open(`/calls/${barred!.id}`);
  await page.getByText("The call was refused").waitFor();
  await page.getByText("Barred by the company's own rule “costly lines”", { exact: false }).waitFor();

  await desk.page.getByLabel("输入号码").blur();
  await desk.page.keyboard.press("]");
  await desk.page.keyboard.type("5");
  await desk.page.keyboard.press("Enter");
  await desk.page.getByText("停泊位 5 没有通话。").waitFor();
  await desk.page.getByRole("combobox", { name: "遇忙回叫" }).click();
  await desk.page.getByText("没有忙碌的同事").waitFor();

  const press = async (name: string, phone: string) => {
    bed.carrier.behave(phone, [{ do: "answer" }, { do: "stay" }]);
    const coming = bed.carrier.seeCall(phone);
    await desk.press(name);
    return coming;
  };
  const first = await press("my other lead", own);
  await desk.until("talking");
  first.hangup();
  assert.equal((await closedCall(bed.database, own)).outcome, "connected");
  await desk.until("paused");

  await office.open("/call-rules");
  const limits = page.locator(".ant-card").filter({ hasText: "Limits and codes" });
  await limits.getByLabel("Calls dialled by hand, at most").fill("10");
  const dnd = limits.getByLabel("Do not disturb", { exact: true });
  await dnd.fill("78");
  await limits.getByText("A star, then one to three of 0–9, * and #.").waitFor();
  await dnd.fill("*7");
  await limits.getByRole("button", { name: "Save" }).click();
  await page
    .getByText("The code of “Do not disturb” is the beginning of that of", { exact: false })
    .waitFor();
  await dnd.fill("");
  const patched = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await limits.getByRole("button", { name: "Save" }).click();
  assert.equal((await patched).status(), 200);
  const second = await press("warehouse", shared);
  await second.until("ended");
  const { outcome, cause } = await closedCall(bed.database, shared);
  assert.deepEqual([outcome, cause], ["connected", "time-limit"]);
  const unforeseen = office.complaints.filter((text) => !/status of 422/.test(text));
  assert.deepEqual([unforeseen, desk.browser.errors], [[], []]);
});
