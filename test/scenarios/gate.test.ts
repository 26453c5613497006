import assert from "node:assert/strict";
import { test } from "node:test";
import type { WeekHours } from "../../shared/campaigns.ts";
import { callBed } from "../kit/call-bed.ts";
import { everyDay } from "../../shared/week.ts";
import { brokenAtRest, callsTo, closedCall, leadOf } from "../kit/story.ts";
import type { Refused } from "../kit/person.ts";

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** Open for an hour, twelve hours from now in Shanghai. */
function closedNow(): WeekHours {
  const hour = (new Date(Date.now() + 8 * 3_600_000).getUTCHours() + 12) % 24;
  return everyDay([clock(hour), clock(hour + 1)]);
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail("it was allowed"),
    (error: Refused) => error,
  );

test("do-not-call and hours hold for lists and for the agent's own dial, and every refusal is written down", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const [never, other] = ["+8613800138080", "+8613800138081"];
  const added = await bed.manager.ask("POST", "/do-not-call", {
    phones: `138 0013 8080, nonsense`,
    reason: "asked",
  });
  assert.deepEqual(added, { added: 1, known: 0, invalid: ["nonsense"] });
  const campaign = await bed.seed.campaign({ phones: [never], agents: [ana] });
  await ana.work(campaign.id);
  await campaign.command("start");
  const call = await closedCall(bed.database, never);
  assert.deepEqual([call.outcome, call.dialled_at, call.events], ["refused", null, ["planned", "refused"]]);
  const lead = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.deepEqual([lead.status, lead.attempts], ["done", 0]);

  const manual = await refused(ana.command("dial", { phone: "13800138080", campaignId: campaign.id }));
  assert.deepEqual([manual.code, manual.detail["rules"]], ["dial-refused", ["do-not-call"]]);
  const asleep = await bed.seed.campaign({ phones: [], agents: [ana], hours: closedNow() });
  const late = await refused(ana.command("dial", { phone: other, campaignId: asleep.id }));
  assert.deepEqual([late.code, late.detail["rules"]], ["dial-refused", ["hours"]]);
  assert.equal((await ana.state()).state, "ready");
  assert.equal(bed.carrier.counts.offered, 0);

  const [stored] = await callsTo(bed.database, other);
  const { decision } = await bed.manager.ask("GET", `/calls/${stored!.id}`);
  assert.equal(decision.allowed, false);
  assert.equal(decision.facts.timeZone, "Asia/Shanghai");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("a paused campaign dials nobody new, and what rings may finish", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const phones = Array.from({ length: 6 }, (_, i) => `+86138001381${String(10 + i)}`);
  const campaign = await bed.seed.campaign({ phones, agents: [ana, ben] });
  const coming = [bed.carrier.nextCall(phones[0]), bed.carrier.nextCall(phones[1])];
  await ana.work(campaign.id);
  await ben.work(campaign.id);
  await campaign.command("start");
  const [first, second] = await Promise.all(coming);
  first!.ring();
  second!.ring();
  await campaign.command("pause");
  second!.refuse(486);
  await closedCall(bed.database, phones[1]!);
  first!.answer();
  const talker = await Promise.any([ana.until("talking"), ben.until("talking")]);
  assert.equal(talker.call?.lead.phone, phones[0]);
  assert.equal(bed.carrier.counts.offered, 2);
  first!.hangup();
  const agent = talker.userId === ana.userId ? ana : ben;
  await agent.finish(campaign.dispositions["sold"]);
  assert.equal(bed.carrier.counts.offered, 2);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
