import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentlessSettings } from "../../shared/broadcasts.ts";
import type { FlowStep } from "../../shared/message-flow.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

/** Prompts of steady tones, so that what a person hears is plain: one second each. */
async function tonePrompt(bed: CallBed, name: string, ms = 1000): Promise<number> {
  const parts = [
    { kind: "tone", signal: "confirmation" },
    { kind: "silence", ms },
  ];
  const { id } = await bed.manager.ask("POST", "/prompts", { name, language: "en", parts });
  return id as number;
}

const settingsOf = (steps: FlowStep[], change: Partial<AgentlessSettings> = {}) => ({
  concurrency: 5,
  callsPerSecond: 50,
  startAfterMs: 200,
  flow: { steps, optOut: { key: "9", scope: "global", prompt: "opted-out" } },
  ...change,
});

async function messageEnd(bed: CallBed, callId: string) {
  const rows = await bed.database.db
    .selectFrom("call_events")
    .selectAll()
    .where("call_id", "=", callId)
    .where("type", "=", "message-ended")
    .execute();
  assert.equal(rows.length, 1, "the message ended once");
  return rows[0]!.data;
}

const phones = ["+8613800138070", "+8613800138071", "+8613800138072", "+8613800138073", "+8613800138074"];

test("agentless: by keys people set a result, ask for a callback, for no more calls, hang up early, or say nothing", async () => {
  await using bed = await callBed();
  const [hello, thanks] = [await tonePrompt(bed, "hello"), await tonePrompt(bed, "thanks", 100)];
  const campaign = await bed.seed.campaign({ phones, mode: "agentless" });
  await assert.rejects(campaign.command("start"), { code: "campaign-not-ready" });
  const sold = campaign.dispositions["sold"]!;
  const menu: FlowStep = {
    do: "menu",
    prompt: hello,
    waitMs: 600,
    repeats: 1,
    keys: [
      {
        key: "1",
        label: "yes",
        steps: [
          { do: "disposition", dispositionId: sold },
          { do: "say", prompt: thanks },
        ],
      },
      { key: "2", label: "call me", steps: [{ do: "callback", afterMinutes: 60, prompt: "callback-noted" }] },
    ],
    wrongPrompt: null,
    noKey: [],
    wrongKey: [],
  };
  await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, settingsOf([menu]));
  const coming = phones.map((phone) => bed.carrier.nextCall(phone));
  await campaign.command("start");
  const people = await Promise.all(coming);
  for (const person of people) person.answer();
  const [yes, callMe, never, leaves, silent] = people;

  await until("the message is heard", async () => (await yes!.stream!.listen(500)).levelDbm0 > -40);
  yes!.stream!.sendDtmf("1");
  callMe!.stream!.sendDtmf("2");
  never!.stream!.sendDtmf("9");
  const saying = async (phone: string) =>
    (await callsTo(bed.database, phone))[0]?.events.includes("message-said");
  await until("the fourth hears it", () => saying(phones[3]!));
  leaves!.hangup();

  const first = await closedCall(bed.database, phones[0]!);
  assert.deepEqual(
    [first.outcome, first.disposition_id, first.ended_by, first.connected_at],
    ["message-heard", sold, "system", null],
  );
  assert.deepEqual(await messageEnd(bed, first.id).then(({ keys, label, end }) => [keys, label, end]), [
    "1",
    "yes",
    "played",
  ]);
  assert.equal((await leadOf(bed.database, campaign.leadIds[0]!)).status, "done");

  await closedCall(bed.database, phones[1]!);
  assert.equal((await leadOf(bed.database, campaign.leadIds[1]!)).status, "callback");
  const promised = await bed.database.db.selectFrom("callbacks").selectAll().execute();
  assert.deepEqual(
    promised.map((one) => [one.phone, one.state, one.user_id]),
    [[phones[1], "waiting", null]],
  );

  const third = await closedCall(bed.database, phones[2]!);
  const entries = await bed.database.db.selectFrom("do_not_call").selectAll().execute();
  assert.deepEqual(
    entries.map((entry) => [entry.phone, entry.campaign_id, entry.source]),
    [[phones[2], null, "keypad"]],
  );
  assert.equal((await leadOf(bed.database, campaign.leadIds[2]!)).status_reason, "do-not-call");
  assert.equal((await messageEnd(bed, third.id))["scope"], "global");

  const fourth = await closedCall(bed.database, phones[3]!);
  assert.deepEqual([fourth.outcome, fourth.ended_by], ["message-cut", "customer"]);
  const fifth = await closedCall(bed.database, phones[4]!);
  assert.deepEqual([fifth.outcome, fifth.ended_by], ["message-heard", "system"]);
  assert.equal(fifth.events.filter((type) => type === "message-no-key").length, 2, "asked twice");
  assert.equal(silent!.end?.by, "peer");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("agentless: the message waits for the person's first words to end", async () => {
  await using bed = await callBed();
  const hello = await tonePrompt(bed, "hello");
  const campaign = await bed.seed.campaign({ phones: phones.slice(0, 1), mode: "agentless" });
  const settings = settingsOf([{ do: "say", prompt: hello }], { startAfterMs: 400 });
  await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, settings);
  const coming = bed.carrier.nextCall(phones[0]);
  await campaign.command("start");
  const person = await coming;
  person.answer();
  person.stream!.tone(400);
  const during = await person.stream!.listen(900);
  assert.ok(during.levelDbm0 < -60, `nobody talks into a greeting (${during.levelDbm0} dBm0)`);
  person.stream!.quiet();
  await until("then the message begins", async () => (await person.stream!.listen(500)).levelDbm0 > -40);
  assert.equal((await closedCall(bed.database, phones[0]!)).outcome, "message-heard");
});

