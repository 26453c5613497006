import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock, ownTimers } from "./clock.ts";

test("timers of an owned clock run until it is disposed, those of others go on", () => {
  const clock = manualClock();
  const owned = ownTimers(clock);
  const ran: string[] = [];
  owned.after(10, () => ran.push("owned"));
  owned.after(30, () => ran.push("too late"));
  owned.after(5, () => ran.push("cancelled")).cancel();
  owned.every(10, () => ran.push("tick"));
  clock.after(30, () => ran.push("other"));
  clock.advance(20);
  owned[Symbol.dispose]();
  owned.after(1, () => ran.push("after the end"));
  clock.advance(20);
  assert.deepEqual(ran, ["owned", "tick", "tick", "other"]);
  assert.equal(clock.pending(), 0);
});
