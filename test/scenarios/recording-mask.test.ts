import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import { callBed } from "../kit/call-bed.ts";
import { closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const customer = "+8613800138073";
const customerHz = 1900;
const policyHz = 1400;
const bytesPerSecond = 8000 * 2 * 2;

test("a masked stretch is silent on both channels of the recording, and nobody hears of it unless the policy says so", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana] });
  bed.carrier.behave(customer, [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [customerHz] }, ms: 60_000 },
  ]);
  const coming = bed.carrier.seeCall(customer);
  await ana.work(campaign.id);
  await campaign.command("start");
  const { call } = await ana.until("talking");
  const far = await coming;
  const row = await until("the recording runs", () =>
    bed.database.db.selectFrom("recordings").selectAll().executeTakeFirst(),
  );
  const path = join(bed.dataDir, "recordings", row.path);
  const size = async () => (await stat(path).catch(() => ({ size: 0 }))).size;
  const aSecondMore = async (what: string) => {
    const wanted = (await size()) + bytesPerSecond;
    await until(what, async () => (await size()) >= wanted);
  };
  await aSecondMore("a second is recorded");
  const [heard, from] = [far.stream!.listen(1000), ana.phone.peer.received.length];
  await ana.command("call/record", { action: "pause" });
  assert.ok((await ana.state()).call?.recordingPausedUntil);
  await ana.command("call/note", { text: "tells the card number" });
  await aSecondMore("a second is masked");
  await ana.command("call/record", { action: "resume" });
  const told = ana.phone.peer.received.slice(from).map(({ samples }) => toneLevelDbm0(samples, policyHz));
  assert.ok(Math.max(...told) < -35, "the agent hears nothing of it");
  assert.ok((await heard).toneDbm0(policyHz) < -35, "the customer hears nothing of it");
  await aSecondMore("a second more is recorded");

  await bed.manager.ask("PATCH", "/settings", { recordingPauseTone: true });
  const since = ana.phone.peer.received.length;
  let paused = false;
  await until("the customer hears the tone", async () => {
    const hearing = far.stream!.listen(1500);
    paused = !paused;
    await ana.command("call/record", { action: paused ? "pause" : "resume" });
    return (await hearing).toneDbm0(policyHz) > -42;
  });
  await until("so does the agent", () =>
    ana.phone.peer.received.slice(since).some(({ samples }) => toneLevelDbm0(samples, policyHz) > -25),
  );
  await ana.command("call/record", { action: "stop" });
  far.hangup();
  await ana.finish(Object.values(campaign.dispositions)[0]);
  await closedCall(bed.database, customer);
  await until("the recording is done", async () => {
    const end = await bed.database.db.selectFrom("recordings").select("state").executeTakeFirst();
    return end?.state === "done";
  });

  const detail = await bed.manager.ask("GET", `/calls/${call!.callId}`);
  const started = Date.parse(detail.recordings[0].startedAt);
  const momentOf = (type: string) =>
    Date.parse(detail.events.find((event: { type: string }) => event.type === type).at) - started;
  const [masked, unmasked] = [momentOf("recording-paused"), momentOf("recording-resumed")];
  const note = momentOf("note");
  assert.ok(note >= masked && note <= unmasked, "the note stands at its moment");
  const file = await readFile(path);
  const info = parseWav(file);
  const channels = [wavChannel(file, info, 0), wavChannel(file, info, 1)] as const;
  const loudest = (fromMs: number, toMs: number, hz: number, channel: 0 | 1) =>
    toneLevelDbm0(channels[channel].subarray(fromMs * 8, toMs * 8), hz);
  for (const [channel, hz] of [
    [0, customerHz],
    [1, ana.toneHz],
  ] as const) {
    assert.ok(loudest(masked - 700, masked - 300, hz, channel) > -30, "before it, they are heard");
    assert.ok(loudest(unmasked + 300, unmasked + 700, hz, channel) > -30, "after it, too");
    const stretch = channels[channel].subarray((masked + 300) * 8, (unmasked - 300) * 8);
    assert.ok(stretch.length > 2000 && stretch.every((sample) => Math.abs(sample) <= 8), "in it, nothing");
  }
});
