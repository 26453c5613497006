import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import { bucketClock } from "./bucket-clock.ts";

test("long timers share buckets: late by one at most, never early, cancelled ones never, a broken one alone", () => {
  const inner = manualClock(1_000_010);
  const clock = bucketClock(inner, silentLog);
  const fired: [string, number][] = [];
  const start = inner.now();
  const note = (name: string) => () => void fired.push([name, inner.now() - start]);
  clock.after(10, note("short"));
  clock.after(500, note("a"));
  clock.after(501, () => {
    throw new Error("broken");
  });
  clock.after(520, note("b"));
  const cancelled = clock.after(510, note("cancelled"));
  clock.after(32_000, note("long"));
  assert.equal(inner.pending(), 3, "one of each bucket, and the short one");
  cancelled.cancel();
  inner.advance(40_000);
  assert.deepEqual(
    fired.map(([name]) => name),
    ["short", "a", "b", "long"],
  );
  for (const [name, at] of fired) {
    const due = { short: 10, a: 500, b: 520, long: 32_000 }[name]!;
    assert.ok(at >= due && at < due + 50, `${name} at ${at}`);
  }
});

test("cancelled timers leave nothing behind, whatever their order; the others of their bucket fire", () => {
  const inner = manualClock(1_000_000);
  const clock = bucketClock(inner, silentLog);
  const fired: number[] = [];
  const timers = [0, 1, 2, 3].map((n) => clock.after(1_800_000, () => void fired.push(n)));
  for (const n of [0, 3, 2]) timers[n]!.cancel();
  timers[0]!.cancel();
  assert.equal(inner.pending(), 1);
  inner.advance(1_800_050);
  assert.deepEqual(fired, [1]);
  timers[1]!.cancel();
  const again = [1, 2].map(() => clock.after(1_800_000, () => void fired.push(-1)));
  for (const timer of again) timer.cancel();
  assert.equal(inner.pending(), 0);
  inner.advance(2_000_000);
  assert.deepEqual(fired, [1]);
});
