import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeCall, takeDesk } from "../kit/desk-page.ts";
import { survey } from "../kit/survey.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000071";
const customerHz = 1900;

test("two agents in browsers: one asks the other by keyboard, joins three, and hands the call over with its notes", async () => {
  await using bed = await callBed();
  const agents = [await browserAgent(bed, "ana"), await browserAgent(bed, "ben")];
  const { id: scriptId } = await bed.manager.ask("POST", "/scripts", {
    name: "survey",
    kind: "questionnaire",
    document: survey,
  });
  await bed.manager.ask("POST", `/scripts/${scriptId}/publish`, {});
  const campaign = await bed.seed.campaign({ phones: [phone], agents, scriptId });
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await using ben = await openDesk(bed, "ben", { hz: 1100 });
  for (const desk of [ana, ben]) await takeDesk(desk);
  await campaign.command("start");
  const call = await takeCall(bed, ana, customerHz);
  await ben.press("就绪");
  await ben.until("ready");
  await ana.page.keyboard.press("t");
  await ana.zone("服务总结").getByLabel("备注").fill("想知道价格");
  await ana.page.locator(".desk-name").click();

  await ana.page.keyboard.press("f");
  const dialog = ana.page.getByRole("dialog");
  await dialog.getByRole("option", { name: /ben/ }).waitFor();
  await ana.page.keyboard.type("ben");
  await dialog.getByRole("option", { name: /ben/, selected: true }).waitFor();
  await ana.page.keyboard.press("Enter");
  await ben.until("talking");
  await ben.sees("person 0");
  await ben.browser.hears(700);
  await ana.browser.hears(1100);
  const shown = ben.zone("服务总结");
  await shown.getByText("仅供查看：通话属于 ana", { exact: false }).waitFor();
  await shown.getByText("想知道价格", { exact: true }).waitFor();
  await shown.getByText("我是ana", { exact: false }).waitFor();
  assert.equal(await shown.getByRole("textbox").count(), 0, "whose call it is writes");
  await until("the customer hears neither", async () => {
    const heard = await call.stream!.listen(300);
    return heard.toneDbm0(700) < -35 && heard.toneDbm0(1100) < -35;
  });
  assert.equal(await ana.page.locator('[data-party="customer"]').getAttribute("data-party-state"), "held");

  await dialog.waitFor({ state: "hidden" });
  await ana.page.keyboard.press("j");
  await ana.browser.hears(customerHz);
  await ben.browser.hears(customerHz);
  await until("the customer hears both", async () => {
    const heard = await call.stream!.listen(300);
    return heard.toneDbm0(700) > -30 && heard.toneDbm0(1100) > -30;
  });

  // Typed in the moment before: it goes with the call all the same.
  await ana.zone("服务总结").getByLabel("备注").fill("想知道价格，今天答复");
  await ana.page.keyboard.press("Alt+l");
  await ana.until("ready");
  await until("the customer hears the second agent alone", async () => {
    const heard = await call.stream!.listen(300);
    return heard.toneDbm0(1100) > -30 && heard.toneDbm0(700) < -35;
  });
  // Theirs now, and theirs to write: the script goes on where it stood, the summary is a key away.
  await shown.getByRole("radio", { name: "方便", exact: true }).waitFor();
  await ben.page.keyboard.press("t");
  await until("the notes came along", async () => {
    const box = ben.zone("服务总结").getByLabel("备注");
    return (await box.count()) > 0 && (await box.inputValue()) === "想知道价格，今天答复";
  });
  assert.deepEqual([ana.browser.errors, ben.browser.errors], [[], []]);
  call.hangup();
  await ben.until("wrap-up");
});
