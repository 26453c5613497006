import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000066";

test("a wrap-up that ran out leaves its summary on the desk, with what was written, to be completed later", async () => {
  await using bed = await callBed();
  await runningCampaign(bed, phone, { wrapUpLimitMs: 1000 });
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const call = await takeCall(bed, ana);
  const work = ana.zone("服务总结");
  await work.getByLabel("备注").fill("问到一半");
  await work.getByText("已保存", { exact: true }).waitFor();
  call.hangup();
  await work.getByText("1 份未完成的小结").waitFor();
  await work.getByRole("button", { name: /person 0/ }).click();
  assert.equal(await work.getByLabel("备注").inputValue(), "问到一半");
  await ana.press("保存小结");
  await work.getByText("请选择通话结果。").waitFor();
  await ana.page.keyboard.press("1");
  await ana.press("保存小结");
  await work.getByText("通话时在这里填写服务总结").waitFor();
  const saved = await until("the summary stands", async () => {
    const row = await bed.database.db.selectFrom("calls").selectAll().executeTakeFirstOrThrow();
    return row.disposition_id !== null && row;
  });
  assert.deepEqual([saved.note, saved.draft], ["问到一半", null]);
  assert.deepEqual(ana.browser.errors, []);
});
