import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";

test("preview: skip one with a reason, dial the next, who does not answer; a pause gives the record back", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const phones = ["+8613800138070", "+8613800138071", "+8613800138072"];
  const campaign = await bed.seed.campaign({ phones, agents: [ana], mode: "preview" });
  bed.carrier.behave(phones[1]!, [{ do: "ring" }, { do: "wait", ms: 100 }, { do: "refuse", status: 486 }]);
  await ana.work(campaign.id);
  await campaign.command("start");
  const first = await ana.until("preview");
  assert.equal(first.preview?.lead.phone, phones[0]);
  assert.equal(bed.carrier.counts.offered, 0);
  await ana.command("preview-skip", { reason: "called recently" });
  const skipped = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.deepEqual([skipped.status, skipped.attempts], ["ready", 0]);
  assert.ok(Number(skipped.due_at) > Date.now());

  const second = await until("the next record", async () => {
    const state = await ana.state();
    return state.preview?.lead.phone === phones[1] && state;
  });
  assert.equal(second.state, "preview");
  assert.equal((await ana.command("preview-dial", {})).state, "ringing");
  const call = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([call.outcome, call.origin, call.agent_user_id], ["busy", "preview", ana.userId]);

  const third = await until("the third record", async () => {
    const state = await ana.state();
    return state.preview?.lead.phone === phones[2] && state;
  });
  assert.equal(third.state, "preview");
  await ana.command("pause", { reasonId: 1 });
  await until("the record is given back", async () => {
    const queued = bed.database.db.selectFrom("lead_queue").where("lead_id", "=", campaign.leadIds[2]!);
    return (await queued.select("lead_id").execute()).length === 1;
  });
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
