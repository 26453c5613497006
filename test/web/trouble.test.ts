import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";
import { until } from "../kit/until.ts";
import { weakLink } from "../kit/weak-link.ts";

const phone = "+8613700000091";

test("no microphone, no network, no line: each is said in words, and the call goes on", async () => {
  await using bed = await callBed();
  const agent = await browserAgent(bed, "ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [agent] });
  {
    await using deaf = await openDesk(bed, "ana", { hz: 700, deaf: true });
    await deaf.page.getByText("麦克风权限被拒绝").waitFor();
    assert.ok(await deaf.page.getByRole("button", { name: "签入", exact: true }).isDisabled());
  }
  await using link = await weakLink(bed.server.url);
  await using ana = await openDesk(bed, "ana", { hz: 700, url: link.url });
  const { page } = ana;
  await takeDesk(ana);
  await ana.press("就绪");
  await ana.until("ready");
  await page.getByText("没有正在运行的任务").waitFor();
  const offered = bed.carrier.nextCall();
  await campaign.command("start");
  const call = await offered;
  call.answer();
  call.stream!.tone(1500);
  await ana.until("talking");
  await ana.browser.hears(1500);

  link.cut();
  await page.getByText("与服务器的连接已中断").waitFor();
  const note = ana.zone("服务总结").getByLabel("备注");
  await note.fill("断网时写的");
  await page.getByText("暂存在本机，正在重试……").waitFor();
  assert.ok((await call.stream!.listen(200)).toneDbm0(700) > -30, "the customer hears the agent");
  assert.ok((await ana.browser.heardDb(1500)) > -50, "the agent hears the customer");
  link.mend();
  await page.getByText("已保存", { exact: true }).waitFor();
  await page.getByText("与服务器的连接已中断").waitFor({ state: "detached" });
  const { call: known } = await agent.ask("GET", "/desk");
  assert.equal(known.draft.note, "断网时写的");
  assert.equal(call.phase, "answered");
  await ana.press("挂断");
  await ana.until("wrap-up");
  await until("the recording is written", async () => {
    const detail = await bed.manager.ask("GET", `/calls/${known.callId}`);
    return detail.recordings[0]?.state === "done";
  });
  assert.deepEqual(ana.browser.errors, []);
});
