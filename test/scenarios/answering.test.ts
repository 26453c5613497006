import assert from "node:assert/strict";
import { test } from "node:test";
import { answeringSettings } from "../../shared/answering.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import { messagePrompt, person, pickUp, sortingCampaign, verdictOf, voicemail } from "../kit/answered-by.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const fax: Plan = [...pickUp, { do: "talk", sound: { tonesHz: [2100] }, ms: 60_000 }];

test("a machine gets the message after its beep, a fax is hung up on, a person an agent, who may know better", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const phones = ["+8613800280051", "+8613800280052", "+8613800280053"] as const;
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    mode: "progressive",
    answering: answeringSettings.parse({
      enabled: true,
      onMachine: "message",
      machinePromptId: await messagePrompt(bed),
      samplePercent: 0,
    }),
    retries: { machine: { delayMs: 60_000, tries: 2 } },
  });
  bed.carrier.behave(phones[1], fax);
  bed.carrier.behave(phones[2], person);
  await ana.work(campaign.id);
  const next = bed.carrier.nextCall();
  await campaign.command("start");
  const call = await next;
  call.ring();
  call.answer();
  await call.play("voicemail-zh");
  // Busy tone of China: 450 Hz. Nobody else could have sent it, for no agent is there.
  await until("the message is heard", async () => (await call.stream!.listen(200)).toneDbm0(450) > -30);
  const machine = await closedCall(bed.database, phones[0]);
  assert.deepEqual([machine.outcome, machine.ended_by, machine.connected_at], ["machine", "system", null]);
  const heard = await verdictOf(bed, machine.id);
  assert.deepEqual([heard?.class, heard?.reason, heard?.sampled], ["machine", "beep", false]);
  assert.ok(heard!.features["speech"]! > 0, "the evidence is kept");
  const lead = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.equal(lead.status, "ready", "the retry rule of machines holds");

  assert.equal((await closedCall(bed.database, phones[1])).outcome, "fax");

  const talking = await ana.until("talking");
  await ana.command("no-person", { outcome: "machine" });
  const said = await closedCall(bed.database, phones[2]);
  assert.deepEqual([said.outcome, said.ended_by, said.id], ["machine", "agent", talking.call!.callId]);
  const corrected = await verdictOf(bed, said.id);
  assert.deepEqual(
    [corrected?.class, corrected?.truth, corrected?.truth_source],
    ["human", "machine", "key"],
  );
  await ana.until("ready");
  const measured = await bed.manager.ask("GET", `/campaigns/${campaign.id}/answering`);
  assert.deepEqual(
    [measured.all.takenForHuman, measured.all.missedMachines, measured.all.takenForMachine],
    [1, 1, 1],
  );
  const detail = await bed.manager.ask("GET", `/calls/${machine.id}`);
  assert.equal(detail.answeredBy.class, "machine");
  const reviewed = await bed.manager.ask("PUT", `/calls/${machine.id}/answered-by`, { truth: "machine" });
  assert.deepEqual([reviewed.truth, reviewed.truthSource], ["machine", "review"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("machines of the sample meet an agent; when they were people, detection turns itself off and says why", async () => {
  await using bed = await callBed();
  const ben = await bed.agent("ben");
  const phones = ["+8613800280061", "+8613800280062"];
  const campaign = await sortingCampaign(bed, ben, phones, { samplePercent: 100 });
  for (const phone of phones) bed.carrier.behave(phone, voicemail);
  await ben.work(campaign.id);
  await campaign.command("start");
  for (const phone of phones) {
    await ben.until("talking");
    await ben.command("hangup", {});
    const call = await closedCall(bed.database, phone);
    assert.equal(call.outcome, "connected");
    const verdict = await verdictOf(bed, call.id);
    assert.deepEqual(
      [verdict?.class, verdict?.sampled, verdict?.truth, verdict?.truth_source],
      ["machine", true, "human", "talk"],
    );
  }
  const { answering } = await bed.manager.ask("GET", `/campaigns/${campaign.id}`);
  assert.equal(answering.enabled, false);
  assert.deepEqual([answering.turnedOff.percent, answering.turnedOff.high], [100, 100]);
});
