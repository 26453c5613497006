import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import { mediaBed, type Party } from "../kit/media-bed.ts";

const hears = (party: Party, hz: number) => party.peer.toneLevel(hz) > -14;
const tone = (hz: number, onMs: number) => ({
  tones: [{ frequenciesHz: [hz], levelDbm0: -10, onMs, offMs: 0 }],
});
const deaf = (party: Party, hz: number) => party.peer.toneLevel(hz) < -45;

test("two parties hear each other, relayed, and the recording has each on its side", async () => {
  await using bed = await mediaBed();
  const folder = await mkdtemp(join(tmpdir(), "waihu-media-"));
  const a = await bed.offered("a");
  const b = await bed.answered("b", "PCMU");
  a.peer.sendTone(400).start();
  b.peer.sendTone(1000).start();
  const path = join(folder, "deep/er/a.wav");
  await a.leg.startRecording("r", path);
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => hears(a, 1000) && hears(b, 400));
  assert.equal((await bed.event("first-forwarded", "b")).fromLegId, "a");
  const from = a.peer.received.length;
  await bed.until(() => a.peer.received.length > from + 50);
  a.leg.stopRecording("r");
  const { result } = await bed.event("recording-ended");
  assert.equal(result.ok, true, result.error);
  const file = await readFile(path);
  const info = parseWav(file);
  assert.equal(info.dataStart + info.dataBytes, file.length);
  const last = (channel: number) => wavChannel(file, info, channel).subarray(-3200);
  const levels = [0, 1].map((channel) => [400, 1000].map((hz) => toneLevelDbm0(last(channel), hz)));
  assert.ok(levels[0]![0]! > -13 && levels[0]![1]! < -30, `left ${levels[0]!.join(" ")}`);
  assert.ok(levels[1]![1]! > -13 && levels[1]![0]! < -30, `right ${levels[1]!.join(" ")}`);
  assert.equal(a.peer.gaps().missing, 0);
  await rm(folder, { recursive: true });
});

test("customer, agent and supervisor: listen, whisper, barge, and alone again", async () => {
  await using bed = await mediaBed();
  const [customer, agent, boss] = [
    await bed.offered("c", "PCMU"),
    await bed.offered("a"),
    await bed.answered("s"),
  ];
  customer.peer.sendTone(400).start();
  agent.peer.sendTone(1000).start();
  boss.peer.sendTone(2000).start();
  const room = bed.room("room", { c: ["a"], a: ["c"], s: ["a", "c"] });
  await bed.until(() => hears(boss, 400) && hears(boss, 1000) && hears(customer, 1000) && hears(agent, 400));
  assert.ok(deaf(customer, 2000) && deaf(agent, 2000), "listening is silent");

  bed.room("room", { c: ["a"], a: ["c", "s"], s: ["a", "c"] });
  await bed.until(() => hears(agent, 2000) && hears(agent, 400));
  assert.ok(
    deaf(customer, 2000) && deaf(agent, 1000),
    "a whisper is for the agent alone, and nobody hears himself",
  );

  bed.room("room", { c: ["a", "s"], a: ["c", "s"], s: ["a", "c"] });
  await bed.until(() => hears(customer, 2000) && hears(customer, 1000));

  agent.leg.mute({ mic: true });
  await bed.until(() => deaf(customer, 1000) && hears(customer, 2000));
  agent.leg.mute({ mic: false, speaker: true });
  await bed.until(() => hears(customer, 1000) && deaf(agent, 400));

  room.close();
  await bed.until(() => deaf(customer, 1000) && deaf(boss, 400));
  for (const party of [customer, agent, boss])
    assert.equal(party.peer.gaps().missing, 0, "one seamless stream each");
});

test("a prompt replaces the room, a tone lies over it, music stops when told; each end is told", async () => {
  await using bed = await mediaBed();
  const [a, b] = [await bed.offered("a"), await bed.offered("b")];
  a.peer.sendTone(400).start();
  b.peer.sendTone(1000).start();
  bed.room("room", { a: ["b"], b: ["a"] });
  await bed.until(() => hears(a, 1000));
  const prompt = await a.leg.play(tone(2000, 400));
  await bed.until(() => hears(a, 2000) && deaf(a, 1000));
  const ended = await bed.event("playback-ended");
  assert.deepEqual([ended.playbackId, ended.completed], [prompt, true]);
  await bed.until(() => hears(a, 1000));

  await a.leg.play(tone(3000, 1000), { overRoomDb: -3, repeat: "forever" });
  await bed.until(() => hears(a, 3000) && hears(a, 1000));
  // A stop that overtakes a sound still being loaded must not lose to it.
  const music = a.leg.play(tone(2000, 60_000), { repeat: "forever" });
  a.leg.stopPlayback();
  await music;
  await bed.until(() => deaf(a, 3000) && deaf(a, 2000) && hears(a, 1000));
  assert.equal(bed.events.filter((e) => e.type === "playback-ended" && !e.completed).length, 2);
  assert.ok(hears(b, 400), "the other party heard none of it");
  await assert.rejects(a.leg.play({ file: "/nowhere/prompt.wav" }), { code: "sound-unreadable" });
});

test("a tap gives the party's sound, a feed speaks to it, the level is told", async () => {
  await using bed = await mediaBed();
  const a = await bed.offered("a");
  a.peer.sendTone(400).start();
  const feed = a.leg.feed();
  let heard = 0;
  for await (const { samples } of a.leg.tap()) {
    feed.write(samples);
    if (toneLevelDbm0(samples, 400) > -12) heard++;
    if (heard > 20 && hears(a, 400)) break;
  }
  feed.close();
  await bed.until(() => deaf(a, 400));
  a.leg.watchLevel(true);
  await bed.until(() => bed.events.some((e) => e.type === "level" && Math.abs(e.dbm0 + 10) < 1));
});
