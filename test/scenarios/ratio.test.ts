import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { dialAll } from "../kit/dial-all.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phones = ["+8613800138060", "+8613800138061", "+8613800138062"];

test("ratio: three answer one agent; the second takes the next free minute, the third hears who called", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    mode: "ratio",
    ratio: 3,
    abandonAfterMs: 700,
  });
  const customers = await dialAll(bed, { agent: ana, campaign, phones });
  for (const customer of customers) customer.ring();
  customers[0]!.answer();
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, phones[0]);

  // The second waits, and ana is done in time: she gets it without a new call being dialled.
  await campaign.command("pause");
  customers[1]!.answer();
  await until(
    "the second waits",
    async () => (await callsTo(bed.database, phones[1]!))[0]?.state === "waiting",
  );
  await ana.command("hangup", {});
  await ana.finish(campaign.dispositions["sold"]);
  const second = await ana.until("talking");
  assert.equal(second.call?.lead.phone, phones[1]);

  customers[2]!.answer();
  await until(
    "the third hears a message, not silence",
    async () => (await customers[2]!.stream!.listen(500)).levelDbm0 > -40,
  );
  customers[2]!.hangup();
  const abandoned = await closedCall(bed.database, phones[2]!);
  assert.deepEqual(
    [abandoned.outcome, abandoned.abandoned, abandoned.agent_user_id],
    ["abandoned", true, null],
  );
  customers[1]!.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
