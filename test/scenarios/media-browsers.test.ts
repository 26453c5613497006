import assert from "node:assert/strict";
import { test } from "node:test";
import { mediaBed } from "../kit/media-bed.ts";

test("every browser is offered the same UDP port, at our own address and at the public one", async () => {
  await using bed = await mediaBed({ advertisedHost: "203.0.113.7" });
  const ends = new Set<string>();
  for (const legId of ["one", "two", "three"]) {
    const leg = await bed.pool.createLeg({ legId, kind: "webrtc", affinity: "bed" });
    const found = (await leg.offer()).matchAll(/^a=candidate:\S+ 1 UDP \d+ (\S+) (\d+) typ host/gim);
    for (const [, host, port] of found) ends.add(`${host} ${port}`);
  }
  const [near, far] = [...ends].map((end) => end.split(" "));
  assert.equal(ends.size, 2);
  assert.deepEqual([near![0], far![0]], ["127.0.0.1", "203.0.113.7"]);
  assert.equal(near![1], far![1]);
});
