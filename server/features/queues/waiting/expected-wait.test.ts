import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedWaitMs, saidWait, type Served, withServed } from "./expected-wait.ts";

const now = 1_000_000_000;
const minutes = (n: number) => n * 60_000;

/** Callers who came to a line of `place` and waited so many minutes. */
const served = (...rows: readonly (readonly [place: number, waited: number])[]) =>
  rows.reduce<readonly Served[]>(
    (kept, [place, waited]) => withServed(kept, { at: now - 1000, place, waitedMs: minutes(waited) }),
    [],
  );

test("a wait is so many places as are before, each as long as places took of late", () => {
  const line = served([0, 2], [1, 4], [2, 6]);
  assert.equal(expectedWaitMs(line, 0, now), minutes(2));
  assert.equal(expectedWaitMs(line, 4, now), minutes(10));
});

test("nothing is said that is not known: too few, too long ago, or answered at once", () => {
  assert.equal(expectedWaitMs(served([0, 2], [0, 2]), 0, now), null);
  assert.equal(expectedWaitMs(served([0, 2], [0, 2], [0, 2]), 0, now + minutes(61)), null);
  assert.equal(expectedWaitMs(served([0, 0], [0, 0], [0, 0.01], [0, 2]), 0, now), null);
});

test("only the last twenty count, so that a change of pace is heard soon", () => {
  const slow = Array.from({ length: 30 }, () => [0, 30] as const);
  const fast = Array.from({ length: 20 }, () => [0, 1] as const);
  assert.equal(expectedWaitMs(served(...slow, ...fast), 1, now), minutes(2));
});

const said = (n: number) => {
  const wait = saidWait(minutes(n));
  return wait.type === "minutes" ? wait.minutes : wait.type;
};

test("waits are rounded as people say them", () => {
  const rows = [0, 0.99, 1, 1.4, 1.5, 3.2, 10.4, 10.6, 13, 28, 58, 62.4, 63, 500].map((n) => [n, said(n)]);
  assert.deepEqual(rows, [
    [0, "under-a-minute"],
    [0.99, "under-a-minute"],
    [1, 1],
    [1.4, 1],
    [1.5, 2],
    [3.2, 3],
    [10.4, 10],
    [10.6, 10],
    [13, 15],
    [28, 30],
    [58, 60],
    [62.4, 60],
    [63, "over-an-hour"],
    [500, "over-an-hour"],
  ]);
});
