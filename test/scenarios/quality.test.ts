import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallDetail } from "../../shared/calls.ts";
import type { Health } from "../../shared/health.ts";
import type { LiveQuality } from "../../shared/quality.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { watchLive } from "../kit/live-client.ts";
import { closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const caller = "+8613800138096";
const plan: Plan = [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }];

test("the desk sees how the call sounds and when the microphone dies; the call keeps the figures", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana", { toneHz: 700 });
  const campaign = await bed.seed.campaign({ phones: [caller], agents: [ana] });
  await ana.work(campaign.id);
  using live = await watchLive(bed.server.url, ana, "quality");
  const now = () => live.items["quality"]?.["me"] as LiveQuality | undefined;
  const target = { transport: "udp", ...bed.server.sip } as const;
  const call = bed.carrier.callIn({ from: caller, to: "+8675512345678", target, plan });
  await ana.until("talking");
  await until("both legs are rated", () => now()?.customer?.in && now()?.agent?.in && true);
  assert.deepEqual(
    [now()?.customer?.in?.grade, now()?.agent?.in?.grade, now()?.troubles],
    ["good", "good", []],
  );

  ana.phone.peer.sendSilence();
  await until("the dead microphone is told", () => now()?.troubles.length === 1);
  const [trouble] = now()!.troubles;
  assert.deepEqual([trouble?.leg, trouble?.trouble], ["agent", "silence"]);
  ana.phone.peer.sendTone(700);
  await until("it is over", () => now()?.troubles.length === 0);
  await until(
    "the carrier's reports are read",
    () => now()?.customer?.out && now()?.customer?.roundTripMs !== null,
  );

  call.hangup();
  const closed = await closedCall(bed.database, caller);
  assert.deepEqual(
    closed.events.filter((event) => event.startsWith("audio-")),
    ["audio-trouble", "audio-restored"],
  );
  await until("the call is over for the desk", () => now() === undefined);
  const detail = await until("its figures are stored", async () => {
    const read: CallDetail = await bed.manager.ask("GET", `/calls/${closed.id}`);
    return read.quality && read;
  });
  const { customer, agent } = detail.quality!;
  assert.ok(
    detail.mos! > 4 && customer!.in!.packets > 150 && agent!.in!.packets > 100,
    JSON.stringify(detail.quality),
  );
  assert.deepEqual([customer!.out!.lost, customer!.out!.grade], [0, "good"]);
  assert.deepEqual([customer!.codec, customer!.security, customer!.in!.lost], ["PCMA", null, 0]);
  const health: Health = await bed.manager.ask("GET", "/health");
  const check = health.checks.find(({ name }) => name === "quality")!;
  assert.deepEqual([check.code, check.detail["calls"], check.detail["oneWay"]], ["quality", 1, 1]);
});
