import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { openOffice } from "../kit/office-page.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000067";
const leaf = (label: string) => ({ label, effect: "done" as const, success: false, children: [] });

test("what a result does and when a field is asked: built on the page, then found by words, demanded and carried out at the desk", async () => {
  await using bed = await callBed();
  const repair = { ...leaf("报修"), children: [leaf("不制冷"), leaf("漏水")] };
  const others = ["成交", "考虑", "已购买", "价格高", "打错", "听不清", "挂断", "投诉"].map(leaf);
  const { campaign } = await runningCampaign(bed, phone, { dispositions: [repair, ...others] });
  {
    await using office = await openOffice(bed, "root");
    const { page } = office;
    await office.open(`/campaigns/${campaign.id}/edit`);
    await page.getByRole("button", { name: "“漏水”的更多动作" }).click();
    await page.getByRole("checkbox", { name: "请求其他系统建立工单" }).check();
    await page.getByLabel("工单标题：漏水").fill("上门维修");
    await page.getByRole("button", { name: "添加字段" }).click();
    await page.getByLabel("字段", { exact: true }).fill("地址");
    // Each begins with the first result there is.
    await page.getByRole("button", { name: "满足条件时才显示" }).click();
    await page.getByRole("button", { name: "满足条件时必填" }).click();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await until("it is saved", async () => {
      const { rows } = await bed.database.pool.query("select form from campaigns where id = $1", [
        campaign.id,
      ]);
      return (rows[0] as { form: unknown[] }).form.length === 1;
    });
    assert.deepEqual(office.complaints, []);
  }
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const call = await takeCall(bed, ana);
  const work = ana.zone("服务总结");
  const address = work.locator("[data-field=field_1] input");
  await work.getByRole("radio", { name: /成交/ }).waitFor();
  assert.equal(await address.count(), 0);
  await ana.page.keyboard.press(",");
  await ana.page.keyboard.type("报修 漏");
  await work.getByRole("radio", { name: "报修 / 漏水" }).waitFor();
  await ana.page.keyboard.press("Enter");
  await work.getByText("工单：上门维修").waitFor();
  await address.waitFor();
  call.hangup();
  await ana.until("wrap-up");
  await ana.page.keyboard.press("Control+Enter");
  await work.getByRole("alert").first().waitFor();
  await address.fill("中山路 1 号");
  await ana.page.keyboard.press("Control+Enter");
  const asked = await until("a ticket is asked for", async () => {
    const { rows } = await bed.database.pool.query(
      "select data from call_events where type = 'ticket-requested'",
    );
    return rows[0] as { data: { title: string; disposition: string[]; fields: unknown[] } } | undefined;
  });
  const { title, disposition, fields } = asked.data;
  assert.deepEqual([title, disposition], ["上门维修", ["报修", "漏水"]]);
  assert.deepEqual(fields, [{ key: "field_1", label: "地址", value: "中山路 1 号" }]);
  assert.deepEqual(ana.browser.errors, []);
});
