import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";

const phones = ["+8613700000071", "+8613700000072"];

test("preview by keyboard: skip with a reason, dial, talk, hang up, save, pause with a reason", async () => {
  await using bed = await callBed();
  const agent = await browserAgent(bed, "ana");
  const campaign = await bed.seed.campaign({
    phones,
    agents: [agent],
    mode: "preview",
    summaryRequired: false,
  });
  await campaign.command("start");
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  const { page } = ana;
  await takeDesk(ana);
  await page.keyboard.press("r");
  await ana.until("preview");
  await ana.sees("person 0");
  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: "资料有误" }).waitFor();
  await page.keyboard.press("1");
  await ana.sees("person 1");

  const offered = bed.carrier.nextCall();
  await page.keyboard.press("Enter");
  const call = await offered;
  assert.ok(phones[1]!.endsWith(call.to.replace("+", "")), call.to);
  call.ring();
  await ana.until("ringing");
  call.answer();
  call.stream!.tone(1500);
  await ana.until("talking");
  await ana.browser.hears(1500);
  await page.keyboard.press("m");
  await page.getByText("您已静音", { exact: true }).waitFor();
  assert.ok((await call.stream!.listen(300)).toneDbm0(700) < -50, "muted is silent at the customer's");
  await page.keyboard.press("m");
  await page.keyboard.press("e");
  await ana.until("wrap-up");
  await call.until("ended");

  await page.keyboard.press("Alt+n");
  await page.keyboard.type("没有兴趣");
  await page.getByRole("button", { name: "保存并示忙" }).click();
  await page.getByRole("menuitem", { name: "用餐" }).click();
  await ana.until("paused");
  const state = await agent.ask("GET", "/desk");
  assert.ok(state.pauseReasonId > 0);
  const { items } = await bed.manager.ask("GET", "/calls");
  const talked = items.find((item: { outcome: string }) => item.outcome === "connected");
  assert.equal((await bed.manager.ask("GET", `/calls/${talked.id}`)).note, "没有兴趣");
  assert.deepEqual(ana.browser.errors, []);
});
