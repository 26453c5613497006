import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallOrigin } from "../../shared/calls.ts";
import { dialModes } from "../../shared/campaigns.ts";
import { callBed } from "../kit/call-bed.ts";
import type { Refused } from "../kit/person.ts";
import { callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "allowed",
    (error: Refused) => error.code,
  );

/** Transfers through the gate and calls of voicemail boxes have their tests in transfer.test.ts and voicemail-call-out.test.ts. */
test("whichever way a call is asked for, a do-not-call entry refuses it and nothing goes to the carrier", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const numbers: Record<
    Exclude<CallOrigin, "inbound" | "internal" | "test" | "transfer" | "voicemail">,
    string
  > = {
    progressive: "+8613800139001",
    ratio: "+8613800139002",
    predictive: "+8613800139003",
    agentless: "+8613800139008",
    preview: "+8613800139004",
    manual: "+8613800139005",
    callback: "+8613800139006",
  };
  await bed.manager.ask("POST", "/do-not-call", {
    phones: Object.values(numbers).join("\n"),
    reason: "asked",
  });

  for (const mode of dialModes) {
    const campaign = await bed.seed.campaign({ phones: [numbers[mode]], agents: [ana], mode });
    if (mode === "agentless") {
      const parts = [{ kind: "silence", ms: 100 }];
      const prompt = await bed.manager.ask("POST", "/prompts", { name: "hello", language: "en", parts });
      await bed.manager.ask("PUT", `/campaigns/${campaign.id}/agentless`, {
        concurrency: 5,
        callsPerSecond: 50,
        startAfterMs: 200,
        flow: {
          steps: [{ do: "say", prompt: prompt.id }],
          optOut: { key: "9", scope: "global", prompt: "opted-out" },
        },
      });
    }
    await ana.work(campaign.id);
    await campaign.command("start");
    if (mode === "preview") {
      await ana.until("preview");
      await ana.command("preview-dial", {});
    }
    assert.equal((await closedCall(bed.database, numbers[mode])).outcome, "refused", mode);
    await campaign.command("stop");
    await ana.until("ready");
  }

  assert.equal(await code(ana.command("dial", { phone: numbers.manual })), "dial-refused");
  assert.equal((await closedCall(bed.database, numbers.manual)).outcome, "refused");

  const resting = await bed.seed.campaign({ phones: [numbers.progressive], agents: [ana] });
  await bed.database.db
    .insertInto("callbacks")
    .values({
      campaign_id: resting.id,
      phone: numbers.callback,
      user_id: ana.userId,
      due_at: new Date(Date.now() - 1_000),
      promised_at: new Date(Date.now() - 1_000),
      state: "waiting",
    } as never)
    .execute();
  await ana.work(resting.id);
  await resting.command("start");
  assert.equal((await closedCall(bed.database, numbers.callback)).outcome, "refused");
  await resting.command("stop");

  assert.equal(bed.carrier.counts.offered, 0);
  for (const [origin, phone] of Object.entries(numbers)) {
    const [call] = await callsTo(bed.database, phone);
    assert.deepEqual([call?.origin, call?.dialled_at], [origin, null]);
    const { decision } = await bed.manager.ask("GET", `/calls/${call!.id}`);
    assert.equal(decision.reasons.find((r: { rule: string }) => r.rule === "do-not-call").allowed, false);
  }
  await until("every decision is sealed, and none broken", async () => {
    const { broken, verified, waiting } = await bed.manager.ask("GET", "/compliance/verification");
    assert.equal(broken, null);
    const decisions = await bed.database.db.selectFrom("decisions").select("id").execute();
    return waiting === 0 && verified === decisions.length;
  });
});
