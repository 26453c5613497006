import assert from "node:assert/strict";
import { test } from "node:test";
import { messagePrompt, person, sortingCampaign, verdictOf, voicemail } from "../kit/answered-by.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const verdictFor = (bed: CallBed, callId: string) => until("a verdict", () => verdictOf(bed, callId));

test("beside: who answers has an agent at once; the desk says what sounds like a machine, and leaves it the message", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const phones = ["+8613800280071", "+8613800280072"] as const;
  const campaign = await sortingCampaign(bed, ana, phones, {
    listen: "beside",
    onMachine: "message",
    machinePromptId: await messagePrompt(bed),
    samplePercent: 0,
  });
  bed.carrier.behave(phones[0], person);
  await ana.work(campaign.id);
  await campaign.command("start");
  const talking = await ana.until("talking");
  const first = await verdictFor(bed, talking.call!.callId);
  assert.deepEqual([first.class, (await ana.state()).call?.suspect], ["human", null]);
  const [met] = await callsTo(bed.database, phones[0]);
  const isBefore = (one: string, other: string) => met!.events.indexOf(one) < met!.events.indexOf(other);
  assert.ok(isBefore("joined", "answered-by"), `nobody waits for the verdict: ${met!.events.join(" ")}`);

  const next = bed.carrier.nextCall();
  await ana.command("hangup", {});
  const call = await next;
  call.ring();
  call.answer();
  const greeting = call.play("voicemail-zh");
  const suspected = await until("the desk suspects a machine", async () => {
    const now = await ana.state();
    return now.call?.suspect === "machine" && now;
  });
  assert.deepEqual([suspected.state, suspected.call!.mayLeaveMessage], ["talking", true]);
  await ana.command("leave-message", {});
  assert.equal((await ana.until("ready")).call, null);
  await greeting;
  await until("the message is heard", async () => (await call.stream!.listen(200)).toneDbm0(450) > -30);
  const machine = await closedCall(bed.database, phones[1]);
  assert.deepEqual([machine.outcome, machine.ended_by], ["machine", "system"]);
  const heard = await verdictOf(bed, machine.id);
  assert.deepEqual([heard?.class, heard?.truth, heard?.truth_source], ["machine", "machine", "key"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("beside: a machine is taken back from its agent, who is ready for the next person in the same tick", async () => {
  await using bed = await callBed();
  const ben = await bed.agent("ben");
  const phones = ["+8613800280081", "+8613800280082"] as const;
  const campaign = await sortingCampaign(bed, ben, phones, {
    listen: "beside",
    takeBack: true,
    onScreener: "hang-up",
    samplePercent: 0,
  });
  bed.carrier.behave(phones[0], voicemail);
  bed.carrier.behave(phones[1], person);
  await ben.work(campaign.id);
  await campaign.command("start");
  const machine = await closedCall(bed.database, phones[0]);
  assert.deepEqual([machine.outcome, machine.ended_by], ["machine", "system"]);
  assert.ok(machine.connected_at !== null && machine.events.includes("taken-back"), "an agent had it");
  const talking = await ben.until("talking");
  const [met] = await callsTo(bed.database, phones[1]);
  assert.equal(talking.call!.callId, met!.id);
  assert.equal((await verdictFor(bed, met!.id)).class, "human");
  await ben.command("hangup", {});
  assert.equal((await closedCall(bed.database, phones[1])).outcome, "connected");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
