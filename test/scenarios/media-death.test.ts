import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { mediaProcesses } from "../kit/media-processes.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phone = "+8613800138097";

test("the media process dies in a talk: the call ends with that cause, the agent is up again on a new one", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [phone, "+8613800138098"], agents: [ana] });
  const coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await campaign.command("start");
  const customer = await coming;
  customer.answer();
  customer.stream!.tone(1900);
  await ana.until("talking");
  await until("they talk", () => ana.phone.peer.toneLevel(1900) > -20);

  const [pid] = mediaProcesses();
  assert.ok(pid, "a media process runs");
  process.kill(pid, "SIGKILL");
  await customer.until("ended");
  const next = bed.carrier.nextCall("+8613800138098");
  await ana.finish(campaign.dispositions["again"]);
  const call = await closedCall(bed.database, phone);
  assert.deepEqual([call.outcome, call.cause, call.ended_by], ["connected", "media-process-died", "system"]);

  const second = await next;
  second.answer();
  second.stream!.tone(1900);
  await ana.until("talking");
  await until("the next customer is heard", () => ana.phone.peer.toneLevel(1900) > -20);
  second.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
