import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { until } from "../kit/until.ts";

const person = "+8613800138050";

test("progressive: a person answers, both hear each other, the summary ends it", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [person], agents: [ana] });
  bed.carrier.behave(person, [
    { do: "ring" },
    { do: "wait", ms: 200 },
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [1900] }, ms: 30_000 },
  ]);
  const answered = bed.carrier.seeCall(person);
  await ana.work(campaign.id);
  await campaign.command("start");
  const customer = await answered;
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, person);
  assert.equal(talking.call?.lead.name, "person 0");

  await until("the agent hears the customer", () => ana.phone.peer.toneLevel(1900) > -20);
  const heard = await customer.stream!.listen(300);
  assert.ok(heard.toneDbm0(ana.toneHz) > -20, "the customer hears the agent");
  await ana.command("hangup", {});
  await customer.until("ended");
  assert.equal(customer.end?.by, "peer");
  const ready = await ana.finish(campaign.dispositions["sold"], "wants the blue one");
  assert.equal(ready.state, "ready");
  assert.equal(ready.call, null);
});
