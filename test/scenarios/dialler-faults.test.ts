import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, systemClock } from "../../server/kernel/clock.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { fastClock } from "../kit/fast-clock.ts";
import { watchLive } from "../kit/live-client.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import type { Plan } from "../../tools/carrier/plan.ts";

const phonesOf = (count: number) => Array.from({ length: count }, (_, i) => `+861380029${String(1000 + i)}`);
const answers: Plan = [
  { do: "ring" },
  { do: "wait", ms: 100 },
  { do: "answer" },
  { do: "talk", sound: { tonesHz: [1900] }, ms: 300 },
  { do: "hangup" },
];
const callsOf = (bed: CallBed) =>
  bed.database.db.selectFrom("calls").selectAll().orderBy("planned_at").execute();

test("a carrier that answers 503 to everything: the campaign says so, a call now and then, no lead used up", async () => {
  await using bed = await callBed({ clock: fastClock(5) });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const phones = phonesOf(60);
  for (const phone of phones) bed.carrier.behave(phone, answers);
  const campaign = await bed.seed.campaign({
    phones,
    agents,
    summaryRequired: false,
    wrapUpLimitMs: 0,
    retries: { congestion: { delayMs: 0, tries: 1 } },
  });
  using live = await watchLive(bed.server.url, bed.manager, "dialler");
  bed.carrier.outage(503);
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  const panel = () => live.items["dialler"]?.[campaign.id];
  await until("it says so", () => panel()?.limit === "carrier-refuses" && panel());
  assert.ok(Number(panel()!["limitDetail"].calls) >= 8);
  assert.equal(panel()!["limitDetail"].cause, "congestion");
  const refused = await callsOf(bed);
  assert.ok(refused.length >= 8 && refused.length <= 12, `${refused.length} calls`);
  await until("one is tried", async () => (await callsOf(bed)).length > refused.length);
  assert.ok((await callsOf(bed)).length <= refused.length + 1, "one, not a burst");
  const used = await bed.database.db.selectFrom("leads").selectAll().where("attempts", ">", 0).execute();
  assert.deepEqual(used, [], "no attempt counted");
  const done = await bed.database.db.selectFrom("leads").selectAll().where("status", "=", "done").execute();
  assert.deepEqual(done, [], "no lead used up");
  bed.carrier.outage(undefined);
  await until("it dials again", async () => bed.carrier.counts.answered >= 6);
});

test("a carrier that answers with silence: after five talks without a sound the campaign says so and tries one", async () => {
  await using bed = await callBed({ clock: fastClock(5) });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const phones = phonesOf(30);
  for (const phone of phones)
    bed.carrier.behave(phone, [
      { do: "ring" },
      { do: "answer" },
      { do: "no-audio" },
      { do: "wait", ms: 1_200 },
      { do: "hangup" },
    ]);
  const campaign = await bed.seed.campaign({ phones, agents, summaryRequired: false, wrapUpLimitMs: 0 });
  using live = await watchLive(bed.server.url, bed.manager, "dialler");
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await until("it says so", () => live.items["dialler"]?.[campaign.id]?.["limit"] === "carrier-silent");
  const before = bed.carrier.counts.offered;
  assert.ok(before >= 5 && before <= 8, `${before} calls`);
});

/** The system's time, put on or back as a person or a time server would. */
function settableClock(): Clock & { set(byMs: number): void } {
  let off = 0;
  return { ...systemClock, now: () => systemClock.now() + off, set: (byMs) => void (off += byMs) };
}

test("the clock jumps an hour on and back: no burst, no phone cut short, budgets as the calls say", async () => {
  const clock = settableClock();
  await using bed = await callBed({ clock });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const phones = phonesOf(80);
  for (const phone of phones) bed.carrier.behave(phone, [{ do: "ring" }, { do: "stay" }]);
  const campaign = await bed.seed.campaign({ phones, agents, mode: "predictive" });
  using live = await watchLive(bed.server.url, bed.manager, "dialler");
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await until("a line for each", () => bed.carrier.calls.length === 2);
  for (const hour of [1, -2, 1]) {
    clock.set(hour * 3_600_000);
    const seen = live.messages.length;
    // Several looks of the dialler, as its panel tells each second.
    await until("it has looked at the new time", () => live.messages.length >= seen + 2);
    assert.equal(bed.carrier.counts.offered, 2, "no burst");
    assert.equal(bed.carrier.calls.length, 2, "no phone is cut short");
  }
  const abandons = live.items["dialler"]![campaign.id]!["abandons"];
  assert.deepEqual(abandons.today, { answers: 0, abandoned: 0 });
});

test("sixty lists hold one number: it is called as often as its day allows, and the others have their turn", async () => {
  await using bed = await callBed();
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const [same, other] = phonesOf(2);
  for (const phone of [same!, other!]) bed.carrier.behave(phone, answers);
  const lists: number[] = [];
  for (let i = 0; i < 60; i++) lists.push((await bed.seed.list([same!])).listId);
  lists.push((await bed.seed.list([other!])).listId);
  const campaign = await bed.seed.campaign({
    phones: [],
    agents,
    listIds: lists,
    summaryRequired: false,
    wrapUpLimitMs: 0,
    attempts: { perLead: 5, perNumberPerDay: 2, minGapMs: 0 },
  });
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await closedCall(bed.database, other!);
  await closedCall(bed.database, same!, 60);
  assert.deepEqual(await brokenAtRest(bed.database), []);
  const calls = (await callsOf(bed)).filter((call) => call.phone === same);
  const count = (outcome: string) => calls.filter((call) => call.outcome === outcome).length;
  assert.deepEqual([count("connected"), count("refused"), calls.length], [2, 58, 60]);
  assert.equal(bed.carrier.counts.offered, 3, "no more than its day allows");
});
