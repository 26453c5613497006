import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import type { BedAgent } from "../kit/bed-agent.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const customerHz = 1900;
const expertHz = 1400;
const talksAt = (hz: number): Plan => [
  { do: "answer" },
  { do: "talk", sound: { tonesHz: [hz] }, ms: 60_000 },
];
/** Where it is day now, whatever the time of the test. */
const awake = (last: number) =>
  new Date().getUTCHours() < 13 ? `+86138001380${last}` : `+1212555${String(last).padStart(4, "0")}`;

/** Ana talks with a customer; the others are at work, or paused. */
async function talk(bed: CallBed, customer: string, ready: BedAgent[], paused: BedAgent[] = []) {
  const [ana] = ready as [BedAgent];
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [...ready, ...paused] });
  bed.carrier.behave(customer, talksAt(customerHz));
  for (const agent of [...ready, ...paused]) {
    await agent.work(campaign.id);
    if (agent !== ana) await agent.command("pause", { reasonId: 1 });
  }
  const there = bed.carrier.seeCall(customer);
  await campaign.command("start");
  const { call } = await ana.until("talking");
  for (const agent of ready) if (agent !== ana) await agent.command("ready", {});
  return { campaign, call: call!, far: await there };
}

test("a colleague is consulted, spoken with in turn, joined, and has the customer with all that was written", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const customer = "+8613800138061";
  const { campaign, call, far } = await talk(bed, customer, [ana, ben]);
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("customer", customerHz, far)];
  const hears = (what: string, who: Record<string, string[]>) => untilHeard(what, ears, who);
  const draft = { dispositionId: null, form: {}, callbackAt: null, callbackMine: true, final: false };
  await ana.command("summary", { ...draft, callId: call.callId, note: "asks for the price" });
  const toBen = { target: { type: "agent", userId: ben.userId } } as const;

  await ana.command("call/consult", toBen);
  await hears("consulting", { ana: ["ben"], ben: ["ana"], customer: [] });
  const seen = await ben.state();
  assert.deepEqual([seen.call?.callId, seen.call?.role], [call.callId, "guest"]);
  await ana.command("call/swap", {});
  await hears("swapped", { ana: ["customer"], ben: [], customer: ["ana"] });
  await ana.command("call/merge", {});
  await hears("three-way", { ana: ["ben", "customer"], ben: ["ana", "customer"], customer: ["ana", "ben"] });
  const { call: merged } = await ana.state();
  const party = merged!.parties.find(({ kind, me }) => kind === "agent" && !me);
  await ana.command("call/drop", { partyId: party!.id });
  await hears("dropped", { ana: ["customer"], ben: [], customer: ["ana"] });
  await ben.until("ready");

  await ana.command("call/consult", toBen);
  await hears("consulting again", { ana: ["ben"], ben: ["ana"], customer: [] });
  await ana.command("call/complete", {});
  await hears("completed", { ana: [], ben: ["customer"], customer: ["ben"] });
  await ana.until("ready");
  const got = await ben.state();
  assert.deepEqual([got.call?.role, got.call?.draft?.note], ["owner", "asks for the price"]);

  far.hangup();
  await ben.finish(Object.values(campaign.dispositions)[0], "asks for the price");
  const row = await closedCall(bed.database, customer);
  assert.deepEqual([row.outcome, row.agent_user_id], ["connected", ben.userId]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a number outside joins a talk and stays with the customer when the agent leaves; a customer who goes ends it for all", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const [customer, expert] = ["+8613800138062", awake(63)];
  const { campaign, far } = await talk(bed, customer, [ana]);
  bed.carrier.behave(expert, talksAt(expertHz));
  const coming = bed.carrier.seeCall(expert);
  await ana.command("call/add", { target: { type: "number", phone: expert } });
  const outside = await coming;
  await outside.until("answered");
  const ears = [
    agentEar("ana", ana),
    farEar("customer", customerHz, far),
    farEar("expert", expertHz, outside),
  ];
  await untilHeard("three-way", ears, {
    ana: ["customer", "expert"],
    customer: ["ana", "expert"],
    expert: ["ana", "customer"],
  });
  await ana.command("call/leave", {});
  await untilHeard("without the agent", ears, { ana: [], customer: ["expert"], expert: ["customer"] });
  await ana.until("ready");
  far.hangup();
  await outside.until("ended");
  await closedCall(bed.database, customer);
  const [second] = await callsTo(bed.database, expert);
  assert.equal(second?.origin, "transfer");
  await campaign.command("pause");
  await until("nothing is left open", async () => (await brokenAtRest(bed.database)).length === 0);
});

