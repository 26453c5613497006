import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { systemClock } from "../kernel/clock.ts";
import { switchBed, trunkTo } from "../../test/kit/switch-bed.ts";
import { placeTestCall } from "./test-call.ts";

const at = { trunkId: 1, callerId: "+861065529988" };
const stateOf = (steps: { step: string; state: string }[]) =>
  Object.fromEntries(steps.map(({ step, state }) => [step, state]));

void describe("a test call", { concurrency: 4 }, () => {
  test("the carrier's echo number proves two-way audio", async () => {
    await using bed = await switchBed();
    const result = await placeTestCall(bed.sw, systemClock, {
      ...at,
      number: "+8613800000005",
      listenMs: 10_000,
    });
    assert.equal(result.verdict, "good", JSON.stringify(result.steps));
    assert.ok(result.echoed);
    assert.equal(result.codec, "PCMA");
    assert.deepEqual(stateOf(result.steps), {
      probe: "ok",
      register: "skipped",
      invite: "ok",
      ring: "skipped",
      answer: "ok",
      hear: "ok",
      speak: "ok",
      end: "ok",
    });
    const hear = result.steps.find(({ step }) => step === "hear")!.detail;
    assert.equal(hear.lossPercent, 0);
    assert.ok((hear.packets as number) > 50, JSON.stringify(hear));
    assert.deepEqual(bed.sw.legs(), []);
  });

  test("a person is heard, a silent line is not good, a busy number was reached", async () => {
    await using bed = await switchBed();
    bed.carrier.behave("+8613800000011", [{ do: "answer" }, { do: "talk", sound: "hello-zh-1", ms: 9000 }]);
    bed.carrier.behave("+8613800000012", [{ do: "answer" }, { do: "stay" }]);
    const call = (number: string) =>
      placeTestCall(bed.sw, systemClock, { ...at, number, listenMs: 4000, ringTimeoutMs: 10_000 });
    const [person, silent, busy, wrong] = await Promise.all([
      call("+8613800000011"),
      call("+8613800000012"),
      call("+8613800000001"),
      call("+8613800000007"),
    ]);
    assert.deepEqual([person.verdict, person.echoed], ["good", false]);
    assert.equal(silent.verdict, "no-audio-in");
    assert.equal(busy.verdict, "not-answered");
    assert.equal(wrong.verdict, "refused");
  });

  test("a carrier that says nothing is unreachable, a trunk that is not registered places no call", async () => {
    await using bed = await switchBed({ sw: { trunkTimeoutMs: 700 } });
    const nobody = { host: "127.0.0.1", port: 9 };
    bed.sw.setTrunks([trunkTo(nobody, 2)]);
    const lost = await placeTestCall(bed.sw, systemClock, { trunkId: 2, number: "10086" });
    assert.equal(lost.verdict, "unreachable", JSON.stringify(lost.steps));
    const unregistered = await placeTestCall(bed.sw, systemClock, {
      trunkId: 2,
      number: "10086",
      registers: true,
    });
    assert.equal(unregistered.verdict, "not-registered");
  });
});
