import assert from "node:assert/strict";
import { test } from "node:test";
import { abandonment } from "../../shared/broadcasts.ts";
import { callBed } from "../kit/call-bed.ts";
import { oneTalksOneWaits } from "../kit/dial-all.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phones = ["+8613800138080", "+8613800138081"];

test("a person whom nobody takes hears who called, and the key against more calls works; it counts as abandoned", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  await bed.manager.ask("PATCH", "/settings", { companyName: "Blue Lamp" });
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    mode: "ratio",
    ratio: 2,
    abandonAfterMs: 500,
  });
  const [first, second] = await oneTalksOneWaits(bed, { agent: ana, campaign, phones });
  const said = await until("the message begins", async () => {
    const call = (await callsTo(bed.database, phones[1]!))[0];
    return call?.events.includes("message-said") && call;
  });
  assert.deepEqual([said.abandoned, said.state], [true, "waiting"]);
  await until("it is heard", async () => (await second.stream!.listen(500)).levelDbm0 > -40);
  second.stream!.sendDtmf("9");
  const closed = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([closed.outcome, closed.ended_by, closed.abandoned], ["abandoned", "system", true]);
  assert.equal(closed.events.filter((type) => type === "message-said").length, 2, "the wish was confirmed");
  const entries = await bed.database.db.selectFrom("do_not_call").selectAll().execute();
  assert.deepEqual(
    entries.map((entry) => [entry.phone, entry.campaign_id, entry.source]),
    [[phones[1], null, "keypad"]],
  );
  first.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a campaign may let people wait with music instead: they meet the next agent, and count as abandoned", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    mode: "ratio",
    ratio: 2,
    abandonAfterMs: 500,
  });
  await bed.manager.ask(
    "PUT",
    `/campaigns/${campaign.id}/abandonment`,
    abandonment.parse({ first: "queue", queueMs: 60_000 }),
  );
  const [first, second] = await oneTalksOneWaits(bed, { agent: ana, campaign, phones });
  await until("the wait was too long", async () => (await callsTo(bed.database, phones[1]!))[0]?.abandoned);
  await until("music", async () => (await second.stream!.listen(500)).levelDbm0 > -60);
  first.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, phones[1]);
  await until(
    "they hear each other",
    async () => (await second.stream!.listen(500)).toneDbm0(ana.toneHz) > -30,
  );
  second.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const closed = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([closed.outcome, closed.abandoned], ["connected", true]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("the key against more calls works while a person waits with music, and ends the wait", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    mode: "ratio",
    ratio: 2,
    abandonAfterMs: 500,
  });
  await bed.manager.ask(
    "PUT",
    `/campaigns/${campaign.id}/abandonment`,
    abandonment.parse({ first: "queue", queueMs: 600_000 }),
  );
  const [first, second] = await oneTalksOneWaits(bed, { agent: ana, campaign, phones });
  await until("music plays", async () => (await second.stream!.listen(500)).levelDbm0 > -60);
  // Another key is heard and changes nothing.
  second.stream!.sendDtmf("5");
  await until("it is noted", async () =>
    (await callsTo(bed.database, phones[1]!))[0]?.events.includes("dtmf"),
  );
  second.stream!.sendDtmf("9");
  const closed = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([closed.outcome, closed.ended_by, closed.abandoned], ["abandoned", "system", true]);
  assert.ok(closed.events.includes("message-opt-out"));
  const entries = await bed.database.db.selectFrom("do_not_call").selectAll().execute();
  assert.deepEqual(
    entries.map((entry) => [entry.phone, entry.campaign_id, entry.source]),
    [[phones[1], null, "keypad"]],
  );
  first.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
