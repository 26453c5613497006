import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bench } from "./conformance.ts";
import { hears, isLeg, place, talk, watch } from "./conformance-kit.ts";
import type { LegId, Switch } from "./switch.ts";

const limit = { timeout: 30_000 };
const [firstHz, secondHz] = [700, 1100];

const meet = (sw: Switch, ...legs: LegId[]) =>
  sw.setRoom(
    "transfer",
    legs.map((legId) => ({ legId, role: "talk" as const })),
  );

/** The part of the contract about calls that change hands: by the party's wish, by ours, by one leg for another. */
export function transferConformance(makeBench: () => Promise<Bench>): void {
  void describe("transfers", { ...limit, concurrency: 3 }, () => {
    test(
      "a party asks for a number: refused, it stays; answered, it leaves and the two talk",
      limit,
      async () => {
        await using bench = await makeBench();
        const { sw } = bench;
        const seen = watch(sw);
        const customer = await talk(bench, seen);
        const agent = await talk(bench, seen);
        meet(sw, agent.legId, customer.legId);
        const refused = agent.far.transfer("+8613800139999");
        const asked = await seen.until("leg-transfer-requested", isLeg(agent.legId));
        assert.deepEqual([asked.to, asked.replacesLegId], ["+8613800139999", undefined]);
        sw.transferProgress(agent.legId, "refused");
        assert.equal(await refused, 603);

        const told = agent.far.transfer("+8613800139998");
        await seen.until("leg-transfer-requested", (e) => e.to.endsWith("98"));
        sw.transferProgress(agent.legId, "trying");
        const target = await place(bench, { headers: asked.headers });
        target.far.answer();
        await seen.until("leg-answered", isLeg(target.legId));
        meet(sw, customer.legId, target.legId);
        sw.transferProgress(agent.legId, "answered");
        assert.equal(await told, 200);
        assert.equal((await seen.until("leg-ended", isLeg(agent.legId))).cause, "normal");
        customer.far.tone(firstHz);
        target.far.tone(secondHz);
        await Promise.all([hears(customer.far, [secondHz]), hears(target.far, [firstHz])]);
      },
    );

    test("a transfer that came to nothing leaves the party where it is", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const { legId, far } = await talk(bench, seen);
      const told = far.transfer("+8613800139997");
      await seen.until("leg-transfer-requested", isLeg(legId));
      sw.transferProgress(legId, "trying");
      sw.transferProgress(legId, "ringing");
      sw.transferProgress(legId, "failed", "busy");
      assert.equal(await told, 486);
      assert.deepEqual(sw.legs(), [legId]);
    });

    test("a party joins its two calls: the event names the other leg", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const [first, second] = [await talk(bench, seen), await talk(bench, seen)];
      const told = first.far.transfer(second.far);
      const asked = await seen.until("leg-transfer-requested", isLeg(first.legId));
      assert.equal(asked.replacesLegId, second.legId);
      bench.sw.transferProgress(first.legId, "answered");
      assert.equal(await told, 200);
    });

    test("we ask a party to call somebody else: its answer is the result", limit, async () => {
      await using bench = await makeBench();
      const seen = watch(bench.sw);
      const [first, second] = [await talk(bench, seen), await talk(bench, seen)];
      let there = first.far.nextTransfer(486);
      const busy = await bench.sw.transfer(first.legId, { number: "+8613800139996" });
      assert.deepEqual(busy, { result: "refused", sipStatus: 486 });
      assert.deepEqual(await there, { to: "+8613800139996", replaces: false });
      there = first.far.nextTransfer(200);
      assert.deepEqual(await bench.sw.transfer(first.legId, { legId: second.legId }), { result: "answered" });
      assert.equal((await there).replaces, true);
    });

    test("a new call takes the place of another in its room", limit, async () => {
      await using bench = await makeBench();
      const { sw } = bench;
      const seen = watch(sw);
      const customer = await talk(bench, seen);
      const agent = await talk(bench, seen);
      meet(sw, agent.legId, customer.legId);
      const taking = bench.party.callIn("+8613900139003", "+861065529988", agent.far);
      const incoming = await seen.until("leg-incoming");
      assert.equal(incoming.replaces, agent.legId);
      await sw.answer(incoming.legId, "bench");
      assert.equal((await seen.until("leg-ended", isLeg(agent.legId))).cause, "normal");
      assert.equal(await agent.far.ended(), "bye");
      taking.tone(firstHz);
      customer.far.tone(secondHz);
      await Promise.all([hears(customer.far, [firstHz]), hears(taking, [secondHz])]);
    });
  });
}
