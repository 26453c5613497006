import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phone = "+8613800138090";
const customerHz = 1900;

/** A bed with one talk under way. */
async function talk(change: { vanish?: boolean } = {}) {
  const bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana] });
  const coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await campaign.command("start");
  const customer = await coming;
  customer.ring();
  customer.answer();
  customer.stream!.tone(customerHz);
  await ana.until("talking");
  if (change.vanish) void customer.run([{ do: "vanish" }]);
  return { bed, ana, campaign, customer };
}

test("the customer hangs up first", async () => {
  const { bed, ana, campaign, customer } = await talk();
  await using _bed = bed;
  customer.hangup();
  await ana.finish(campaign.dispositions["again"]);
  const call = await closedCall(bed.database, phone);
  assert.deepEqual([call.outcome, call.ended_by, call.cause], ["connected", "customer", "normal"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("both hang up at once: one end, one wrap-up", async () => {
  const { bed, ana, campaign, customer } = await talk();
  await using _bed = bed;
  customer.hangup();
  await ana.command("hangup", {}).catch((error: { code: string }) => {
    assert.equal(error.code, "call-not-in-state");
  });
  await ana.finish(campaign.dispositions["sold"]);
  const call = await closedCall(bed.database, phone);
  assert.equal(call.outcome, "connected");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a carrier that never answers BYE holds neither the agent nor the record", async () => {
  const { bed, ana, campaign } = await talk({ vanish: true });
  await using _bed = bed;
  await ana.command("hangup", {});
  const ready = await ana.finish(campaign.dispositions["sold"]);
  assert.equal(ready.state, "ready");
  await closedCall(bed.database, phone);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("the agent's phone drops out of a talk: the customer hears music, and the talk goes on when it is back", async () => {
  const { bed, ana, campaign, customer } = await talk();
  await using _bed = bed;
  ana.phone.away = true;
  ana.phone.hangUp();
  await until("the customer is parked", async () => (await ana.state()).call?.onHold);
  await until("music, not silence", async () => (await customer.stream!.listen(500)).levelDbm0 > -50);
  ana.phone.away = false;
  await until("the leg is up again", async () => (await ana.state()).legUp);
  const state = await ana.state();
  assert.deepEqual([state.state, state.call?.onHold], ["talking", false]);
  await until("both hear each other again", () => ana.phone.peer.toneLevel(customerHz) > -20);
  await until(
    "they hear each other",
    async () => (await customer.stream!.listen(500)).toneDbm0(ana.toneHz) > -20,
  );
  customer.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const call = await closedCall(bed.database, phone);
  assert.ok(call.events.includes("agent-leg-lost") && call.events.includes("agent-back"));
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("an agent who does not come back: the customer is told and let go, the summary is still to be written", async () => {
  const { bed, ana, campaign, customer } = await talk();
  await using _bed = bed;
  await bed.manager.ask("PATCH", "/settings", { agentLostSeconds: 1 });
  ana.phone.away = true;
  ana.phone.hangUp();
  await customer.until("ended");
  assert.equal(customer.end?.by, "peer");
  const state = await ana.finish(campaign.dispositions["sold"]);
  assert.equal(state.state, "connecting");
  const call = await closedCall(bed.database, phone);
  assert.deepEqual([call.outcome, call.ended_by, call.cause], ["connected", "system", "media-lost"]);
  assert.ok(call.events.includes("agent-lost"));
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("hold and mute", async () => {
  const { bed, ana, campaign, customer } = await talk();
  await using _bed = bed;
  await ana.command("mute", { on: true });
  await until("the customer no longer hears the agent", async () => {
    const heard = await customer.stream!.listen(200);
    return heard.toneDbm0(ana.toneHz) < -50;
  });
  await ana.command("mute", { on: false });
  await until("and hears them again", async () => {
    const heard = await customer.stream!.listen(200);
    return heard.toneDbm0(ana.toneHz) > -20;
  });
  await ana.command("hold", { on: true });
  await until("the agent hears the customer no more", () => ana.phone.peer.toneLevel(customerHz) < -50);
  await ana.command("hold", { on: false });
  await until("and hears them again", () => ana.phone.peer.toneLevel(customerHz) > -20);
  customer.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
