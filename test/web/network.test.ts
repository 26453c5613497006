import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { natBox } from "../kit/nat-box.ts";
import { hearing, hears, twoWay } from "../kit/outage.ts";
import { callsTo } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { weakLink } from "../kit/weak-link.ts";

const phone = "+8613700000062";
const [agentHz, customerHz] = [700, 1500];

test("the network under a talk fails in every way: the customer hears music, the talk goes on", async (t) => {
  await using bed = await callBed();
  await runningCampaign(bed, phone);
  await using nat = natBox();
  await using link = await weakLink(bed.server.url);
  await using ana = await openDesk(bed, "ana", { hz: agentHz, url: link.url, nat });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, customerHz);
  const both = (story: string) => twoWay(t, story, { call, hz: agentHz, ear: ana.browser, customerHz });
  await both("at first");

  // Signalling alone is lost for more than ten seconds: nobody in the talk notices.
  link.cut();
  await until("the desk says so", () => ana.page.getByText("与服务器的连接已中断").isVisible());
  for (let look = 0; look < 52; look++)
    assert.equal(await hearing(call, agentHz), "agent", "audio goes another way");
  link.mend();
  await ana.page.getByText("与服务器的连接已中断").waitFor({ state: "detached" });
  assert.equal(await hearing(call, agentHz), "agent");

  // A tunnel: no packets for a while, then the same way works again.
  nat.cut();
  await hears(t, "audio lost", { call, hz: agentHz, wanted: "music" });
  nat.mend();
  await both("audio back");

  // A longer one: the leg has been given up, and the fresh one finds no way until there is one.
  const connections = () => ana.page.evaluate<number>("ears.connections.length");
  const before = await connections();
  nat.cut();
  await hears(t, "audio lost again", { call, hz: agentHz, wanted: "music" });
  await until("a fresh leg was tried", async () => (await connections()) > before);
  nat.mend();
  await both("audio back after long");

  // Another network: the browser's address is new, and its old connections are dead without a word.
  const legs = await connections();
  const rebound = performance.now();
  nat.rebind();
  await until("the server calls anew", async () => (await connections()) > legs);
  t.diagnostic(`new address: called anew after ${Math.round(performance.now() - rebound)} ms`);
  await both("new address");

  // All at once and without a word, until the desk has found out by itself.
  link.stall();
  nat.cut();
  await hears(t, "all lost", { call, hz: agentHz, wanted: "music" });
  await ana.page.getByText("与服务器的连接已中断").waitFor();
  nat.rebind();
  nat.mend();
  link.mend();
  await both("all back");

  assert.equal(call.phase, "answered");
  await ana.press("挂断");
  await ana.until("wrap-up");
  const [story] = await callsTo(bed.database, phone);
  const events = story!.events.filter((type) => type === "agent-leg-lost" || type === "agent-back");
  t.diagnostic(events.join(", "));
  assert.equal(events.at(-1), "agent-back");
  assert.deepEqual(ana.browser.errors, []);
});
