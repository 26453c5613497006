import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { toneLevelDbm0 } from "../media/tones.ts";
import { parseWav, wavChannel } from "../media/wav.ts";
import type { Bench } from "./conformance.ts";
import { dial, hears, isLeg, place, talk, type Watch, watch } from "./conformance-kit.ts";
import type { LegId, RoomRole, Sound, SwitchEvent } from "./switch.ts";

const limit = { timeout: 30_000 };
const [firstHz, secondHz, thirdHz, promptHz] = [400, 700, 1100, 1500];
const tone = (hz: number, onMs: number): Sound => ({
  tones: [{ frequenciesHz: [hz], levelDbm0: -13, onMs, offMs: 0 }],
});

/** Three calls that are up, each with a tone of its own. */
async function three(bench: Bench, seen: Watch) {
  const calls = [await talk(bench, seen), await talk(bench, seen), await talk(bench, seen)] as const;
  for (const [index, hz] of [firstHz, secondHz, thirdHz].entries()) calls[index]!.far.tone(hz);
  return calls;
}

const members = (...entries: [LegId, RoomRole][]) => entries.map(([legId, role]) => ({ legId, role }));

/** Level of `hz` in one channel over a stretch of a recording, dBm0. */
function levelIn(path: string, channel: number, hz: number, fromMs: number, forMs: number): number {
  const file = readFileSync(path);
  const samples = wavChannel(file, parseWav(file), channel);
  return toneLevelDbm0(samples.subarray(fromMs * 8, (fromMs + forMs) * 8), hz);
}

