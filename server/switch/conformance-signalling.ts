import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bench } from "./conformance.ts";
import { dial, isLeg, place, talk, watch } from "./conformance-kit.ts";
import type { Cause } from "./switch.ts";

const limit = { timeout: 30_000 };

/** The part of the contract about how legs live and end. */
export function signallingConformance(makeBench: () => Promise<Bench>): void {
  void describe("a leg's life", { ...limit, concurrency: 3 }, () => {
    test("rings, is answered, and ends normally by the party", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const { legId, far } = await place(bench);
      assert.deepEqual(bench.sw.legs(), [legId]);
      far.ring();
      const progress = await seen.until("leg-progress", isLeg(legId));
      assert.deepEqual([progress.ringing, progress.earlyMedia, progress.sipStatus], [true, false, 180]);
      far.answer();
      const answered = await seen.until("leg-answered", isLeg(legId));
      assert.equal(answered.trunkId, bench.party.trunks[0].id);
      far.hangup();
      const ended = await seen.until("leg-ended", isLeg(legId));
      assert.deepEqual([ended.cause, ended.by], ["normal", "party"]);
      assert.deepEqual(bench.sw.legs(), []);
      assert.equal(seen.of(legId).filter((type) => type === "leg-ended").length, 1);
    });

    test("each refusal has its cause", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const expected: [number, Cause][] = [
        [486, "busy"],
        [404, "invalid-number"],
        [480, "unreachable"],
        [603, "rejected"],
        [488, "no-codec"],
        [503, "congestion"],
        [500, "trunk-failed"],
      ];
      for (const [status, cause] of expected) {
        const { legId, far } = await place(bench);
        far.refuse(status);
        const ended = await seen.until("leg-ended", isLeg(legId));
        assert.deepEqual([ended.cause, ended.by, ended.sipStatus], [cause, "party", status]);
      }
    });

    test("early media is told before answer", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const { legId, far } = await place(bench);
      far.early(450);
      const progress = await seen.until("leg-progress", (e) => e.legId === legId && e.earlyMedia);
      assert.equal(progress.sipStatus, 183);
      far.answer();
      await seen.until("leg-answered", isLeg(legId));
    });

    test("we give up by timeout and by hand: the party is cancelled", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const late = await place(bench, { ringTimeoutMs: 300 });
      late.far.ring();
      const timedOut = await seen.until("leg-ended", isLeg(late.legId));
      assert.deepEqual([timedOut.cause, timedOut.by], ["no-answer", "us"]);
      assert.equal(await late.far.ended(), "cancelled");

      const unwanted = await place(bench);
      unwanted.far.ring();
      await seen.until("leg-progress", isLeg(unwanted.legId));
      bench.sw.hangup(unwanted.legId);
      const cancelled = await seen.until("leg-ended", isLeg(unwanted.legId));
      assert.deepEqual([cancelled.cause, cancelled.by], ["cancelled", "us"]);
      assert.equal(await unwanted.far.ended(), "cancelled");

      const withdrawn = await place(bench);
      bench.sw.withdraw(withdrawn.legId);
      withdrawn.far.ring();
      await seen.until("leg-progress", isLeg(withdrawn.legId));
      bench.sw.withdraw(withdrawn.legId);
      bench.sw.withdraw(withdrawn.legId);
      const givenUp = await seen.until("leg-ended", isLeg(withdrawn.legId));
      assert.deepEqual([givenUp.cause, givenUp.by], ["given-up", "us"]);
      assert.equal(await withdrawn.far.ended(), "cancelled");
    });

    test("we hang up after answer: the party gets BYE, the leg is gone at once", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const { legId, far } = await talk(bench, seen);
      bench.sw.hangup(legId);
      assert.deepEqual(bench.sw.legs(), []);
      assert.equal((await seen.until("leg-ended", isLeg(legId))).by, "us");
      assert.equal(await far.ended(), "bye");
    });
  });

  void describe("trunks", { ...limit, concurrency: 3 }, () => {
    test("a trunk in trouble is failed over, a busy party is not", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const [first, second] = bench.party.trunks;
      bench.party.firstTrunkRefuses(503);
      const { legId, far } = await place(bench, { trunkIds: [first.id, second.id] });
      const failover = await seen.until("leg-failover", isLeg(legId));
      assert.deepEqual([failover.trunkId, failover.cause, failover.sipStatus], [first.id, "congestion", 503]);
      far.answer();
      assert.equal((await seen.until("leg-answered", isLeg(legId))).trunkId, second.id);
      bench.party.firstTrunkRefuses(486);
      const busy = dial(bench.sw, { trunkIds: [first.id, second.id] });
      const ended = await seen.until("leg-ended", isLeg(busy));
      assert.deepEqual([ended.cause, ended.trunkId], ["busy", first.id]);
    });

    test("channels are a limit, and no trunk is an answer", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      bench.sw.setTrunks([{ ...bench.party.trunks[0], maxChannels: 1 }]);
      const { legId } = await talk(bench, seen);
      assert.equal(bench.sw.trunkStatus()[0]?.channels, 1);
      const second = dial(bench.sw);
      assert.equal((await seen.until("leg-ended", isLeg(second))).cause, "no-trunk");
      bench.sw.hangup(legId);
      await seen.until("leg-ended", isLeg(legId));
      await talk(bench, seen);
      const nowhere = dial(bench.sw, { trunkIds: [999] });
      assert.equal((await seen.until("leg-ended", isLeg(nowhere))).cause, "no-trunk");
    });

    test("a probe measures the round trip and the trunk shows up", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      bench.sw.setTrunks([{ ...bench.party.trunks[0], name: "seen anew" }]);
      await seen.until("trunk", (event) => event.status.state === "up");
      const probe = await bench.sw.probeTrunk(bench.party.trunks[0].id);
      assert.ok(probe.status < 500 && probe.rttMs >= 0 && probe.rttMs < 1000, JSON.stringify(probe));
    });
  });

  void describe("calls that come in", { ...limit, concurrency: 2 }, () => {
    test("a call is told with numbers in E.164, rings, and is answered", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const far = bench.party.callIn("+8613900139000", "+861065529988");
      const { legId, from, to, trunkId } = await seen.until("leg-incoming");
      assert.deepEqual([from, to, trunkId], ["+8613900139000", "+861065529988", bench.party.trunks[0].id]);
      bench.sw.ring(legId);
      await bench.sw.answer(legId, "bench");
      await seen.until("leg-answered", isLeg(legId));
      far.hangup();
      const ended = await seen.until("leg-ended", isLeg(legId));
      assert.deepEqual([ended.cause, ended.by], ["normal", "party"]);
    });

    test("a refused call carries the status of its cause; a caller may give up", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const refused = bench.party.callIn("+8613900139001", "+861065529988");
      const first = await seen.until("leg-incoming");
      bench.sw.hangup(first.legId, "busy");
      assert.equal(await refused.ended(), "486");
      assert.equal(bench.sw.trunkStatus()[0]?.channels, 0);
      const given = bench.party.callIn("+8613900139002", "+861065529988");
      const second = await seen.until("leg-incoming", (e) => e.legId !== first.legId);
      bench.sw.ring(second.legId);
      given.hangup();
      const ended = await seen.until("leg-ended", isLeg(second.legId));
      assert.deepEqual([ended.cause, ended.by], ["cancelled", "party"]);
    });
  });

  test("commands to a leg that is gone do nothing", limit, async () => {
    await using bench = await makeBench();
    const { sw } = bench;
    sw.hangup("gone");
    sw.ring("gone");
    await sw.answer("gone", "bench");
    await sw.play("gone", { silenceMs: 20 });
    await sw.startRecording("gone", "r", `${bench.folder}/r.wav`);
    sw.sendDtmf("gone", "1");
    sw.mute("gone", true);
    sw.hold("gone", { silenceMs: 20 });
    sw.unhold("gone");
    sw.setRoom("room", [{ legId: "gone", role: "talk" }]);
    sw.feed("gone").write(new Int16Array(160));
    assert.equal((await sw.tap("gone")[Symbol.asyncIterator]().next()).done, true);
    assert.deepEqual(sw.legs(), []);
  });
}
