import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeCall, takeDesk } from "../kit/desk-page.ts";

const phones = ["+8613700000051", "+8613700000052", "+8613700000053"];
const nameOf = (number: string) => `person ${phones.indexOf(number)}`;
const leaf = (label: string) => ({ label, effect: "done" as const, success: false, children: [] });
const summary = {
  dispositions: [{ ...leaf("成功"), children: [leaf("已成交"), leaf("待付款")] }, leaf("拒绝")],
  form: [
    { key: "plan", label: "意向套餐", type: "text" as const, required: true, options: [] },
    { key: "paid", label: "已付款", type: "yes-no" as const, required: false, options: [] },
  ],
};

test("two agents in browsers, a progressive campaign: the record, both voices, the form, the next call", async () => {
  await using bed = await callBed();
  const agents = [await browserAgent(bed, "ana"), await browserAgent(bed, "ben")];
  const campaign = await bed.seed.campaign({ phones, agents, ...summary });
  await campaign.command("start");
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await using ben = await openDesk(bed, "ben", { hz: 1100 });
  const desks = [
    { desk: ana, customerHz: 1500 },
    { desk: ben, customerHz: 1900 },
  ];
  for (const { desk } of desks) await takeDesk(desk);

  for (const { desk, customerHz } of desks) {
    const call = await takeCall(bed, desk, customerHz);
    await desk.sees(nameOf(call.to));
    await desk.browser.hears(customerHz);
    const heard = await call.stream!.listen(500);
    assert.ok(heard.toneDbm0(desk.hz) > -30, `the customer hears ${heard.toneDbm0(desk.hz)} dBm0`);
  }
  assert.ok((await ana.browser.heardDb(1900)) < -60, "nobody hears the other's customer");
  const ports = desks.map(({ desk }) => desk.page.evaluate<{ serverPort: number }>("ears.way()"));
  const [one, other] = await Promise.all(ports);
  assert.equal(one!.serverPort, other!.serverPort, "all browsers share one port");

  const [first] = bed.carrier.calls;
  const { page } = ana;
  await ana.zone("服务总结").getByLabel("备注").fill("周五付款");
  first!.hangup();
  await ana.until("wrap-up");
  await ana.press("保存并就绪");
  await page.getByText("请选择通话结果。").waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("2");
  await page.getByRole("textbox", { name: "意向套餐" }).fill("安心保");
  await page.getByText("是", { exact: true }).click();
  const next = bed.carrier.nextCall();
  await page.keyboard.press("Control+Enter");
  const third = await next;
  third.answer();
  await ana.until("talking");
  await ana.sees(nameOf(third.to));
  assert.deepEqual([ana.browser.errors, ben.browser.errors], [[], []]);

  const saved = await bed.database.db
    .selectFrom("calls")
    .selectAll()
    .where("phone", "=", first!.to)
    .executeTakeFirstOrThrow();
  assert.deepEqual([saved.form, saved.note], [{ plan: "安心保", paid: true }, "周五付款"]);
  assert.equal(saved.outcome, "connected");
  for (const call of bed.carrier.calls) call.hangup();
});