test("agentless: a key puts a person through to an agent; the next one hears that nobody is free", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const hello = await tonePrompt(bed, "hello", 100);
  const campaign = await bed.seed.campaign({
    phones: phones.slice(0, 2),
    agents: [ana],
    mode: "agentless",
  });
  const transfer: FlowStep = {
    do: "transfer",
    prompt: null,
    // Long enough that a busy machine still meets the wait and hears its music.
    waitMs: 6000,
    otherwise: [{ do: "callback", afterMinutes: 5, prompt: "callback-noted" }],
  };
  const menu: FlowStep = {
    do: "menu",
    prompt: hello,
    waitMs: 5000,
    repeats: 0,
    keys: [{ key: "1", label: "agent", steps: [transfer] }],
    wrongPrompt: null,
    noKey: [],
    wrongKey: [],
  };
  await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, settingsOf([menu]));
  const coming = phones.slice(0, 2).map((phone) => bed.carrier.nextCall(phone));
  await ana.work(campaign.id);
  await campaign.command("start");
  const [first, second] = await Promise.all(coming);
  first!.answer();
  first!.stream!.sendDtmf("1");
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, phones[0]);
  await until(
    "they hear each other",
    async () => (await first!.stream!.listen(500)).toneDbm0(ana.toneHz) > -30,
  );

  second!.answer();
  second!.stream!.sendDtmf("1");
  const waiting = await until("the second waits", async () => {
    const call = (await callsTo(bed.database, phones[1]!))[0];
    return call?.state === "waiting" && call;
  });
  await until("with music", async () => (await second!.stream!.listen(300)).levelDbm0 > -60);
  const closed = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([closed.outcome, closed.abandoned], ["message-heard", false]);
  const end = await messageEnd(bed, waiting.id);
  assert.deepEqual([end["transferred"], end["hasCallback"], end["end"]], [true, true, "played"]);

  first!.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const talked = await closedCall(bed.database, phones[0]!);
  assert.deepEqual([talked.outcome, talked.agent_user_id], ["connected", ana.userId]);
  assert.equal((await messageEnd(bed, talked.id))["end"], "transferred");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("kill -9 in the middle of messages: calls close with a named cause, what was pressed holds for the lead", async () => {
  await using bed = await callBed({ ownProcess: true });
  const hello = await tonePrompt(bed, "hello", 9000);
  const campaign = await bed.seed.campaign({ phones: phones.slice(0, 3), mode: "agentless" });
  const menu: FlowStep = {
    do: "menu",
    prompt: hello,
    waitMs: 5000,
    repeats: 0,
    keys: [
      {
        key: "1",
        label: "yes",
        steps: [
          { do: "disposition", dispositionId: campaign.dispositions["sold"]! },
          { do: "say", prompt: hello },
        ],
      },
      { key: "2", label: "call me", steps: [{ do: "callback", afterMinutes: 60, prompt: hello }] },
    ],
    wrongPrompt: null,
    noKey: [],
    wrongKey: [],
  };
  await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, settingsOf([menu]));
  const coming = phones.slice(0, 3).map((phone) => bed.carrier.nextCall(phone));
  await campaign.command("start");
  const people = await Promise.all(coming);
  for (const person of people) person.answer();
  const told = (phone: string, event: string) =>
    until(`${event} of ${phone}`, async () =>
      (await callsTo(bed.database, phone))[0]?.events.includes(event),
    );
  for (const phone of phones.slice(0, 3)) await told(phone, "message-said");
  people[0]!.stream!.sendDtmf("1");
  people[1]!.stream!.sendDtmf("2");
  await told(phones[0]!, "message-disposition");
  await told(phones[1]!, "message-callback");
  await campaign.command("pause");
  await bed.crash();

  assert.deepEqual(await brokenAtRest(bed.database), []);
  for (const phone of phones.slice(0, 3)) {
    const [call] = await callsTo(bed.database, phone);
    assert.deepEqual([call!.outcome, call!.cause], ["crashed", "crashed"], phone);
  }
  const leads = await Promise.all(campaign.leadIds.map((id) => leadOf(bed.database, id)));
  assert.deepEqual(
    leads.map((lead) => lead.status),
    ["done", "callback", "ready"],
  );
  assert.equal(leads[0]!.disposition_id, campaign.dispositions["sold"]);
});
