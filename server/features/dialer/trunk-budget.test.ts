import assert from "node:assert/strict";
import { test } from "node:test";
import { createTrunkBudget } from "./trunk-budget.ts";

const trunk = { id: 1, enabled: true, maxChannels: 5, maxCallsPerSecond: 4, auth: "ip" as const };
const up = { trunkId: 1, state: "up" as const, channels: 0 };

test("calls per second come back with time, a burst is half a second's worth", () => {
  const budget = createTrunkBudget();
  const now = budget.at(0, [trunk], [up]);
  assert.deepEqual(now.free([1]), { lines: 2, up: true });
  now.take([1], 2);
  assert.equal(now.free([1]).lines, 0);
  assert.equal(budget.at(100, [trunk], [up]).free([1]).lines, 0);
  assert.equal(budget.at(250, [trunk], [up]).free([1]).lines, 1);
  assert.equal(budget.at(60_000, [trunk], [up]).free([1]).lines, 2);
});

test("channels in use count, trunks are taken in order", () => {
  const second = { id: 2, enabled: true, maxChannels: 10, maxCallsPerSecond: 100, auth: "ip" as const };
  const budget = createTrunkBudget().at(
    0,
    [trunk, second],
    [
      { ...up, channels: 4 },
      { ...up, trunkId: 2, channels: 3 },
    ],
  );
  assert.equal(budget.free([1, 2]).lines, 8);
  budget.take([1, 2], 3);
  assert.deepEqual([budget.free([1]).lines, budget.free([2]).lines], [0, 5]);
});

test("a trunk that looks down is tried with one call now and then", () => {
  const budget = createTrunkBudget();
  const down = { ...up, state: "down" as const };
  const now = budget.at(0, [trunk], [down]);
  assert.deepEqual(now.free([1]), { lines: 1, up: true });
  now.take([1], 1);
  assert.deepEqual(budget.at(1_000, [trunk], [down]).free([1]), { lines: 0, up: false });
  assert.equal(budget.at(15_000, [trunk], [down]).free([1]).lines, 1);
  const registering = { ...down, state: "registering" as const };
  assert.equal(budget.at(30_000, [trunk], [registering]).free([1]).lines, 1);
  const registers = { ...trunk, auth: "registration" as const };
  assert.equal(budget.at(30_000, [registers], [registering]).free([1]).up, false);
});
