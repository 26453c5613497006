import assert from "node:assert/strict";
import { test } from "node:test";
import { createTrunkBudget } from "./trunk-budget.ts";

const trunk = { id: 1, enabled: true, maxChannels: 5, maxCallsPerSecond: 4, auth: "ip" as const };
const up = { trunkId: 1, state: "up" as const, channels: 0 };

test("calls per second come back with time, a burst is half a second's worth", () => {
  const budget = createTrunkBudget();
  const now = budget.at(0, [trunk], [up]);
  assert.equal(now.free([1]).lines, 2);
  now.take([1], 2);
  assert.deepEqual([now.free([1]).lines, now.free([1]).short], [0, "rate"]);
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
  assert.equal(now.free([1]).lines, 1);
  now.take([1], 1);
  const later = budget.at(1_000, [trunk], [down]).free([1]);
  assert.deepEqual([later.lines, later.up], [0, false]);
  assert.equal(budget.at(15_000, [trunk], [down]).free([1]).lines, 1);
  const registering = { ...down, state: "registering" as const };
  assert.equal(budget.at(30_000, [trunk], [registering]).free([1]).lines, 1);
  const registers = { ...trunk, auth: "registration" as const };
  assert.equal(budget.at(30_000, [registers], [registering]).free([1]).up, false);
});

test("a carrier that refuses everything gets a call to try when one is due, and says why", () => {
  const fault = { kind: "refuses" as const, calls: 8, cause: "congestion", trialDue: false };
  const tried: number[] = [];
  const carriers = {
    faultOf: (id: number) => (id === 1 ? fault : undefined),
    tried: (id: number) => void tried.push(id),
  };
  const budget = createTrunkBudget(carriers);
  const waits = budget.at(0, [trunk], [up]).free([1]);
  assert.deepEqual([waits.lines, waits.up, waits.short], [0, true, fault]);
  fault.trialDue = true;
  const due = budget.at(0, [trunk], [up]);
  assert.equal(due.free([1]).lines, 1);
  due.take([1], 1);
  assert.deepEqual(tried, [1]);
  const second = { ...trunk, id: 2 };
  const both = budget.at(
    0,
    [trunk, second],
    [
      { ...up, channels: 1 },
      { ...up, trunkId: 2, channels: 5 },
    ],
  );
  assert.deepEqual([both.free([1, 2]).lines, both.free([1, 2]).short], [0, "channels"]);
});
