import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { switchBed } from "../../test/kit/switch-bed.ts";
import { dial, isLeg, watch } from "./conformance-kit.ts";
import { fingerprintOf } from "../media/announcement-print.ts";
import { decodeWav } from "../media/wav.ts";
import { toneLevelDbm0 } from "../media/tones.ts";

const limit = { timeout: 30_000 };
const through = (number: string) => ({ destination: { kind: "trunk", trunkIds: [1], number } }) as const;

void describe("what early media says", { concurrency: 4 }, () => {
  test("busy tone before the answer is told with its cause, and is the cause of the end", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const legId = dial(bed.sw, through("+8613800000011"));
    const { tone, cause, answered } = await seen.until("leg-tone", isLeg(legId));
    assert.deepEqual([tone.tone, cause, answered], ["busy", "busy", false]);
    // As if it rang out.
    bed.sw.hangup(legId, "no-answer");
    assert.equal((await seen.until("leg-ended", isLeg(legId))).cause, "busy");
  });

  test("a trained announcement is told, and goes before the status that follows", limit, async () => {
    await using bed = await switchBed();
    const off = readFileSync(new URL("../../tools/carrier/audio/off.wav", import.meta.url));
    const invalid = readFileSync(new URL("../../tools/carrier/audio/invalid.wav", import.meta.url));
    bed.sw.setAnnouncements([
      { id: 7, cause: "powered-off", words: fingerprintOf(decodeWav(off)) },
      { id: 8, cause: "suspended", words: fingerprintOf(decodeWav(invalid)) },
    ]);
    const seen = watch(bed.sw);
    const legId = dial(bed.sw, through("+8613800000012"));
    const { announcementId, cause } = await seen.until("leg-announcement", isLeg(legId));
    assert.deepEqual([announcementId, cause], [7, "powered-off"]);
    const ended = await seen.until("leg-ended", isLeg(legId));
    assert.deepEqual([ended.cause, ended.sipStatus], ["powered-off", 480]);
  });

  test(
    "ringback in turns is told and means nothing; what the party says later is not listened for",
    limit,
    async () => {
      await using bed = await switchBed();
      const seen = watch(bed.sw);
      const called = bed.carrier.nextCall();
      const legId = dial(bed.sw, through("+8613800000113"));
      const far = await called;
      void far.early({ signal: "ringback" }, true);
      const { tone, cause } = await seen.until("leg-tone", isLeg(legId));
      assert.deepEqual([tone.tone, cause], ["ringback", undefined]);
      far.answer();
      await seen.until("leg-answered", isLeg(legId));
      void far.play({ signal: "busy" }, true);
      for await (const { samples } of bed.sw.tap(legId)) if (toneLevelDbm0(samples, 450) > -20) break;
      const heard = seen.events.filter((event) => event.type === "leg-tone" && event.answered);
      assert.deepEqual(heard, []);
    },
  );

  test("a fax machine that answers is told where that was asked for", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const called = bed.carrier.nextCall();
    const legId = dial(bed.sw, {
      ...through("+8613800000114"),
      detect: { early: [], answered: ["fax", "beep"] },
    });
    const far = await called;
    far.answer();
    void far.play({ tonesHz: [2100] }, true);
    const { tone, cause, answered } = await seen.until("leg-tone", isLeg(legId));
    assert.deepEqual([tone.tone, cause, answered], ["fax-ced", "fax", true]);
  });

  test("a tap gives the party's sound from early media on, through the answer", limit, async () => {
    await using bed = await switchBed();
    const seen = watch(bed.sw);
    const called = bed.carrier.nextCall();
    const legId = dial(bed.sw, through("+8613800000115"));
    const far = await called;
    void far.early({ tonesHz: [450] }, true);
    await seen.until("leg-progress", (event) => event.legId === legId && event.earlyMedia);
    let step: "early" | "answered" = "early";
    const times: number[] = [];
    for await (const { at, samples: frame } of bed.sw.tap(legId)) {
      times.push(at);
      if (step === "early" && toneLevelDbm0(frame, 450) > -20) {
        step = "answered";
        far.answer();
        void far.play({ tonesHz: [1200] }, true);
      } else if (toneLevelDbm0(frame, 1200) > -20) break;
    }
    assert.equal(step, "answered");
    const begunAt = seen.events.find((event) => event.type === "leg-progress")!.at;
    assert.ok(times[0]! >= begunAt - 1000 && times.every((at, i) => i === 0 || at >= times[i - 1]!));
    assert.ok(seen.of(legId).includes("leg-answered"));
  });
});
