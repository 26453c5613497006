import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const customer = "+8613800138071";
const expert = "+8613800138072";
const customerHz = 1900;
const expertHz = 1400;
/** Ringback of the Chinese network. */
const ringbackHz = 450;

test("the agent hears it ring at the number that is consulted; killed in the middle, both calls are closed with a cause and nobody is left in one", async () => {
  await using bed = await callBed({ ownProcess: true });
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana] });
  bed.carrier.behave(customer, [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [customerHz] }, ms: 60_000 },
  ]);
  bed.carrier.behave(expert, [{ do: "ring" }, { do: "stay" }]);
  const coming = [bed.carrier.seeCall(customer), bed.carrier.seeCall(expert)] as const;
  await ana.work(campaign.id);
  await campaign.command("start");
  await ana.until("talking");
  const far = await coming[0];
  await ana.command("call/consult", { target: { type: "number", phone: expert } });
  const outside = await coming[1];
  await until("it rings in the agent's ear", () => ana.phone.peer.toneLevel(ringbackHz) > -25);
  outside.answer();
  outside.stream!.tone(expertHz);
  const ears = [
    agentEar("ana", ana),
    farEar("customer", customerHz, far),
    farEar("expert", expertHz, outside),
  ];
  await untilHeard("consulting", ears, { ana: ["expert"], expert: ["ana"], customer: [] });
  await until("it rings no longer", () => ana.phone.peer.toneLevel(ringbackHz) < -35);
  await until("the talk is written down", async () => (await callsTo(bed.database, expert))[0]?.connected_at);

  await bed.crash();
  const [first, second] = [await closedCall(bed.database, customer), await closedCall(bed.database, expert)];
  assert.deepEqual(
    [first.outcome, first.cause, second.outcome, second.cause, second.origin],
    ["connected", "crashed", "connected", "crashed", "transfer"],
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
