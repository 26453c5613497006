import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { turnServer } from "../kit/turn-server.ts";

const phone = "+8613700000064";

test("a browser that may use TURN alone talks through it, with credentials of its own that end", async () => {
  await using turn = await turnServer();
  await using bed = await callBed({
    config: { ice: { urls: [turn.url], secret: turn.secret, relayOnly: true } },
  });
  const { agent } = await runningCampaign(bed, phone);
  await using ana = await openDesk(bed, "ana", { hz: 700 });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, 1500);
  await ana.browser.hears(1500);
  assert.ok((await call.stream!.listen(300)).toneDbm0(700) > -30, "the customer hears the agent");
  const way = await ana.page.evaluate<{ candidateType: string }>("ears.way()");
  assert.equal(way.candidateType, "relay");

  const [user] = turn.users();
  const [, ends, name] = /^(\d+):(.+)$/.exec(user ?? "") ?? [];
  assert.equal(name, `web-${agent.userId}`);
  const hours = (Number(ends) * 1000 - Date.now()) / 3_600_000;
  assert.ok(hours > 23.9 && hours <= 24, `good for ${hours} hours`);
  const stranger = await fetch(`${bed.server.url}/api/v1/desk/sip-credentials`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-waihu": "1" },
    body: "{}",
  });
  assert.ok([401, 403].includes(stranger.status), "nobody gets them without signing in");
  call.hangup();
});
