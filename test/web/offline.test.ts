import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { natBox } from "../kit/nat-box.ts";
import { hearing, hears, twoWay } from "../kit/outage.ts";
import { callsTo } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { weakLink } from "../kit/weak-link.ts";

const phone = "+8613700000064";
const [agentHz, customerHz] = [700, 1500];
const offlineMs = 20_000;

test("offline for twenty seconds in a talk: the customer waits with music, then it is the same call, and what was written meanwhile is there", async (t) => {
  await using bed = await callBed();
  const { agent } = await runningCampaign(bed, phone);
  await using nat = natBox();
  await using link = await weakLink(bed.server.url);
  await using ana = await openDesk(bed, "ana", { hz: agentHz, url: link.url, nat });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, customerHz);
  const both = (story: string) => twoWay(t, story, { call, hz: agentHz, ear: ana.browser, customerHz });
  await both("at first");
  const desk = () => agent.ask("GET", "/desk");
  const { callId } = (await desk()).call;
  const note = () => ana.zone("服务总结").getByLabel("备注");
  await note().fill("正在考虑");
  await ana.page.getByText("已保存", { exact: true }).waitFor();

  const context = ana.page.context();
  const from = performance.now();
  link.cut();
  nat.cut();
  await context.setOffline(true);
  await ana.page.getByText("与服务器的连接已中断").waitFor();
  await note().fill("正在考虑，明天答复");
  await hears(t, "offline", { call, hz: agentHz, wanted: "music" });
  // The twenty seconds are the situation: what keeps a leg and a socket alive for less has given up by then.
  while (performance.now() - from < offlineMs)
    assert.notEqual(await hearing(call, agentHz), "agent", "nothing comes through");
  await context.setOffline(false);
  nat.mend();
  link.mend();
  await both("back");

  await ana.until("talking");
  await ana.sees("person 0");
  assert.equal(await note().inputValue(), "正在考虑，明天答复");
  await until("what was written offline is the server's too", async () => {
    const now = await desk();
    return now.call?.callId === callId && now.call.draft?.note === "正在考虑，明天答复";
  });
  await ana.page.getByText("与服务器的连接已中断").waitFor({ state: "detached" });
  assert.equal(call.phase, "answered");
  await ana.press("挂断");
  await ana.until("wrap-up");
  const [story, ...others] = await callsTo(bed.database, phone);
  assert.equal(story!.events.filter((type) => type.startsWith("agent-")).at(-1), "agent-back");
  assert.deepEqual(others, [], "nobody was called again");
  assert.deepEqual(ana.browser.errors, []);
});