/** The part of the contract about rooms of more than two, prompts in a room, recordings on demand, and trunks that change. */
export function verbsConformance(makeBench: () => Promise<Bench>): void {
  void describe("rooms and prompts", { ...limit, concurrency: 3 }, () => {
    test(
      "three talk; one is muted in the room and still hears; one moves to another room and is gone",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const [a, b, c] = await three(bench, watch(sw));
        sw.setRoom("r", members([a.legId, "talk"], [b.legId, "talk"], [c.legId, "talk"]));
        await Promise.all([
          hears(a.far, [secondHz, thirdHz], [firstHz]),
          hears(b.far, [firstHz, thirdHz], [secondHz]),
          hears(c.far, [firstHz, secondHz], [thirdHz]),
        ]);
        sw.setRoom("r", members([a.legId, "talk"], [b.legId, "talk"], [c.legId, "mute"]));
        await Promise.all([
          hears(a.far, [secondHz], [thirdHz]),
          hears(b.far, [firstHz], [thirdHz]),
          hears(c.far, [firstHz, secondHz]),
        ]);
        sw.setRoom("other", members([b.legId, "talk"], [c.legId, "talk"]));
        await Promise.all([
          hears(a.far, [], [secondHz, thirdHz]),
          hears(b.far, [thirdHz], [firstHz]),
          hears(c.far, [secondHz], [firstHz]),
        ]);
        sw.setRoom("other", []);
        await Promise.all([hears(b.far, [], [thirdHz]), hears(c.far, [], [secondHz])]);
      },
    );

    test(
      "a prompt takes the place of the room, or is mixed over it; only its own leg hears it",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const seen = watch(sw);
        const [a, b] = [await talk(bench, seen), await talk(bench, seen)];
        a.far.tone(firstHz);
        b.far.tone(secondHz);
        sw.setRoom("r", members([a.legId, "talk"], [b.legId, "talk"]));
        await hears(a.far, [secondHz]);
        const instead = await sw.play(a.legId, tone(promptHz, 1000), { repeat: "forever" });
        await Promise.all([hears(a.far, [promptHz], [secondHz]), hears(b.far, [firstHz], [promptHz])]);
        sw.stopPlayback(a.legId, instead);
        await hears(a.far, [secondHz], [promptHz]);
        await sw.play(a.legId, tone(promptHz, 1000), { repeat: "forever", overRoomDb: 0 });
        await hears(a.far, [promptHz, secondHz]);
        sw.stopPlayback(a.legId);
        await hears(a.far, [secondHz], [promptHz]);
      },
    );

    test(
      "prompts play one after another, each as often as asked; one that cannot be read is refused by name",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const seen = watch(sw);
        const { legId } = await talk(bench, seen);
        const twice = await sw.play(legId, tone(promptHz, 100), { repeat: 2 });
        const after = await sw.play(legId, { silenceMs: 60 });
        const [first, second] = [
          await seen.until("playback-ended", (e) => e.playbackId === twice),
          await seen.until("playback-ended", (e) => e.playbackId === after),
        ];
        assert.ok(first.completed && second.completed);
        assert.ok(seen.events.indexOf(first) < seen.events.indexOf(second));
        await assert.rejects(sw.play(legId, { file: `${bench.folder}/none.wav` }), {
          code: "sound-unreadable",
        });
      },
    );

    test("when the leg ends its tap ends, and a feed to it is silent", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const { legId, far } = await talk(bench, seen);
      far.tone(firstHz);
      await seen.until("leg-first-packet", isLeg(legId));
      const tap = sw.tap(legId)[Symbol.asyncIterator]();
      const frame = await tap.next();
      assert.equal(frame.value?.samples.length, 160);
      const feed = sw.feed(legId);
      far.hangup();
      const ended = await seen.until("leg-ended", isLeg(legId));
      while ((await tap.next()).done !== true);
      feed.write(new Int16Array(160));
      feed.close();
      const isLast = (event: SwitchEvent) => seen.events.indexOf(event) > seen.events.indexOf(ended);
      const { stats } = await seen.until("leg-stats", (event) => event.legId === legId && isLast(event));
      assert.ok(stats.packetsIn > 0);
    });
  });

  test(
    "a recording on demand has the party left and what it heard right; what is said in a pause is not in it",
    limit,
    async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const { legId, far } = await talk(bench, seen);
      far.tone(firstHz);
      await sw.play(legId, tone(promptHz, 1000), { repeat: "forever" });
      await hears(far, [promptHz]);
      const path = `${bench.folder}/demand.wav`;
      await sw.startRecording(legId, "r1", path);
      await far.hear(promptHz);
      await far.hear(promptHz);
      sw.pauseRecording(legId, "r1", true);
      far.tone(secondHz);
      await far.hear(promptHz);
      await far.hear(promptHz);
      far.tone(firstHz);
      await far.hear(promptHz);
      sw.pauseRecording(legId, "r1", false);
      await far.hear(promptHz);
      sw.stopRecording(legId, "r1");
      const { result } = await seen.until("recording-ended", isLeg(legId));
      assert.deepEqual([result.ok, result.path, result.recordingId], [true, path, "r1"]);
      assert.ok(result.durationMs > 1500, `${result.durationMs} ms`);
      assert.ok(levelIn(path, 0, firstHz, 200, 300) > -25 && levelIn(path, 1, promptHz, 200, 300) > -25);
      assert.ok(levelIn(path, 0, promptHz, 200, 300) < -45 && levelIn(path, 1, firstHz, 200, 300) < -45);
      assert.ok(levelIn(path, 0, secondHz, 0, result.durationMs) < -45, "the pause is in the recording");
      assert.deepEqual(sw.legs(), [legId]);
    },
  );

  test("a recording that cannot be written is told, and the call goes on", limit, async () => {
    await using bench = await makeBench();
    const { sw } = bench;
    const seen = watch(sw);
    const { legId, far } = await talk(bench, seen);
    await sw.startRecording(legId, "r2", "/proc/nowhere/call.wav");
    const { result } = await seen.until("recording-ended", isLeg(legId));
    assert.ok(!result.ok && result.error);
    await sw.play(legId, tone(promptHz, 1000), { repeat: "forever" });
    await hears(far, [promptHz]);
  });

  void describe("trunks that change", { ...limit, concurrency: 2 }, () => {
    test(
      "a trunk taken away keeps its call and takes no new one; a disabled one says so",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const seen = watch(sw);
        const [first, second] = bench.party.trunks;
        const { legId, far } = await talk(bench, seen);
        sw.setTrunks([{ ...second, enabled: false }]);
        assert.deepEqual(
          sw.trunkStatus().map(({ trunkId, state }) => [trunkId, state]),
          [[second.id, "disabled"]],
        );
        const none = dial(sw, { trunkIds: [first.id, second.id] });
        const ended = await seen.until("leg-ended", isLeg(none));
        assert.deepEqual([ended.cause, ended.by], ["no-trunk", "switch"]);
        await sw.play(legId, tone(promptHz, 1000), { repeat: "forever" });
        await hears(far, [promptHz]);
        far.hangup();
        assert.equal((await seen.until("leg-ended", isLeg(legId))).cause, "normal");
      },
    );

    test("a leg's name is its own while it lives; legs are told as they are", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const [a, b] = [await place(bench), await place(bench)];
      assert.throws(() => dial(sw, { legId: a.legId }), { code: "leg-exists" });
      assert.deepEqual(sw.legs().toSorted(), [a.legId, b.legId].toSorted());
      assert.ok(sw.health().sip.length > 0);
      assert.ok(sw.health().media.every(({ alive }) => alive));
    });
  });
}
