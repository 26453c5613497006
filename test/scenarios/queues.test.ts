import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import type { BedAgent } from "../kit/bed-agent.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { Refused } from "../kit/person.ts";
import { queueBed, visits } from "../kit/queue-bed.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

/** Ready one after another: the first has been free for the longest time. */
async function ready(...agents: BedAgent[]): Promise<void> {
  for (const agent of agents) {
    await agent.work();
    await agent.until("ready");
  }
}

const rung = (agent: BedAgent) =>
  until("it is announced", async () => (await agent.state()).announced[0]?.callId);

/** Calls one number three times and hangs up in that order; who had each call. */
async function three(bed: CallBed, queues: ReturnType<typeof queueBed>, phone: string): Promise<string[]> {
  const taken: string[] = [];
  const calls = [];
  for (let i = 0; i < 3; i++) {
    const call = queues.callIn(phone);
    calls.push(call);
    taken.push(await queues.takenBy(call));
  }
  for (const call of calls) {
    call.hangup();
    await closedCall(bed.database, call.from);
  }
  return taken;
}

test("each strategy has its order, and who talked with a caller last goes before all", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const [ana, ben, cy] = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("cy")];
  const all = [ana, ben, cy];
  const queues = queueBed(bed);
  const levels = [4, 9, 6].map((level, i) => ({ userId: all[i]!.userId, level }));
  const skill = await bed.manager.ask("POST", "/skills", { name: "English", agents: levels });
  const of = (strategy: string, settings = {}) => queues.queue(strategy, all, { strategy, ...settings });
  const idle = await of("longest-idle");
  const turns = await of("round-robin");
  const fewest = await of("fewest-answered");
  const skilled = await of("most-skilled", { skills: [{ skillId: skill.id, level: 3 }] });
  const ranked = await of("longest-idle", {
    name: "ranked",
    members: all.map(({ userId }, i) => ({ userId, rank: 3 - i })),
  });
  const familiar = await queues.queue("familiar", all, { familiarSeconds: 60 });

  await ready(cy, ana, ben);
  assert.deepEqual(await three(bed, queues, idle.phone), ["cy", "ana", "ben"]);
  assert.deepEqual(await three(bed, queues, turns.phone), ["ana", "ben", "cy"], "by turns");
  await ben.command("pause", { reasonId: 1 });
  const extra = queues.callIn(turns.phone);
  assert.equal(await queues.takenBy(extra), "ana", "a turn that is missed goes to the next");
  extra.hangup();
  await closedCall(bed.database, extra.from);
  await ready(ben);
  assert.deepEqual(
    (await three(bed, queues, fewest.phone)).slice(0, 2).toSorted(),
    ["ben", "cy"],
    "ana has answered one more",
  );
  assert.deepEqual(await three(bed, queues, skilled.phone), ["ben", "cy", "ana"], "the most skilled first");
  assert.deepEqual(await three(bed, queues, ranked.phone), ["cy", "ben", "ana"], "the best rank first");

  // Whom ben called yesterday waits for ben, though two others are free.
  const campaign = await bed.seed.campaign({
    phones: ["+8613800137999"],
    agents: [ben],
    mode: "progressive",
  });
  bed.carrier.behave("+8613800137999", [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [1900] }, ms: 500 },
    { do: "hangup" },
  ]);
  await ben.work(campaign.id);
  await campaign.command("start");
  await ben.until("wrap-up");
  const target = { transport: "udp", ...bed.server.sip } as const;
  const back = bed.carrier.callIn({
    from: "+8613800137999",
    to: familiar.phone,
    target,
    plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }],
  });
  await queues.waits(back);
  await ben.finish(Object.values(campaign.dispositions)[0]);
  assert.equal(await queues.takenBy(back), "ben");
  back.hangup();
  await queues.over(back);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("who lets a call ring is paused and reads why; the caller is the next one's, and nobody's twice", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana, ben], { answer: "ring", ringSeconds: 5 });
  const everybody = await queues.queue("everybody", [ana, ben], { strategy: "ring-all", ringSeconds: 60 });
  await ready(ana, ben);
  const call = queues.callIn(line.phone);
  await rung(ana);
  assert.deepEqual((await ben.state()).announced, [], "one is asked at a time");
  const callId = await rung(ben);
  const away = await ana.state();
  const reasons = await bed.manager.ask("GET", "/pause-reasons");
  const missed = reasons.items.find((reason: { code: string }) => reason.code === "no-answer");
  assert.deepEqual([away.state, away.pauseReasonId, away.notice?.code], ["paused", missed.id, "call-missed"]);
  await ben.command("call/accept", { callId });
  assert.equal(await queues.takenBy(call), "ben");
  await until("ben hears the caller", () => ben.phone.peer.toneLevel(1900) > -20);
  call.hangup();
  const [visit, ...more] = await queues.over(call);
  assert.deepEqual([visit!.how, visit!.agent, more.length], ["answered", "ben", 0]);

  await ana.command("ready", {});
  const shared = queues.callIn(everybody.phone);
  const sharedId = await rung(ana);
  assert.equal(await rung(ben), sharedId);
  const answers = await Promise.allSettled(
    [ana, ben].map((agent) => agent.command("call/accept", { callId: sharedId })),
  );
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.equal(refused.length, 1, "one has it");
  assert.ok(refused[0]!.reason instanceof Refused && refused[0]!.reason.code === "call-gone-elsewhere");
  const winner = await queues.takenBy(shared);
  const other = winner === "ana" ? ben : ana;
  await until("it rings no longer", async () => (await other.state()).announced.length === 0);
  assert.equal((await other.state()).state, "ready");
  shared.hangup();
  await queues.over(shared);

  const declined = queues.callIn(everybody.phone);
  const declinedId = await rung(ana);
  await rung(ben);
  await ana.command("call/decline", { callId: declinedId });
  await ana.until("paused");
  declined.hangup();
  assert.deepEqual(
    (await queues.over(declined)).map(({ how }) => how),
    ["abandoned"],
  );
  assert.equal((await ben.state()).state, "ready", "who did nothing wrong is free");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("many callers, few agents: each is answered by one, in turn, and no agent has two", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const agents = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("cy")];
  const queues = queueBed(bed);
  const line = await queues.queue("line", agents);
  const vip = await queues.queue("vip", agents, { priority: 9 });
  const callers = [];
  for (let i = 0; i < 6; i++) {
    const call = queues.callIn(i === 5 ? vip.phone : line.phone);
    callers.push(call);
    await queues.waits(call);
  }
  for (const agent of agents)
    await agent.command("sign-in", { deskId: "desk-of-one", endpoint: "phone", campaignIds: [] });
  for (const agent of agents) await until("the line is up", async () => (await agent.state()).legUp);
  await Promise.all(agents.map((agent) => agent.command("ready", {})));
  // The last of them counts as if they had waited nine minutes longer.
  const inTurn = [callers[5]!, ...callers.slice(0, 5)];
  const seen = new Set<string>();
  for (const call of inTurn.slice(0, 3)) seen.add(await queues.takenBy(call));
  assert.equal(seen.size, 3, "three agents have three callers");
  // Turn by turn: who hangs up makes room for the next.
  for (const [i, call] of inTurn.entries()) {
    call.hangup();
    await queues.over(call);
    const next = inTurn[i + 3];
    if (next) await queues.takenBy(next);
  }
  const all = await visits(bed);
  assert.deepEqual(
    all.map(({ how }) => how),
    all.map(() => "answered"),
  );
  const rows = await bed.database.db
    .selectFrom("call_events")
    .select(({ fn }) => ["call_id", fn.countAll<string>().as("times")])
    .where("type", "=", "agent-chosen")
    .groupBy("call_id")
    .execute();
  assert.deepEqual(
    rows.map(({ times }) => Number(times)),
    callers.map(() => 1),
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("an agent of a queue that is late is left to its callers: the campaign dials for the others alone", async () => {
  await using bed = await callBed();
  const trunkId = await bed.seed.trunk();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana]);
  const lost = queues.callIn(line.phone);
  await queues.waits(lost);
  lost.hangup();
  assert.deepEqual(
    (await queues.over(lost)).map(({ how }) => how),
    ["abandoned"],
  );
  const phones = ["+8613800137901", "+8613800137902"];
  const plan: Plan = [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [1900] }, ms: 500 },
    { do: "hangup" },
  ];
  for (const phone of phones) bed.carrier.behave(phone, plan);
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana, ben],
    mode: "progressive",
    trunkIds: [trunkId],
  });
  await ana.work(campaign.id);
  await ana.until("ready");
  await ben.work(campaign.id);
  await campaign.command("start");
  await ben.finish(Object.values(campaign.dispositions)[0]);
  await ben.until("wrap-up");
  await ben.finish(Object.values(campaign.dispositions)[0]);
  for (const phone of phones) assert.equal((await closedCall(bed.database, phone)).agent_user_id, ben.userId);
  const call = queues.callIn(line.phone);
  assert.equal(await queues.takenBy(call), "ana");
  call.hangup();
  await queues.over(call);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
