import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { fastClock } from "../kit/fast-clock.ts";
import { brokenAtRest, callsTo, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const [rings, rings2, rings3, answersLate] = [
  "+8613800281001",
  "+8613800281002",
  "+8613800281003",
  "+8613800281004",
] as const;

test("all agents leave at once: what has rung for 15 s is given up, who answers before hears the message", async () => {
  await using bed = await callBed({ clock: fastClock(8) });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const campaign = await bed.seed.campaign({ phones: [rings, answersLate], agents, abandonAfterMs: 500 });
  bed.carrier.behave(rings, [{ do: "ring" }, { do: "stay" }]);
  bed.carrier.behave(answersLate, [
    { do: "ring" },
    { do: "wait", ms: 1_000 },
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [1900] }, ms: 3_000 },
    { do: "hangup" },
  ]);
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await until("both ring", () => bed.carrier.calls.length === 2);
  for (const agent of agents) await agent.command("pause", { reasonId: 1 });
  const told = await closedCall(bed.database, answersLate);
  assert.deepEqual([told.outcome, told.abandoned], ["abandoned", true]);
  assert.ok(told.events.includes("message-said"));
  const given = await closedCall(bed.database, rings);
  assert.deepEqual([given.outcome, given.cause, given.ended_by], ["given-up", "given-up", "system"]);
  assert.ok(given.events.includes("give-up"));
  const rang = given.ended_at!.getTime() - given.ringing_at!.getTime();
  assert.ok(rang >= 15_000, `it rang for ${rang} ms`);
  const lead = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.deepEqual([lead.status, lead.attempts, lead.last_outcome], ["ready", 0, "given-up"]);
  assert.ok(lead.due_at > given.ended_at!);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("predictive with no abandon left: a line without an agent is given up, the others ring on", async () => {
  await using bed = await callBed({ clock: fastClock(8) });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const campaign = await bed.seed.campaign({
    phones: [rings, rings2],
    agents,
    mode: "predictive",
    abandonCeiling: 0.001,
    ringTimeoutMs: 60_000,
  });
  const { createPolicy } = await import("../../server/features/dialer/predictive/policy.ts");
  const policy = createPolicy({
    ceiling: 0.001,
    patienceSeconds: 2,
    ringTimeoutSeconds: 60,
    cancelAfterSeconds: 15,
  });
  for (let i = 0; i < 40; i++) policy.ended({ id: `${i}`, list: 0, dialledAt: i }, i + 20);
  await bed.database.db
    .insertInto("pacing_states")
    .values({
      campaign_id: campaign.id,
      day: "2026-01-01",
      state: JSON.stringify(policy.save()),
      saved_at: new Date(),
    })
    .execute();
  for (const phone of [rings, rings2]) bed.carrier.behave(phone, [{ do: "ring" }, { do: "stay" }]);
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await until("both ring", () => bed.carrier.calls.length === 2);
  await agents[0]!.command("pause", { reasonId: 1 });
  const outcomes = await until("both are over", async () => {
    const calls = [...(await callsTo(bed.database, rings)), ...(await callsTo(bed.database, rings2))];
    return (
      calls.length === 2 && calls.every((call) => call.state === "closed") && calls.map((c) => c.outcome)
    );
  });
  assert.deepEqual(
    outcomes.toSorted((a, b) => (a! < b! ? -1 : 1)),
    ["given-up", "no-answer"],
  );
});

test("two campaigns of one priority never dial for one agent at once", async () => {
  await using bed = await callBed();
  const agents = [await bed.agent("ana")];
  const phones = [rings, rings2, rings3];
  const hang = [
    { do: "ring" as const },
    { do: "wait" as const, ms: 300 },
    { do: "refuse" as const, status: 486 },
  ];
  for (const phone of [...phones, answersLate]) bed.carrier.behave(phone, hang);
  const one = await bed.seed.campaign({ phones: phones.slice(0, 2), agents });
  const two = await bed.seed.campaign({ phones: [rings3, answersLate], agents, mode: "ratio", ratio: 1 });
  let most = 0;
  await agents[0]!.work(one.id, two.id);
  await one.command("start");
  await two.command("start");
  await until("all four are called", () => {
    most = Math.max(most, bed.carrier.calls.length);
    return bed.carrier.counts.ended === 4;
  });
  assert.equal(most, 1);
});
