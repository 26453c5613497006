import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import { mediaBed, type MediaBed, type Party } from "../kit/media-bed.ts";

const hears = (party: Party, hz: number) => party.peer.toneLevel(hz) > -14;
const deaf = (party: Party, hz: number) => party.peer.toneLevel(hz) < -45;

const isAsSent = (level: number) => Math.abs(level + 10) < 0.5;

/** Parties whose legs live in two processes by turns, each with its tone. */
async function spread(bed: MediaBed, tones: Record<string, number>): Promise<Party[]> {
  const parties: Party[] = [];
  for (const [legId, hz] of Object.entries(tones)) {
    const party = await bed.offered(legId, legId === "b" ? "PCMU" : "PCMA", { affinity: legId });
    party.peer.sendTone(hz).start();
    parties.push(party);
  }
  return parties;
}

test("two parties in two processes: tones, levels, digits and the recording are those of one process", async () => {
  await using bed = await mediaBed({ processes: 2 });
  const folder = await mkdtemp(join(tmpdir(), "waihu-media-"));
  const [a, b] = (await spread(bed, { a: 400, b: 1000 })) as [Party, Party];
  assert.deepEqual(
    bed.pool.status().map((s) => s.legs),
    [1, 1],
  );
  const path = join(folder, "a.wav");
  await a.leg.startRecording("r", path);
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => hears(a, 1000) && hears(b, 400));
  assert.equal((await bed.event("first-forwarded", "b")).fromLegId, "a");
  await bed.until(() => isAsSent(a.peer.toneLevel(1000)) && isAsSent(b.peer.toneLevel(400)));
  const from = a.peer.received.length;
  await bed.until(() => a.peer.received.length > from + 50);
  assert.deepEqual([a.peer.gaps().missing, b.peer.gaps().missing], [0, 0]);
  a.leg.stopRecording("r");
  const { result } = await bed.event("recording-ended");
  assert.equal(result.ok, true, result.error);
  const file = await readFile(path);
  const last = (channel: number) => wavChannel(file, parseWav(file), channel).subarray(-3200);
  assert.ok(toneLevelDbm0(last(0), 400) > -13 && toneLevelDbm0(last(0), 1000) < -30, "left is the party");
  assert.ok(toneLevelDbm0(last(1), 1000) > -13 && toneLevelDbm0(last(1), 400) < -30, "right what it heard");
  await rm(folder, { recursive: true });
  a.peer.sendDtmf("12");
  await bed.until(() => b.peer.digits.join("") === "12");
  assert.equal(bed.events.filter((e) => e.type === "dtmf").length, 2, "told once each");
});

test("listen, whisper and barge across processes, in one seamless stream each", async () => {
  await using bed = await mediaBed({ processes: 2 });
  const parties = await spread(bed, { c: 400, a: 1000, s: 2000 });
  const [customer, agent, boss] = parties as [Party, Party, Party];
  bed.room("room", { c: ["a"], a: ["c"], s: ["a", "c"] });
  await bed.until(() => hears(boss, 400) && hears(boss, 1000) && hears(customer, 1000) && hears(agent, 400));
  assert.ok(deaf(customer, 2000) && deaf(agent, 2000), "listening is silent");

  bed.room("room", { c: ["a"], a: ["c", "s"], s: ["a", "c"] });
  await bed.until(() => hears(agent, 2000) && hears(agent, 400));
  assert.ok(deaf(customer, 2000) && deaf(agent, 1000), "a whisper is for the agent alone");

  const room = bed.room("room", { c: ["a", "s"], a: ["c", "s"], s: ["a", "c"] });
  await bed.until(() => hears(customer, 2000) && hears(customer, 1000) && hears(agent, 2000));
  agent.leg.mute({ mic: true });
  await bed.until(() => deaf(customer, 1000) && hears(customer, 2000));
  for (const { peer } of parties) assert.equal(peer.gaps().missing, 0);
  customer.peer.sendDtmf("7");
  await bed.until(() => agent.peer.digits.join("") === "7" && boss.peer.digits.join("") === "7");
  room.close();
  await bed.until(() => parties.every((party) => [400, 1000, 2000].every((hz) => deaf(party, hz))));
});

test("a killed process takes its own legs alone: who stays is joined by the new leg in the same room", async () => {
  await using bed = await mediaBed({ processes: 2 });
  const [a, b] = (await spread(bed, { a: 400, b: 1000 })) as [Party, Party];
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => hears(a, 1000) && hears(b, 400));
  process.kill(bed.pool.status()[1]!.pid, "SIGKILL");
  assert.equal((await bed.event("leg-lost")).legId, "b");
  await bed.until(() => bed.pool.status().every((s) => s.alive));
  const again = await bed.offered("again", "PCMA", { affinity: "again" });
  again.peer.sendTone(2000).start();
  assert.deepEqual(
    bed.pool.status().map((s) => s.legs),
    [1, 1],
  );
  bed.room("room", { a: ["again"], again: ["a"] });
  await bed.until(() => hears(a, 2000) && hears(again, 400));
  assert.equal(a.peer.gaps().missing, 0, "one seamless stream through it all");
});
