import assert from "node:assert/strict";
import { test } from "node:test";
import { listMix } from "../../../shared/list-mix.ts";
import { isNearQuota, type ListTally, quotasReached, sharesOf } from "./list-mix.ts";

const tally = (listId: number, change: Partial<ListTally> = {}): ListTally => ({
  listId,
  dials: 0,
  dialsPerDay: 0,
  successes: 0,
  successesPerDay: 0,
  recent: 0,
  held: 0,
  ...change,
});
const mix = (lists: unknown[]) => listMix.parse({ order: "mix", lists });

test("of each ten leads seven come from one list and three from the other, in claims of any size", () => {
  const sevenThree = mix([
    { listId: 1, weight: 7 },
    { listId: 2, weight: 3 },
  ]);
  assert.deepEqual(sharesOf(sevenThree, [tally(1), tally(2)], 10).wanted, [7, 3]);
  const given = [0, 0];
  for (let n = 1; n <= 100; n++) {
    const { wanted } = sharesOf(
      sevenThree,
      [tally(1, { recent: given[0]! }), tally(2, { held: given[1]! })],
      1,
    );
    given[0]! += wanted[0]!;
    given[1]! += wanted[1]!;
    assert.ok(Math.abs(given[0]! - 0.7 * n) <= 1, `after ${n}: ${given.join(":")}`);
  }
  assert.deepEqual(given, [70, 30]);
});

test("a list whose quota is reached gives none, and the others share as if it were not there", () => {
  const rules = mix([
    { listId: 1, weight: 7, quota: { successes: 5 } },
    { listId: 2, weight: 2, quota: { dialsPerDay: 10 } },
    { listId: 3, weight: 2 },
  ]);
  const tallies = [
    tally(1, { successes: 5, recent: 900 }),
    tally(2, { dialsPerDay: 6, held: 1, recent: 6 }),
    tally(3, { recent: 7 }),
  ];
  assert.deepEqual(quotasReached(rules, tallies[0]!), ["successes"]);
  assert.deepEqual(quotasReached(rules, tallies[1]!), []);
  assert.deepEqual(sharesOf(rules, tallies, 4), { listIds: [1, 2, 3], wanted: [0, 2, 2], caps: [0, 3, 4] });
  // What the quota leaves is a cap even for the making up.
  assert.deepEqual(sharesOf(rules, tallies, 10).caps, [0, 3, 10]);
});

test("in turn, each list is asked for all that its quota leaves", () => {
  const rules = listMix.parse({ lists: [{ listId: 1, quota: { dials: 100 } }] });
  const { wanted } = sharesOf(rules, [tally(1, { dials: 97, held: 1 }), tally(2)], 5);
  assert.deepEqual(wanted, [2, 5]);
});

test("claims wait for each other only where they could pass a quota of dials together", () => {
  const rules = mix([{ listId: 1, quota: { dials: 100_000 } }, { listId: 2 }]);
  const near = (dials: number) => isNearQuota(rules, [tally(1, { dials }), tally(2)], 50);
  assert.deepEqual([near(0), near(89_000), near(95_000), near(99_999)], [false, false, true, true]);
  // What has been reached lets nobody have any.
  assert.equal(near(100_000), false);
});
