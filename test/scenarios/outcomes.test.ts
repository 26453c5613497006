import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";

const ring: Plan = [{ do: "ring" }, { do: "wait", ms: 50 }];
const minute = 60_000;

test("who is busy, does not answer, refuses or does not exist gets the retry of the outcome", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const cases: {
    phone: string;
    plan: Plan;
    outcome: string;
    status: string;
    dueInMs?: number;
    attempts?: number;
  }[] = [
    {
      phone: "+8613800138051",
      plan: [{ do: "refuse", status: 486 }],
      outcome: "busy",
      status: "ready",
      dueInMs: 10 * minute,
    },
    {
      phone: "+8613800138052",
      plan: [...ring, { do: "refuse", status: 480 }],
      outcome: "no-answer",
      status: "ready",
      dueInMs: 30 * minute,
    },
    {
      phone: "+8613800138053",
      plan: [{ do: "refuse", status: 404 }],
      outcome: "invalid-number",
      status: "done",
    },
    {
      phone: "+8613800138054",
      plan: [...ring, { do: "refuse", status: 603 }],
      outcome: "rejected",
      status: "done",
    },
    {
      phone: "+8613800138055",
      plan: [{ do: "refuse", status: 480 }],
      outcome: "unreachable",
      status: "done",
    },
    {
      phone: "+8613800138056",
      plan: [{ do: "refuse", status: 503 }],
      outcome: "congestion",
      status: "ready",
      dueInMs: 5 * minute,
      // The carrier's fault, not a try.
      attempts: 0,
    },
  ];
  const campaign = await bed.seed.campaign({
    phones: cases.map(({ phone }) => phone),
    agents: [ana],
    retries: { busy: { delayMs: 10 * minute, tries: 2 }, "no-answer": { delayMs: 30 * minute, tries: 1 } },
  });
  for (const { phone, plan } of cases) bed.carrier.behave(phone, plan);
  await ana.work(campaign.id);
  await campaign.command("start");
  for (const [i, { phone, outcome, status, dueInMs, attempts = 1 }] of cases.entries()) {
    const call = await closedCall(bed.database, phone);
    assert.equal(call.outcome, outcome, phone);
    assert.equal(call.agent_user_id, null);
    const lead = await leadOf(bed.database, campaign.leadIds[i]!);
    assert.deepEqual([lead.status, lead.attempts], [status, attempts], phone);
    if (dueInMs === undefined) continue;
    const dueIn = Number(lead.due_at) - call.ended_at!.getTime();
    assert.ok(Math.abs(dueIn - dueInMs) < minute, `${phone} is due in ${dueIn} ms`);
  }
  assert.equal((await ana.state()).state, "ready");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
