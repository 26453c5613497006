import assert from "node:assert/strict";
import { test } from "node:test";
import { createPolicy, type SavedPolicy } from "../../server/features/dialer/predictive/policy.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { brokenAtRest } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phones = Array.from({ length: 64 }, (_, i) => `+861380027${String(1000 + i)}`);
const answers: Plan = [
  { do: "ring" },
  { do: "wait", ms: 250 },
  { do: "answer" },
  { do: "talk", sound: { tonesHz: [1900] }, ms: 400 },
  { do: "hangup" },
];
const busy: Plan = [{ do: "ring" }, { do: "wait", ms: 400 }, { do: "refuse", status: 486 }];

/** What a policy knows of a list on which one in eight answers at once and talks are short. */
function learned(): SavedPolicy {
  const policy = createPolicy({
    ceiling: 0.03,
    patienceSeconds: 1,
    ringTimeoutSeconds: 30,
    cancelAfterSeconds: Infinity,
  });
  for (let i = 0; i < 400; i++) {
    const call = { id: `${i}`, list: 0, dialledAt: i, likelihood: 1 };
    if (i % 8 === 0) policy.answered(call, i);
    else policy.ended(call, i);
    policy.talked(0.5);
    policy.wrapped(0.5);
  }
  return policy.save();
}

const knowsKinds = ({ odds = [] }: SavedPolicy) => odds.some(([value]) => value.startsWith("type:"));

async function stateOf(bed: CallBed, campaignId: number) {
  return bed.database.db
    .selectFrom("pacing_states")
    .select(["state", "saved_at"])
    .where("campaign_id", "=", campaignId)
    .executeTakeFirst();
}

test("predictive: dials ahead, every answer meets an agent or the message, and a crash loses no count of the day", async () => {
  await using bed = await callBed({ ownProcess: true });
  const agents = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("cho")];
  const campaign = await bed.seed.campaign({
    phones,
    agents,
    mode: "predictive",
    abandonAfterMs: 700,
    summaryRequired: false,
    wrapUpLimitMs: 0,
  });
  for (const [i, phone] of phones.entries()) bed.carrier.behave(phone, i % 8 === 0 ? answers : busy);
  await bed.database.db
    .insertInto("pacing_states")
    .values({
      campaign_id: campaign.id,
      day: "2026-01-01",
      state: JSON.stringify(learned()),
      saved_at: new Date(),
    })
    .execute();
  // At the end of a day there is no budget to dial ahead with: the company is where that is far.
  const timeZone = new Date().getUTCHours() < 12 ? "Asia/Shanghai" : "America/Los_Angeles";
  await bed.database.db
    .insertInto("settings")
    .values({ key: "timeZone", value: JSON.stringify(timeZone), updated_by: null })
    .execute();
  let lines = 0;
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  await until(
    "all are called",
    async () => {
      lines = Math.max(lines, bed.carrier.calls.length);
      return bed.carrier.counts.ended === phones.length;
    },
    30_000,
  );
  assert.ok(lines > agents.length, `${lines} lines at once for ${agents.length} agents`);
  assert.deepEqual(await brokenAtRest(bed.database), []);
  const calls = await bed.database.db.selectFrom("calls").selectAll().execute();
  const answered = calls.filter((call) => call.answered_at);
  assert.equal(answered.length, phones.length / 8);
  for (const call of answered) {
    assert.equal(call.origin, "predictive");
    // The person hangs up after 400 ms: before the message, if nobody came.
    if (call.outcome !== "connected") assert.ok(call.outcome === "customer-left" || call.abandoned);
  }
  const served = answered.filter((call) => call.connected_at).length;
  const abandoned = answered.filter((call) => call.abandoned).length;
  assert.ok(served >= 4, `${served} met an agent`);

  await until("how likely each kind of number answers is saved", async () => {
    const row = await stateOf(bed, campaign.id);
    return row !== undefined && knowsKinds(row.state);
  });
  const crashedAt = new Date();
  await bed.crash();
  const after = await until("the state is saved again", async () => {
    const row = await stateOf(bed, campaign.id);
    return row && row.saved_at > crashedAt && row.state;
  });
  assert.deepEqual([after.budget.answers, after.budget.abandons], [served + abandoned, abandoned]);
  assert.ok(after.answers, "what was learned is still there");
  assert.ok(knowsKinds(after), "how likely mobiles answer, among it");
});
