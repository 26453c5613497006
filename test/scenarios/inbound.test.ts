import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const caller = "+8613800138095";

test("a caller is recognised and put through; with nobody there a message says so", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [caller], agents: [ana] });
  const target = { transport: "udp", ...bed.server.sip } as const;
  const plan: Plan = [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }];
  await ana.work(campaign.id);
  const call = bed.carrier.callIn({ from: caller, to: "+8675512345678", target, plan });
  const talking = await ana.until("talking");
  assert.deepEqual(
    [talking.call?.direction, talking.call?.lead.name, talking.call?.lead.phone],
    ["inbound", "person 0", caller],
  );
  await until("the agent hears the caller", () => ana.phone.peer.toneLevel(1900) > -20);
  call.hangup();
  const closed = await closedCall(bed.database, caller);
  assert.deepEqual([closed.outcome, closed.direction], ["connected", "inbound"]);
  await ana.until("ready");

  await ana.command("pause", { reasonId: 1 });
  const unlucky = bed.carrier.callIn({ from: caller, to: "+8675512345678", target, plan });
  await unlucky.until("answered");
  await until("the caller waits", async () => (await callsWaiting(bed)) === 1);
  unlucky.hangup();
  const left = await closedCall(bed.database, caller, 2);
  assert.equal(left.outcome, "customer-left");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

async function callsWaiting(bed: Awaited<ReturnType<typeof callBed>>): Promise<number> {
  const rows = await bed.database.db
    .selectFrom("calls")
    .select("id")
    .where("state", "=", "waiting")
    .execute();
  return rows.length;
}
