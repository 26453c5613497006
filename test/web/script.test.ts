import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeCall, takeDesk } from "../kit/desk-page.ts";
import { openOffice } from "../kit/office-page.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000081";

test("a questionnaire is built and published, walked on the desk by keys through a reload, and counted", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root");
  const { page } = office;
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const choose = async (label: string, option: string) => {
    await page.getByRole("combobox", { name: label, exact: true }).click();
    const open = page.locator(".ant-select-dropdown:visible");
    await open.getByText(option, { exact: true }).click();
    await open.waitFor({ state: "hidden" });
  };

  await office.open("/scripts");
  await page.getByRole("main").getByRole("button", { name: "新建话术" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("名称").fill("回访");
  await form.getByText("问卷", { exact: true }).click();
  await form.getByRole("button", { name: /添\s*加/ }).click();
  await page.waitForURL(/\/scripts\/\d+$/);
  const scriptId = Number(page.url().split("/").at(-1));

  // The first page asks; what is answered decides where it goes on.
  await press("添加问题");
  await page.getByRole("menuitem", { name: "单选" }).click();
  const question = page.locator("[data-question=q1]");
  await question.getByRole("textbox", { name: "问题", exact: true }).fill("满意吗？");
  await question.getByRole("textbox", { name: "选项 1" }).fill("满意");
  await question.getByRole("textbox", { name: "选项 2" }).fill("不满意");
  await press("添加页面");
  await page.getByRole("textbox", { name: "页面标题" }).fill("原因");
  await page.getByText("3 处问题").waitFor();
  await press("添加问题");
  await page.getByRole("menuitem", { name: "文字" }).click();
  await page
    .locator("[data-question=q2]")
    .getByRole("textbox", { name: "问题", exact: true })
    .fill("为什么？");
  await choose("下一页", "3 结束页");
  await page.locator(".script-outline-page").first().click();
  await press("按答案跳转");
  await choose("值", "不满意");
  await choose("去", "2 原因");
  await choose("否则去", "3 结束页");
  await page.locator(".script-outline-page").nth(2).click();
  await page.getByLabel("填入小结：通话结果").fill("sold");
  await page.getByText("处问题").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /发\s*布/ }).click();
  await page.getByRole("dialog").getByLabel("修改说明").fill("第一次");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /发\s*布/ })
    .click();
  await page.getByText("第 1 版").first().waitFor();

  const agent = await browserAgent(bed, "ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [agent], scriptId });
  await campaign.command("start");
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const call = await takeCall(bed, ana);
  const zone = ana.zone("服务总结");
  const at = (title: string) => zone.locator(".script-head").getByText(title, { exact: true }).waitFor();
  await zone.getByText("您好，person 0，我是ana。").or(zone.getByText("person 0")).first().waitFor();
  await at("开场");
  await ana.page.keyboard.press("2");
  await at("原因");
  await zone.getByRole("textbox", { name: "为什么？" }).fill("等太久");

  // The page is lost at once, with words that were not sent yet.
  await ana.page.reload();
  await ana.until("talking");
  await at("原因");
  assert.equal(await zone.getByRole("textbox", { name: "为什么？" }).inputValue(), "等太久");
  await ana.page.keyboard.press("Backspace");
  await at("开场");
  await zone.getByRole("radio", { name: "不满意", checked: true }).waitFor();
  await ana.page.keyboard.press("Enter");
  await at("原因");
  await ana.page.keyboard.press("Enter");
  await zone.getByText("已填入服务小结，请核对。").waitFor();
  await ana.page.keyboard.press("e");
  await ana.until("wrap-up");
  await call.until("ended");
  await zone.getByRole("radio", { name: "sold", checked: true }).waitFor();
  await ana.page.keyboard.press("Control+Enter");
  await ana.until("ready");
  assert.deepEqual(ana.browser.errors, []);

  const results = await until("the answers are counted", async () => {
    const found = await bed.manager.ask("GET", `/scripts/${scriptId}/results`);
    return found.complete === 1 && found;
  });
  assert.equal(results.questions[1].texts[0].text, "等太久");
  await office.open(`/scripts/${scriptId}/results`);
  await page.getByText("等太久").waitFor();
  await page.getByRole("link", { name: "不满意: 1" }).click();
  await page.getByText("答案 q1 = o2").waitFor();
  await page.getByRole("row").filter({ hasText: "person 0" }).waitFor();
  await office.open(`/calls/${results.questions[1].texts[0].callId}`);
  await page.getByText("问答记录").waitFor();
  await page.getByRole("cell", { name: "等太久" }).waitFor();
  assert.deepEqual(office.complaints, []);
});
