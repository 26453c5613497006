import assert from "node:assert/strict";
import { test } from "node:test";
import { formatReplaces } from "../../server/sip/replaces.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const customerHz = 1900;
const talks: Plan = [{ do: "answer" }, { do: "talk", sound: { tonesHz: [customerHz] }, ms: 60_000 }];
/** Where it is day now, whatever the time of the test: the gate keeps the hours of the person called. */
const awake = (last: number) =>
  new Date().getUTCHours() < 13 ? `+86138001380${last}` : `+1212555${String(last).padStart(4, "0")}`;

test("an agent's telephone transfers: to a colleague, to a number through the gate, and not past it", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const [customer, expert, never] = ["+8613800138090", awake(91), awake(92)];
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana] });
  await bed.manager.ask("POST", "/do-not-call", { phones: never, reason: "asked" });
  bed.carrier.behave(customer, talks);
  await Promise.all([ana.work(campaign.id), ben.work(campaign.id)]);
  await ben.command("pause", { reasonId: 1 });
  const there = bed.carrier.seeCall(customer);
  await campaign.command("start");
  const { call } = await ana.until("talking");
  assert.equal(call?.lead.phone, customer);
  const to = (user: string) => `sip:${user}@${bed.server.sip.host}:${bed.server.sip.port}`;

  assert.equal((await ana.phone.calls.at(-1)!.refer(to(never))).status, 603);
  const [refused] = await callsTo(bed.database, never);
  assert.deepEqual([refused?.outcome, refused?.origin], ["refused", "transfer"]);
  assert.equal((await ana.phone.calls.at(-1)!.refer(to(`phone-${ben.userId}`))).status, 486);
  assert.equal((await ana.state()).state, "talking");

  await ben.command("ready", {});
  assert.equal((await ana.phone.calls.at(-1)!.refer(to(`phone-${ben.userId}`))).status, 200);
  assert.equal((await ben.until("talking")).call?.lead.phone, customer);
  await until("ben hears the customer", () => ben.phone.peer.toneLevel(customerHz) > -20);
  await ana.until("ready");

  const coming = bed.carrier.nextCall(expert);
  const result = ben.phone.calls.at(-1)!.refer(to(expert));
  const far = await coming;
  far.ring();
  far.answer();
  assert.equal((await result).status, 200);
  await until("the expert hears the customer", async () => {
    const heard = await far.stream!.listen(200);
    return heard.toneDbm0(customerHz) > -25;
  });
  await ben.until("ready");
  far.hangup();
  await (await there).until("ended");
  const main = await closedCall(bed.database, customer);
  assert.deepEqual([main.outcome, main.agent_user_id], ["connected", ben.userId]);
  for (const event of ["transfer-asked", "transfer-failed", "handed-on", "transferred"])
    assert.ok(main.events.includes(event), event);
  const second = await closedCall(bed.database, expert);
  assert.deepEqual([second.outcome, second.origin], ["connected", "transfer"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a customer whose carrier moves them goes on with the same call and the same agent", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const customer = "+8613800138093";
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana] });
  bed.carrier.behave(customer, talks);
  await ana.work(campaign.id);
  const coming = bed.carrier.seeCall(customer);
  await campaign.command("start");
  await ana.until("talking");
  const there = await coming;
  const replaces = formatReplaces(there.sip.dialog!);
  const moved = bed.carrier.callIn({
    from: customer,
    to: "+8675512345678",
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "talk", sound: { tonesHz: [1300] }, ms: 60_000 }],
    headers: [["Replaces", replaces]],
  });
  await there.until("ended");
  await until("ana hears the customer on the new line", () => ana.phone.peer.toneLevel(1300) > -20);
  assert.equal((await ana.state()).state, "talking");
  moved.hangup();
  await ana.finish(Object.values(campaign.dispositions)[0]);
  const call = await closedCall(bed.database, customer);
  assert.deepEqual([call.outcome, call.ended_by], ["connected", "customer"]);
  assert.ok(call.events.includes("leg-replaced"));
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
