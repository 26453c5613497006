import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import type { BedAgent } from "../kit/bed-agent.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

/** The recording of a closed call; undefined: there is none. */
async function recordingOf({ database, dataDir }: CallBed, callId: string) {
  const row = await until("no recording is open", async () => {
    const rows = await database.db
      .selectFrom("recordings")
      .selectAll()
      .where("call_id", "=", callId)
      .execute();
    return rows.every(({ state }) => state === "done") && { found: rows[0] };
  });
  return row.found && readFile(join(dataDir, "recordings", row.found.path));
}

/** A caller waits, talks with the agent and hangs up; their call, closed. */
async function served(
  { bed, agent, queues }: { bed: CallBed; agent: BedAgent; queues: ReturnType<typeof queueBed> },
  phone: string,
  save: () => Promise<unknown>,
) {
  await agent.command("pause", { reasonId: 1 });
  const call = queues.callIn(phone);
  await queues.waits(call);
  await agent.command("ready", {});
  await agent.until("talking");
  await until("the agent hears the caller", () => agent.phone.peer.toneLevel(1900) > -20);
  await call.stream!.listen(1000);
  call.hangup();
  await save();
  return closedCall(bed.database, call.from);
}

test("a queue's callers are handled as its campaign says, and the talk is recorded, but not the wait", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [], agents: [ana] });
  const queues = queueBed(bed);
  const service = await queues.queue("service", [ana], { campaignId: campaign.id });
  const quiet = await queues.queue("quiet", [ana], { record: false });
  const all = { bed, agent: ana, queues };
  await ana.work();

  const sold = campaign.dispositions["sold"]!;
  const one = await served(all, service.phone, () => ana.finish(sold, "from the queue"));
  assert.deepEqual(
    [one.campaign_id, one.disposition_id, one.note, one.outcome],
    [campaign.id, sold, "from the queue", "connected"],
  );
  const file = (await recordingOf(bed, one.id))!;
  const heard = wavChannel(file, parseWav(file), 0);
  assert.ok(toneLevelDbm0(heard.subarray(0, 8000), 1900) > -25, "from the first second on");
  const talkMs = one.ended_at!.getTime() - one.connected_at!.getTime();
  assert.ok(Math.abs(heard.length / 8 - talkMs) < 1000, `${heard.length / 8} ms of ${talkMs} ms`);

  const two = await served(all, quiet.phone, () => ana.until("ready"));
  assert.deepEqual([two.campaign_id, two.outcome], [null, "connected"]);
  assert.equal(await recordingOf(bed, two.id), undefined);
  assert.deepEqual(await brokenAtRest(bed.database), []);

  const gone = { name: "gone", campaignId: 4711 };
  await assert.rejects(bed.manager.ask("POST", "/queues", gone), /queue-names-unknown/);
});
