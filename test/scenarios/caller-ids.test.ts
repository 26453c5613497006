import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncomingCall } from "../../server/sip/types.ts";
import { callBed } from "../kit/call-bed.ts";
import { watchLive } from "../kit/live-client.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const beijing = "+861065529988";
const shenzhen = "+8675512345678";
/** Shenzhen, Beijing, Shanghai. */
const phones = ["+8675583000001", "+861058000002", "+862158000003"];

test("each person sees a number of their area on the wire; with the caps reached the campaign says so and waits", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const trunkId = await bed.seed.trunk({ callerIds: [beijing, shenzhen] });
  const pool = await bed.manager.ask("POST", "/caller-id-pools", {
    name: "local",
    maxPerDay: 1,
    numbers: [{ number: beijing }, { number: shenzhen }],
  });
  const campaign = await bed.seed.campaign({
    phones,
    agents: [ana],
    trunkIds: [trunkId],
    callerIdPoolId: pool.id,
  });
  const coming = phones.slice(0, 2).map((phone) => bed.carrier.nextCall(phone));
  await ana.work(campaign.id);
  await campaign.command("start");
  for (const [i, shown] of [shenzhen, beijing].entries()) {
    const customer = await coming[i]!;
    assert.equal(customer.from, shown, "in From");
    const { headers } = customer.sip as IncomingCall;
    const asserted = headers.find(([name]) => name.toLowerCase() === "p-asserted-identity")?.[1];
    assert.ok(asserted?.includes(`sip:${shown}@`), `in P-Asserted-Identity: ${asserted}`);
    customer.refuse(486);
    const call = await closedCall(bed.database, phones[i]!);
    assert.equal(call.caller_id, shown);
  }
  using live = await watchLive(bed.server.url, bed.manager, "campaigns");
  await until(
    "the campaign says that it waits for caller IDs",
    () => live.items.campaigns?.[campaign.id]?.limit === "caller-ids",
  );
  assert.deepEqual(await callsTo(bed.database, phones[2]!), [], "the third is not dialled, nor lost");

  // A third number, and dialling goes on by itself.
  const more = { ...pool, maxPerDay: 2, numbers: [{ number: beijing }, { number: shenzhen }] };
  const last = bed.carrier.nextCall(phones[2]);
  await bed.manager.ask("PUT", `/caller-id-pools/${pool.id}`, more);
  const third = await last;
  third.refuse(486);
  await closedCall(bed.database, phones[2]!);

  // A stranger calls a number of the pool: the campaign's agent takes the call as one of the campaign.
  const stranger = "+8613900000077";
  await ana.until("ready");
  const target = { transport: "udp", ...bed.server.sip } as const;
  const incoming = bed.carrier.callIn({ from: stranger, to: beijing, target });
  await ana.until("talking");
  incoming.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  const taken = await closedCall(bed.database, stranger);
  assert.equal(taken.campaign_id, campaign.id);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
