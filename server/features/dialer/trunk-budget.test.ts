import assert from "node:assert/strict";
import { test } from "node:test";
import { createTrunkBudget } from "./trunk-budget.ts";

const trunk = { id: 1, enabled: true, maxChannels: 5, maxCallsPerSecond: 4 };
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

test("channels in use count, trunks are taken in order, one that is down has nothing", () => {
  const second = { id: 2, enabled: true, maxChannels: 10, maxCallsPerSecond: 100 };
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
  const down = createTrunkBudget().at(0, [trunk], [{ ...up, state: "down" }]);
  assert.deepEqual(down.free([1]), { lines: 0, up: false });
});
