import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { watchLive } from "../kit/live-client.ts";
import { person } from "../kit/person.ts";
import { until } from "../kit/until.ts";

const phone = "+8613800138099";

test("the record is pushed to the agent's desk; the floor sees the call come and go, a plain agent sees no floor", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana] });
  using desk = await watchLive(bed.server.url, ana, "desk", "calls");
  const boss = await person(bed.database, bed.server.url, "boss", "supervisor");
  using floor = await watchLive(bed.server.url, bed.manager, "agents", "calls", "campaigns", "trunks");
  assert.equal(desk.items["desk"]!["me"].state, "signed-out");
  assert.ok(desk.messages.some((m) => m.type === "refused" && m.topic === "calls" && m.code === "forbidden"));
  using unit = await watchLive(bed.server.url, boss, "agents");

  const coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await campaign.command("start");
  const customer = await coming;
  customer.answer();
  await until("the desk shows the record", () => desk.items["desk"]!["me"].call?.lead.phone === phone);
  const callId = await until("the floor knows the call", () => Object.keys(floor.items["calls"]!)[0]);
  await until("the floor sees the talk", () => floor.items["calls"]![callId]?.state === "talking");
  await until("and the agent", () => floor.items["agents"]![ana.userId]?.state === "talking");
  await until("and the campaign", () => floor.items["campaigns"]![campaign.id]?.linesTalking === 1);
  assert.deepEqual(unit.items["agents"], {}, "an agent of no unit is not the supervisor's to see");
  customer.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  await until("the call is gone", () => floor.items["calls"]![callId] === undefined);
  await until("and counted", () => floor.items["campaigns"]![campaign.id]?.connectedToday === 1);
  for (const view of [desk, floor])
    for (const topic of Object.keys(view.items)) {
      const numbers = view.messages.flatMap((m) => ("seq" in m && m.topic === topic ? [m.seq] : []));
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => i + 1),
        `${topic} has no gap`,
      );
    }
});
