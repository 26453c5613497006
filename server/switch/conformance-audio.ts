import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { describe, test } from "node:test";
import { levelDbm0 } from "../media/frame.ts";
import { renderTones, toneLevelDbm0 } from "../media/tones.ts";
import type { Bench } from "./conformance.ts";
import { hears, isLeg, place, talk, watch } from "./conformance-kit.ts";
import type { Sound } from "./switch.ts";

const limit = { timeout: 30_000 };
/** Each voice is a tone that a whole number of periods of 20 ms holds, so that measuring is exact. */
const [agentHz, customerHz, bossHz, musicHz] = [400, 700, 1100, 1500];
const music: Sound = { tones: [{ frequenciesHz: [musicHz], levelDbm0: -13, onMs: 1000, offMs: 0 }] };

/** The part of the contract about who hears what. */
export function audioConformance(makeBench: () => Promise<Bench>): void {
  void describe("audio", { ...limit, concurrency: 3 }, () => {
    test(
      "two legs in a room hear each other, mute and hold take effect and are taken back",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const seen = watch(sw);
        const agent = await talk(bench, seen);
        const customer = await talk(bench, seen);
        agent.far.tone(agentHz);
        customer.far.tone(customerHz);
        sw.setRoom("room", [
          { legId: agent.legId, role: "talk" },
          { legId: customer.legId, role: "talk" },
        ]);
        await Promise.all([
          hears(agent.far, [customerHz], [agentHz]),
          hears(customer.far, [agentHz], [customerHz]),
        ]);
        await seen.until("leg-first-audio", (e) => e.legId === agent.legId && e.fromLegId === customer.legId);
        sw.mute(agent.legId, true);
        await Promise.all([hears(customer.far, [], [agentHz]), hears(agent.far, [customerHz])]);
        sw.mute(agent.legId, false);
        await hears(customer.far, [agentHz]);
        sw.hold(customer.legId, music);
        await Promise.all([
          hears(customer.far, [musicHz], [agentHz]),
          hears(agent.far, [], [customerHz, musicHz]),
        ]);
        sw.unhold(customer.legId);
        await Promise.all([hears(customer.far, [agentHz], [musicHz]), hears(agent.far, [customerHz])]);
      },
    );

    test("a supervisor listens, whispers to the agent alone, and barges in", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const agent = await talk(bench, seen);
      const customer = await talk(bench, seen);
      const boss = await talk(bench, seen);
      agent.far.tone(agentHz);
      customer.far.tone(customerHz);
      boss.far.tone(bossHz);
      const two = [
        { legId: agent.legId, role: "talk" as const },
        { legId: customer.legId, role: "talk" as const },
      ];
      sw.setRoom("room", [...two, { legId: boss.legId, role: "listen" }]);
      await hears(boss.far, [agentHz, customerHz]);
      await Promise.all([hears(agent.far, [customerHz], [bossHz]), hears(customer.far, [agentHz], [bossHz])]);
      sw.setRoom("room", [...two, { legId: boss.legId, role: "whisper", to: agent.legId }]);
      await Promise.all([hears(agent.far, [customerHz, bossHz]), hears(customer.far, [agentHz], [bossHz])]);
      sw.setRoom("room", [...two, { legId: boss.legId, role: "talk" }]);
      await Promise.all([hears(agent.far, [customerHz, bossHz]), hears(customer.far, [agentHz, bossHz])]);
      sw.setRoom("room", two);
      await Promise.all([
        hears(boss.far, [], [agentHz, customerHz]),
        hears(agent.far, [customerHz], [bossHz]),
      ]);
    });

    test("a prompt is heard and its end is told; a stopped one was not completed", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const { legId, far } = await talk(bench, seen);
      const forever = await sw.play(legId, music, { repeat: "forever" });
      await hears(far, [musicHz]);
      sw.stopPlayback(legId, forever);
      const stopped = await seen.until("playback-ended", (e) => e.playbackId === forever);
      assert.equal(stopped.completed, false);
      const once = await sw.play(legId, { silenceMs: 100 });
      assert.ok((await seen.until("playback-ended", (e) => e.playbackId === once)).completed);
    });

    test("early media plays to a caller before answer", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      bench.party.callIn("+8613900139003", "+861065529988");
      const { legId } = await seen.until("leg-incoming");
      await sw.earlyMedia(legId, "bench");
      const progress = await seen.until("leg-progress", isLeg(legId));
      assert.ok(progress.earlyMedia);
      assert.deepEqual(
        seen.of(legId).filter((type) => type === "leg-answered"),
        [],
      );
      await sw.answer(legId, "bench");
      await seen.until("leg-answered", isLeg(legId));
    });

    test("the party's early media can be tapped", limit, async () => {
      await using bench = await makeBench();
      const { legId, far } = await place(bench);
      const seen = watch(bench.sw);
      far.early(450);
      await seen.until("leg-progress", isLeg(legId));
      await tapHears(bench, legId, 450);
    });

    test("a tap hears the party and a feed speaks to it", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const { legId, far } = await talk(bench, watch(sw));
      far.tone(customerHz);
      await tapHears(bench, legId, customerHz);
      const feed = sw.feed(legId);
      feed.write(renderTones([{ frequenciesHz: [bossHz], levelDbm0: -13, onMs: 4000, offMs: 0 }]));
      await hears(far, [bossHz]);
      feed.close();
    });

    test("digits travel both ways", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const { legId, far } = await talk(bench, seen);
      far.sendDtmf("15#");
      await seen.until("leg-dtmf", (e) => e.legId === legId && e.digit === "#");
      const digits = seen.events.flatMap((e) => (e.type === "leg-dtmf" ? [e.digit] : []));
      assert.deepEqual(digits, ["1", "5", "#"]);
      sw.sendDtmf(legId, "90*");
      while (far.digits().length < 3) await far.hear();
      assert.equal(far.digits(), "90*");
    });

    test("the party holds and takes back", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const { legId, far } = await talk(bench, seen);
      await far.hold(true);
      await seen.until("leg-held", (e) => e.legId === legId && e.held);
      await far.hold(false);
      await seen.until("leg-held", (e) => e.legId === legId && !e.held);
    });

    test("a recording begins at answer and is whole when the leg is gone", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const path = `${bench.folder}/call.wav`;
      const { legId, far } = await talk(bench, seen, { record: { recordingId: "r1", path } });
      far.tone(customerHz);
      await tapHears(bench, legId, customerHz);
      far.hangup();
      const { result } = await seen.until("recording-ended", isLeg(legId));
      assert.ok(result.ok, result.error);
      assert.equal(result.recordingId, "r1");
      assert.ok(result.durationMs >= 100, `${result.durationMs} ms`);
      assert.equal(statSync(path).size, result.bytes);
    });
  });
}

/** Reads the leg's tap until the tone is there. */
async function tapHears({ sw }: Bench, legId: string, hz: number): Promise<void> {
  const window: Int16Array[] = [];
  for await (const frame of sw.tap(legId)) {
    window.push(frame.samples);
    if (window.length < 10) continue;
    const samples = Int16Array.from(window.splice(0).flatMap((part) => [...part]));
    if (levelDbm0(samples) > -25 && toneLevelDbm0(samples, hz) > -25) return;
  }
  assert.fail("the tap ended before the tone came");
}
