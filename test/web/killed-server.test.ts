import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { until } from "../kit/until.ts";
import { weakLink } from "../kit/weak-link.ts";

const phone = "+8613700000067";

test("the server is killed in a talk: the desk says so, and what was written before and after is there when it is back", async () => {
  await using bed = await callBed({ ownProcess: true });
  await runningCampaign(bed, phone);
  await using link = await weakLink(bed.server.url);
  await using ana = await openDesk(bed, "ana", { hz: 700, url: link.url });
  const { page } = ana;
  await takeDesk(ana);
  await takeCall(bed, ana, 1500);
  await ana.browser.hears(1500);
  const work = ana.zone("服务总结");
  await work.getByLabel("备注").fill("问到一半");
  await work.getByText("已保存", { exact: true }).waitFor();

  const restarted = bed.crash();
  await page.getByText("与服务器的连接已中断").waitFor();
  await work.getByLabel("备注").fill("问到一半，断线");
  await page.getByText("暂存在本机，正在重试……").waitFor();
  await restarted;
  link.moveTo(bed.server.url);
  await page.getByText("系统重新启动，您已被签出").waitFor();
  await takeDesk(ana);
  await work.getByRole("button", { name: /person 0/ }).click();
  assert.equal(await work.getByLabel("备注").inputValue(), "问到一半，断线");
  await page.keyboard.press("Alt+1");
  await ana.press("保存小结");
  await work.getByText("1 份未完成的小结").waitFor({ state: "detached" });
  const saved = await until("the summary stands", async () => {
    const row = await bed.database.db.selectFrom("calls").selectAll().executeTakeFirstOrThrow();
    return row.disposition_id !== null && row;
  });
  assert.deepEqual([saved.outcome, saved.note], ["connected", "问到一半，断线"]);
  assert.deepEqual(ana.browser.errors, []);
});
