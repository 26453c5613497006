import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentlessSettings } from "../../shared/broadcasts.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

type Part = { kind: "tone"; signal: "busy" } | { kind: "silence"; ms: number };
async function promptOf(bed: CallBed, name: string, parts: Part[]): Promise<number> {
  const { id } = await bed.manager.ask("POST", "/prompts", { name, language: "zh", parts });
  return id as number;
}

/** Busy tone of China, 450 Hz, which nobody else sends: some seconds of it, for a loaded machine listens in windows. */
const message = (bed: CallBed, phone: string) =>
  promptOf(
    bed,
    `message ${phone}`,
    Array.from({ length: 8 }, () => ({ kind: "tone", signal: "busy" })),
  );

async function campaignOf(bed: CallBed, phone: string, change: Partial<AgentlessSettings>) {
  const campaign = await bed.seed.campaign({
    phones: [phone],
    mode: "agentless",
    retries: { machine: { delayMs: 60_000, tries: 2 } },
  });
  const prompt = await message(bed, phone);
  const menu = { do: "menu", prompt, waitMs: 500, repeats: 2, keys: [{ key: "1", label: "yes", steps: [] }] };
  const own = { steps: [{ ...menu, wrongPrompt: null, noKey: [], wrongKey: [] }], optOut: null };
  const pace = { concurrency: 5, callsPerSecond: 50, startAfterMs: 500 };
  await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, { ...pace, flow: own, ...change });
  const coming = bed.carrier.nextCall(phone);
  await campaign.command("start");
  return { ...campaign, call: await coming };
}

/** A voicemail greets, and beeps; true: it heard our tone before its beep. */
async function greet(call: CarrierCall): Promise<boolean> {
  call.ring();
  call.answer();
  const heard = { isOver: false };
  const greeting = call.play("greeting-zh").then(() => void (heard.isOver = true));
  let disturbed = false;
  while (!heard.isOver) disturbed ||= (await call.stream!.listen(200)).toneDbm0(450) > -40;
  await greeting;
  await call.play({ tonesHz: [1000] });
  return disturbed;
}
const hears = (call: CarrierCall) =>
  until("the message is heard", async () => (await call.stream!.listen(200)).toneDbm0(450) > -30);

test("agentless: a voicemail hears the message after its beep, once, and a person as ever; both are counted apart", async () => {
  await using bed = await callBed();
  const [voicemail, person] = ["+8613800280071", "+8613800280072"] as const;
  const left = await campaignOf(bed, voicemail, { onMachine: "same" });
  assert.equal(await greet(left.call), false, "nobody talks into the greeting");
  await hears(left.call);
  const closed = await closedCall(bed.database, voicemail);
  assert.deepEqual([closed.outcome, closed.ended_by, closed.connected_at], ["message-left", "system", null]);
  assert.equal(
    closed.events.filter((type) => type === "message-said").length,
    1,
    "it is asked nothing twice",
  );
  assert.equal((await leadOf(bed.database, left.leadIds[0]!)).status, "done", "no retry");
  const results = await bed.manager.ask("GET", `/campaigns/${left.id}/message-results`);
  assert.deepEqual([results.calls, results.machines, results.left, results.keys], [0, 1, 1, []]);

  const heard = await campaignOf(bed, person, { onMachine: "same" });
  heard.call.answer();
  await heard.call.play("hello-zh-1");
  await hears(heard.call);
  heard.call.stream!.sendDtmf("1");
  assert.equal((await closedCall(bed.database, person)).outcome, "message-heard");
  const counted = await bed.manager.ask("GET", `/campaigns/${heard.id}/message-results`);
  assert.deepEqual([counted.calls, counted.heard, counted.machines], [1, 1, 0]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("agentless: a machine is hung up on where the campaign wants it, and tried again by the rule of machines", async () => {
  await using bed = await callBed();
  const phone = "+8613800280073";
  const { call, leadIds } = await campaignOf(bed, phone, { onMachine: "hang-up" });
  call.answer();
  void call.play("voicemail-zh").catch(() => undefined);
  const closed = await closedCall(bed.database, phone);
  assert.deepEqual([closed.outcome, closed.ended_by], ["machine", "system"]);
  assert.ok(!closed.events.includes("message-said"));
  assert.equal((await leadOf(bed.database, leadIds[0]!)).status, "ready");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("agentless: a voicemail hears the message that is for machines, a person the one for people", async () => {
  await using bed = await callBed();
  const [voicemail, person] = ["+8613800280074", "+8613800280075"] as const;
  // Only what is for machines sounds; people hear silence, and are asked.
  const quiet = await promptOf(bed, "for people", [{ kind: "silence", ms: 3000 }]);
  const voicemailPrompt = await message(bed, "for machines");
  const menu = {
    do: "menu",
    prompt: quiet,
    waitMs: 500,
    repeats: 2,
    keys: [{ key: "1", label: "yes", steps: [] }],
  };
  const flow = { steps: [{ ...menu, wrongPrompt: null, noKey: [], wrongKey: [] }], optOut: null };
  const change = { onMachine: "prompt", voicemailPrompt, flow } as unknown as Partial<AgentlessSettings>;

  const left = await campaignOf(bed, voicemail, change);
  assert.equal(await greet(left.call), false, "nobody talks into the greeting");
  await hears(left.call);
  assert.equal((await closedCall(bed.database, voicemail)).outcome, "message-left");

  const asked = await campaignOf(bed, person, change);
  asked.call.answer();
  await asked.call.play("hello-zh-1");
  await until("they are asked", async () =>
    (await callsTo(bed.database, person))[0]?.events.includes("message-said"),
  );
  assert.ok((await asked.call.stream!.listen(500)).toneDbm0(450) < -40, "nothing of the other message");
  asked.call.stream!.sendDtmf("1");
  assert.equal((await closedCall(bed.database, person)).outcome, "message-heard");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
