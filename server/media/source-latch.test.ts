import assert from "node:assert/strict";
import { test } from "node:test";
import { SourceLatch } from "./source-latch.ts";

test("a party behind NAT is found by its first packet; others are refused until it has been silent for long", () => {
  const latch = new SourceLatch();
  latch.signal("10.0.0.5", 4000);
  assert.deepEqual(latch.target, { host: "10.0.0.5", port: 4000 });
  assert.equal(latch.accept("198.51.100.9", 31_000, 0), true);
  assert.deepEqual(latch.target, { host: "198.51.100.9", port: 31_000 });
  assert.equal(latch.accept("203.0.113.66", 5000, 20), false);
  assert.equal(latch.accept("198.51.100.9", 31_002, 40), false);
  assert.equal(latch.accept("198.51.100.9", 31_000, 60), true);
  assert.equal(latch.accept("198.51.100.9", 31_002, 4000), true, "its NAT gave it a new port");
});

test("the signalled address wins over an intruder who was first; new SDP moves the target", () => {
  const latch = new SourceLatch();
  latch.signal("198.51.100.9", 4000);
  assert.equal(latch.accept("203.0.113.66", 5000, 0), true);
  assert.equal(latch.accept("198.51.100.9", 4000, 20), true);
  assert.equal(latch.accept("203.0.113.66", 5000, 40), false);
  latch.signal("198.51.100.9", 4000);
  assert.deepEqual(latch.target, { host: "198.51.100.9", port: 4000 });
  latch.signal("192.0.2.7", 6000);
  assert.deepEqual(latch.target, { host: "192.0.2.7", port: 6000 });
});
