import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { CallDetail } from "../../shared/calls.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";

const person = "+8613800138050";
const customerHz = 1900;

const middle = (samples: Int16Array) =>
  samples.subarray(samples.length / 2 - 1600, samples.length / 2 + 1600);

test("progressive: a person answers, both hear each other, the recording has both, the summary ends it", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [person], agents: [ana] });
  bed.carrier.behave(person, [
    { do: "ring" },
    { do: "wait", ms: 200 },
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [customerHz] }, ms: 30_000 },
  ]);
  const answered = bed.carrier.seeCall(person);
  await ana.work(campaign.id);
  await campaign.command("start");
  const customer = await answered;
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, person);
  assert.equal(talking.call?.lead.name, "person 0");
  assert.equal(talking.call?.recording, true);

  await until("the agent hears the customer", () => ana.phone.peer.toneLevel(customerHz) > -20);
  await until(
    "the customer hears the agent",
    async () => (await customer.stream!.listen(500)).toneDbm0(ana.toneHz) > -20,
  );
  await ana.command("hangup", {});
  await customer.until("ended");
  assert.equal(customer.end?.by, "peer");

  const unfinished = await ana
    .command("summary", {
      callId: talking.call?.callId ?? "",
      dispositionId: null,
      form: {},
      note: "",
      callbackAt: null,
      final: true,
    })
    .catch((error: { code: string }) => error.code);
  assert.equal(unfinished, "summary-incomplete");
  const ready = await ana.finish(campaign.dispositions["sold"], "wants the blue one");
  assert.deepEqual([ready.state, ready.call], ["ready", null]);

  const call = await closedCall(bed.database, person);
  assert.deepEqual([call.outcome, call.ended_by, call.note], ["connected", "agent", "wants the blue one"]);
  assert.deepEqual(
    call.events.filter((type) => !["audio", "leg-ended", "recorded"].includes(type)),
    ["planned", "allowed", "ringing", "answered", "agent-chosen", "joined", "hang-up", "summary"],
  );
  assert.ok(call.answer_to_audio_ms !== null, "the time from answer to audio is measured");
  const lead = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.deepEqual([lead.status, lead.attempts, lead.customer_id === null], ["done", 1, false]);

  const detail = await bed.manager.ask("GET", `/calls/${call.id}`);
  const [recording] = await until("the recording is done", async () => {
    const { recordings } = await bed.manager.ask("GET", `/calls/${call.id}`);
    return recordings[0]?.state === "done" && recordings;
  });
  const audioAs = (query: string) =>
    fetch(`${bed.server.url}/api/v1/recordings/${recording.id}/audio${query}`, {
      headers: bed.manager.headers,
    });
  const checkSound = async (response: Response) => {
    const file = Buffer.from(await response.arrayBuffer());
    const [left, right] = [0, 1].map((channel) => wavChannel(file, parseWav(file), channel)) as [
      Int16Array,
      Int16Array,
    ];
    assert.ok(toneLevelDbm0(middle(left), customerHz) > -20, "left is the customer");
    assert.ok(toneLevelDbm0(middle(right), ana.toneHz) > -20, "right is what the customer heard");
    assert.ok(toneLevelDbm0(middle(left), ana.toneHz) < -40);
  };
  await checkSound(await audioAs(""));

  const archivedAs = (what: string, found: (recording: CallDetail["recordings"][number]) => boolean) =>
    until(what, async () => {
      const { recordings } = (await bed.manager.ask("GET", `/calls/${call.id}`)) as CallDetail;
      return found(recordings[0]!);
    });
  assert.equal((await audioAs("?format=ogg")).status, 404);
  await sql`select graphile_worker.add_job('recordings.archive', '{}')`.execute(bed.database.db);
  await archivedAs("the archive is made", ({ archiveBytes }) => archiveBytes !== null);
  const ogg = await audioAs("?format=ogg");
  assert.equal(ogg.headers.get("content-type"), "audio/ogg; codecs=opus");
  assert.equal(Buffer.from(await ogg.arrayBuffer()).toString("latin1", 0, 4), "OggS");
  await bed.manager.ask("PATCH", "/settings", { recordingOriginalDays: 0 });
  await sql`select graphile_worker.add_job('recordings.archive', '{}')`.execute(bed.database.db);
  await archivedAs("the original is gone", ({ originalDeleted }) => originalDeleted);
  assert.equal((await audioAs("")).headers.get("content-type"), "audio/ogg; codecs=opus");
  await checkSound(await audioAs("?format=wav"));
  const ladder = await until("the ladder is stored", async () => {
    const { items } = await bed.manager.ask("GET", `/calls/${call.id}/ladder`);
    return items.some((line: { message: string }) => line.message.startsWith("BYE")) && items;
  });
  assert.ok(ladder[0].message.startsWith("INVITE"));
  assert.equal(detail.decision.allowed, true);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