test("parked for anybody; announced to who is paused; back to who sent it when nobody comes", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const customer = "+8613800138064";
  const { campaign, call, far } = await talk(bed, customer, [ana], [ben]);
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("customer", customerHz, far)];
  await ana.command("call/park", {});
  await untilHeard("parked", ears, { ana: [], ben: [], customer: [] });
  const [parked] = (await ben.state()).parked;
  assert.deepEqual([parked?.callId, parked?.slot], [call.callId, 1]);
  await ben.command("call/retrieve", { slot: 1 });
  await untilHeard("retrieved", ears, { ana: [], ben: ["customer"], customer: ["ben"] });

  await ana.command("pause", { reasonId: 1 });
  await ben.command("call/transfer", { target: { type: "agent", userId: ana.userId } });
  await ben.until("paused");
  const [announced] = (await ana.state()).announced;
  assert.equal(announced?.callId, call.callId);
  await ana.command("call/decline", { callId: call.callId });
  await until("it is announced to who sent it", async () => (await ben.state()).announced.length === 1);
  await ben.command("call/accept", { callId: call.callId });
  await untilHeard("back", ears, { ana: [], ben: ["customer"], customer: ["ben"] });

  await ana.command("ready", {});
  await ben.command("call/transfer", { target: { type: "queue", campaignId: campaign.id } });
  await untilHeard("from the line", ears, { ana: ["customer"], ben: [], customer: ["ana"] });
  far.hangup();
  await ana.finish(Object.values(campaign.dispositions)[0]);
  const row = await closedCall(bed.database, customer);
  assert.deepEqual([row.outcome, row.agent_user_id, row.abandoned], ["connected", ana.userId, false]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a second call is announced: the first customer waits with music and is back when the second has gone", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const [one, two] = ["+8613800138065", "+8613800138066"];
  const { campaign, call, far } = await talk(bed, one, [ana], [ben]);
  const own = await bed.seed.campaign({ phones: [two], agents: [ben] });
  bed.carrier.behave(two, talksAt(expertHz));
  await ben.command("sign-out", {});
  await ben.work(own.id);
  const coming = bed.carrier.seeCall(two);
  await own.command("start");
  await ben.until("talking");
  const other = await coming;
  await ben.command("call/transfer", { target: { type: "agent", userId: ana.userId } });
  const [announced] = (await ana.state()).announced;
  await ana.command("call/accept", { callId: announced!.callId });
  const ears = [agentEar("ana", ana), farEar("one", customerHz, far), farEar("two", expertHz, other)];
  await untilHeard("the second in front", ears, { ana: ["two"], two: ["ana"], one: [] });
  const state = await ana.state();
  assert.deepEqual(
    [state.call?.callId, state.aside.map(({ callId }) => callId)],
    [announced!.callId, [call.callId]],
  );
  await ana.command("call/switch", { callId: call.callId });
  await untilHeard("the first in front", ears, { ana: ["one"], one: ["ana"], two: [] });
  await ana.command("call/switch", { callId: announced!.callId });
  other.hangup();
  await untilHeard("the first is back", ears, { ana: ["one"], one: ["ana"] });
  far.hangup();
  await ana.finish(Object.values(campaign.dispositions)[0]);
  await Promise.all([closedCall(bed.database, one), closedCall(bed.database, two)]);
  await until("ana is free", async () => (await ana.state()).call === null);
});
