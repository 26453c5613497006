import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phone = "+8613800138096";

test("a callback promised in the summary is dialled at its time, to the agent who promised it", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana, ben] });
  let coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await campaign.command("start");
  const first = await coming;
  first.answer();
  const talking = await ana.until("talking");
  const draft = {
    callId: talking.call!.callId,
    dispositionId: campaign.dispositions["later"]!,
    form: {},
    note: "call me in a moment",
    callbackAt: new Date(Date.now() + 1500).toISOString(),
    callbackMine: true,
  };
  // Typed during the talk, and still there after a reload.
  await ana.command("summary", { ...draft, final: false });
  const kept = (await ana.state()).call;
  assert.deepEqual({ callId: kept?.callId, ...kept?.draft }, draft);
  first.hangup();
  await ana.until("wrap-up");
  await ben.work(campaign.id);
  coming = bed.carrier.nextCall(phone);
  await ana.command("summary", { ...draft, final: true });
  const lead = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.equal(lead.status, "callback");

  const second = await coming;
  await until("ana is taken before anybody answers", async () => (await ana.state()).state === "ringing");
  second.ring();
  second.answer();
  const again = await ana.until("talking");
  assert.deepEqual(
    [again.call?.origin, again.call?.lead.history[0]?.note],
    ["callback", "call me in a moment"],
  );
  assert.equal((await ben.state()).state, "ready");
  second.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const call = await closedCall(bed.database, phone, 2);
  assert.deepEqual([call.outcome, call.agent_user_id], ["connected", ana.userId]);
  const callbacks = await bed.database.db.selectFrom("callbacks").select("state").execute();
  assert.deepEqual(callbacks, [{ state: "done" }]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
