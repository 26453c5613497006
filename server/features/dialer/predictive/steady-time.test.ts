import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../../../kernel/clock.ts";
import { createSteadyTime } from "./steady-time.ts";

test("a clock that is put on or back by an hour moves no duration", () => {
  const clock = manualClock(1_000_000);
  let off = 0;
  using time = createSteadyTime({ ...clock, now: () => clock.now() + off });
  const from = time.seconds();
  clock.advance(3_000);
  off = 3_600_000;
  clock.advance(1_000);
  off = -3_600_000;
  clock.advance(2_000);
  const passed = time.seconds() - from;
  assert.ok(passed >= 4 && passed <= 6, `${passed} s`);
  clock.advance(2_000);
  assert.equal(time.seconds() - from, passed + 2);
});
