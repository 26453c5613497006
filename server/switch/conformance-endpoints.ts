import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bench } from "./conformance.ts";
import { dial, isLeg, watch } from "./conformance-kit.ts";
import type { Cause } from "./switch.ts";

const limit = { timeout: 30_000 };

/** The part of the contract about phones that register, and about what refused callers are told. */
export function endpointsConformance(makeBench: () => Promise<Bench>): void {
  void describe("phones", { ...limit, concurrency: 3 }, () => {
    test("a phone comes, is called, calls, and is sent away", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const destination = { kind: "endpoint", user: "7001" } as const;
      const early = dial(sw, { destination });
      const nobody = await seen.until("leg-ended", isLeg(early));
      assert.deepEqual([nobody.cause, nobody.by], ["unreachable", "switch"]);
      assert.equal(sw.isOnline("7001"), false);

      await using phone = await bench.party.phone("7001");
      await seen.until("endpoint", (event) => event.user === "7001" && event.online);
      assert.equal(sw.isOnline("7001"), true);
      const coming = phone.nextCall();
      const legId = dial(sw, { destination });
      const call = await coming;
      call.answer();
      await seen.until("leg-answered", isLeg(legId));
      sw.hangup(legId);
      assert.equal(await call.ended(), "bye");

      const out = phone.call("10086");
      const incoming = await seen.until("leg-incoming");
      assert.deepEqual([incoming.user, incoming.to, incoming.trunkId], ["7001", "10086", undefined]);
      await sw.answer(incoming.legId, "bench");
      await seen.until("leg-answered", isLeg(incoming.legId));
      out.hangup();
      assert.equal((await seen.until("leg-ended", isLeg(incoming.legId))).by, "party");

      sw.disconnectEndpoint("7001");
      await seen.until("endpoint", (event) => event.user === "7001" && !event.online);
      assert.equal(sw.isOnline("7001"), false);
    });

    test("a phone that refuses says why", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      await using phone = await bench.party.phone("7001");
      await seen.until("endpoint", (event) => event.online);
      const expected: [number, Cause][] = [
        [486, "busy"],
        [603, "rejected"],
        [480, "unreachable"],
      ];
      for (const [status, cause] of expected) {
        const coming = phone.nextCall();
        const legId = dial(bench.sw, { destination: { kind: "endpoint", user: "7001" } });
        (await coming).refuse(status);
        const ended = await seen.until("leg-ended", isLeg(legId));
        assert.deepEqual([ended.cause, ended.by, ended.trunkId], [cause, "party", undefined]);
      }
    });
  });

  test("each cause with which a caller is refused has its status", limit, async () => {
    await using bench = await makeBench();
    const seen = watch(bench.sw);
    const expected: [Cause, string][] = [
      ["busy", "486"],
      ["rejected", "603"],
      ["invalid-number", "404"],
      ["unreachable", "480"],
      ["congestion", "503"],
      ["no-codec", "488"],
    ];
    for (const [index, [cause, status]] of expected.entries()) {
      const far = bench.party.callIn(`+861390013910${index}`, "+861065529988");
      const { legId } = await seen.until("leg-incoming", (event) => event.from.endsWith(`10${index}`));
      bench.sw.hangup(legId, cause);
      assert.equal(await far.ended(), status, cause);
      const ended = await seen.until("leg-ended", isLeg(legId));
      assert.deepEqual([ended.cause, ended.by], [cause, "us"]);
    }
    assert.deepEqual(bench.sw.legs(), []);
  });
}
