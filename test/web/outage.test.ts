import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { deskInTab, openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { mediaProcesses } from "../kit/media-processes.ts";
import { hearing, hears, twoWay } from "../kit/outage.ts";
import { callsTo } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phone = "+8613700000063";
const [agentHz, customerHz] = [700, 1500];

test("a hidden and frozen page, a laptop asleep, a page that crashes, media that die: customer and form are kept as long as they can be", async (t) => {
  await using bed = await callBed();
  const { agent } = await runningCampaign(bed, phone);
  await using ana = await openDesk(bed, "ana", { hz: agentHz });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, customerHz);
  const both = (story: string) => twoWay(t, story, { call, hz: agentHz, ear: ana.browser, customerHz });
  await both("at first");
  const note = () => ana.zone("服务总结").getByLabel("备注");
  await note().fill("正在考虑");
  await ana.page.getByText("已保存", { exact: true }).waitFor();

  const session = await ana.page.context().newCDPSession(ana.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  for (let look = 0; look < 30; look++) assert.equal(await hearing(call, agentHz), "agent", "while frozen");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 50 });
  await both("thawed, and the page has next to no processor");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });

  const everything = await ana.browser.pids();
  for (const pid of everything) process.kill(pid, "SIGSTOP");
  await hears(t, "asleep", { call, hz: agentHz, wanted: "music" });
  for (const pid of everything) process.kill(pid, "SIGCONT");
  await both("awake");
  assert.equal(await note().inputValue(), "正在考虑");

  const crashed = ana.page.waitForEvent("crash");
  for (const pid of await ana.browser.pids("renderer")) process.kill(pid, "SIGKILL");
  await hears(t, "page killed", { call, hz: agentHz, wanted: "music" });
  await crashed;

  const again = await deskInTab(ana, bed.server.url);
  await again.press("在此接管");
  await again.sees("person 0");
  await hears(t, "page opened again", { call, hz: agentHz, wanted: "agent" });
  assert.equal(await again.zone("服务总结").getByLabel("备注").inputValue(), "正在考虑");

  const [media] = mediaProcesses();
  process.kill(media!, "SIGKILL");
  await call.until("ended");
  await again.until("wrap-up");
  const from = performance.now();
  await until("the agent's line is back", async () => (await agent.ask("GET", "/desk")).legUp);
  t.diagnostic(`media process killed: the line is up again after ${Math.round(performance.now() - from)} ms`);
  const [story] = await callsTo(bed.database, phone);
  assert.deepEqual([story!.cause, story!.outcome], ["media-process-died", "connected"]);
  assert.deepEqual(ana.browser.errors, []);
});
