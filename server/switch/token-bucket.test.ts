import assert from "node:assert/strict";
import { test } from "node:test";
import { createTokenBucket } from "./token-bucket.ts";

test("a rate of 4/s with no burst spaces calls by 250 ms", () => {
  const bucket = createTokenBucket(4, 1);
  const waits = Array.from({ length: 4 }, () => {
    const wait = bucket.delayMs(1000);
    bucket.book(1000);
    return wait;
  });
  assert.deepEqual(waits, [0, 250, 500, 750]);
  assert.equal(bucket.delayMs(5000), 0);
});

test("after a pause a burst may go, and no second of time ever sees more than rate + burst", () => {
  const bucket = createTokenBucket(20);
  const sent: number[] = [];
  for (let now = 0; now < 5000; now += 1) {
    while (bucket.delayMs(now) === 0) {
      bucket.book(now);
      sent.push(now);
    }
  }
  assert.equal(sent.filter((at) => at === 0).length, 5);
  const most = Math.max(...sent.map((at) => sent.filter((t) => t >= at && t < at + 1000).length));
  assert.ok(most <= 25, `${most} calls in one second`);
  assert.ok(sent.length >= 100, `${sent.length} calls in five seconds`);
});

test("a clock set back by an hour holds nobody up", () => {
  const bucket = createTokenBucket(4, 1);
  const hour = 3_600_000;
  bucket.book(hour);
  assert.equal(bucket.delayMs(100), 250);
});
