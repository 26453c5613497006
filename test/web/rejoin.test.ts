import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000061";

test("a reload, then a browser that dies: the agent comes back to the same customer, draft and all", async () => {
  await using bed = await callBed();
  await runningCampaign(bed, phone);
  const ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, 1500);
  await ana.browser.hears(1500);
  await ana.zone("服务总结").getByLabel("备注").fill("正在考虑");

  await ana.page.reload();
  await ana.sees("person 0");
  assert.equal(await ana.zone("服务总结").getByLabel("备注").inputValue(), "正在考虑");
  await ana.browser.hears(1500);
  const hearsAgent = async () => (await call.stream!.listen(200)).toneDbm0(700) > -30;
  await until("the customer hears the agent again", hearsAgent);

  await ana[Symbol.asyncDispose]();
  await until("the customer hears no agent", async () => !(await hearsAgent()));
  assert.equal(call.phase, "answered");
  await using again = await openDesk(bed, "ana", { hz: 900 });
  await again.press("在此接管");
  await again.sees("person 0");
  await again.browser.hears(1500);
  await until("the customer hears the new browser", async () => {
    return (await call.stream!.listen(200)).toneDbm0(900) > -30;
  });
  await again.press("挂断");
  await again.until("wrap-up");
  assert.equal(call.end?.by, "peer");
  assert.deepEqual(again.browser.errors, []);
});
