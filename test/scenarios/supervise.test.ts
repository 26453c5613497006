import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { Refused } from "../kit/person.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const customerHz = 1900;
const talks: Plan = [{ do: "answer" }, { do: "talk", sound: { tonesHz: [customerHz] }, ms: 60_000 }];

test("a supervisor listens, whispers, is heard by all, goes out, and takes a call over", async () => {
  await using bed = await callBed();
  const [ana, eve] = [await bed.agent("ana"), await bed.agent("eve", { role: "administrator" })];
  const customer = "+8613800138095";
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana] });
  bed.carrier.behave(customer, talks);
  await Promise.all([ana.work(campaign.id), eve.work()]);
  await eve.command("pause", { reasonId: 1 });
  const there = bed.carrier.seeCall(customer);
  await campaign.command("start");
  const { call } = await ana.until("talking");
  const far = await there;
  const ears = [agentEar("ana", ana), agentEar("eve", eve), farEar("customer", customerHz, far)];
  const { callId } = call!;
  const supervise = (mode: string | null) => eve.ask("POST", "/desk/call/supervise", { callId, mode });

  await supervise("listen");
  await untilHeard("listening", ears, { eve: ["ana", "customer"], ana: ["customer"], customer: ["ana"] });
  const desk = await eve.state();
  assert.deepEqual([desk.state, desk.call?.callId], ["talking", callId]);
  await supervise("whisper");
  await untilHeard("whispering", ears, {
    eve: ["ana", "customer"],
    ana: ["customer", "eve"],
    customer: ["ana"],
  });
  await supervise("barge");
  await untilHeard("barging", ears, { ana: ["customer", "eve"], customer: ["ana", "eve"] });
  await supervise(null);
  await untilHeard("gone out", ears, { eve: [], ana: ["customer"], customer: ["ana"] });
  assert.equal((await eve.until("paused")).call, null);
  await assert.rejects(ana.ask("POST", "/desk/call/supervise", { callId, mode: "listen" }), Refused);

  await supervise("listen");
  await supervise("take-over");
  await untilHeard("taken over", ears, { eve: ["customer"], ana: [], customer: ["eve"] });
  const free = await ana.until("ready");
  assert.deepEqual([free.call, free.notice?.code], [null, "call-taken-over"]);
  far.hangup();
  await eve.finish(Object.values(campaign.dispositions)[0]);
  const row = await closedCall(bed.database, customer);
  assert.deepEqual([row.outcome, row.agent_user_id], ["connected", eve.userId]);
  const told = row.events.filter((event) => /supervis|taken|handed/.test(event)).join(" ");
  const joined = "supervisor-joined";
  assert.equal(told, `${joined} ${joined} ${joined} supervisor-left ${joined} taken-over handed-on`);
  await eve.until("paused");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
