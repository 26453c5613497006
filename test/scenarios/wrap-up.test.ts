import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";

const phones = ["+8613800138110", "+8613800138111"] as const;

test("a wrap-up that runs out keeps what was written; what is missing can be written later", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [...phones], agents: [ana], wrapUpLimitMs: 700 });
  const coming = phones.map((phone) => bed.carrier.nextCall(phone));
  await ana.work(campaign.id);
  await campaign.command("start");
  const draft = { form: {}, callbackAt: null, final: false };

  const first = await coming[0]!;
  first.answer();
  const one = await ana.until("talking");
  const sold = { ...draft, dispositionId: campaign.dispositions["sold"]!, note: "complete" };
  await ana.command("summary", { ...sold, callId: one.call!.callId });
  first.hangup();
  const whole = await closedCall(bed.database, phones[0]);
  assert.deepEqual([whole.disposition_id, whole.note, whole.draft], [sold.dispositionId, "complete", null]);

  const second = await coming[1]!;
  second.answer();
  const two = await ana.until("talking");
  const callId = two.call!.callId;
  await ana.command("summary", { ...draft, dispositionId: null, note: "half", callId });
  second.hangup();
  const half = await closedCall(bed.database, phones[1]);
  assert.deepEqual([half.disposition_id, half.note, half.draft?.note], [null, "half", "half"]);
  assert.equal((await leadOf(bed.database, campaign.leadIds[1]!)).status, "done");
  assert.ok(["ready", "talking"].includes((await ana.state()).state));

  const never = campaign.dispositions["never"]!;
  await ana.command("summary", { ...draft, dispositionId: never, note: "later", callId, final: true });
  const late = await closedCall(bed.database, phones[1]);
  assert.deepEqual([late.disposition_id, late.note, late.draft], [never, "later", null]);
  const { items } = await bed.manager.ask("GET", "/do-not-call");
  assert.deepEqual(
    items.map((item: { phone: string }) => item.phone),
    [phones[1]],
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
