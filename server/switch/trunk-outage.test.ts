import assert from "node:assert/strict";
import { test } from "node:test";
import { testSwitch, trunkTo } from "../../test/kit/switch-bed.ts";
import { startCarrier } from "../../tools/carrier/carrier.ts";
import { dial, isLeg, watch } from "./conformance-kit.ts";

test("a carrier that goes away is left out by its silence to OPTIONS, and taken back when it returns", async () => {
  await using sw = await testSwitch({ probeEveryMs: 150, trunkTimeoutMs: 400 });
  const first = await startCarrier();
  const { port } = first;
  await using second = await startCarrier();
  const seen = watch(sw);
  const stateOf = (state: string, since: number) =>
    seen.until("trunk", ({ status, at }) => status.trunkId === 1 && status.state === state && at > since);
  sw.setTrunks([trunkTo(first, 1), trunkTo(second, 2)]);
  await stateOf("up", 0);
  await first[Symbol.asyncDispose]();
  const down = await stateOf("down", 0);
  assert.equal(down.status.reason, "no answer to OPTIONS");

  const taken = second.nextCall();
  const around = dial(sw, { trunkIds: [1, 2] });
  (await taken).answer();
  assert.equal((await seen.until("leg-answered", isLeg(around))).trunkId, 2);
  assert.ok(!seen.of(around).includes("leg-failover"), "the dead trunk was not even tried");
  sw.hangup(around);

  await using back = await startCarrier({ port });
  await stateOf("up", down.at);
  const again = back.nextCall();
  const through = dial(sw, { trunkIds: [1, 2] });
  (await again).answer();
  assert.equal((await seen.until("leg-answered", isLeg(through))).trunkId, 1);
  sw.hangup(through);
  await seen.until("leg-ended", isLeg(through));
});
