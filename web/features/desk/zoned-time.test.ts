import assert from "node:assert/strict";
import { test } from "node:test";
import { dayAt, instantOf, wallClockOf } from "../../../shared/zoned-time.ts";

test("a wall clock and its zone name one instant, and back", () => {
  const cases: [string, string, string][] = [
    ["2026-11-21T10:00", "Asia/Shanghai", "2026-11-21T02:00:00.000Z"],
    ["2026-07-01T09:30", "Europe/Berlin", "2026-07-01T07:30:00.000Z"],
    ["2026-10-31T23:59", "Asia/Kolkata", "2026-10-31T18:29:00.000Z"],
    ["2026-11-01T12:00", "America/New_York", "2026-11-01T17:00:00.000Z"], // the day the clocks go back
    ["2026-03-08T12:00", "America/New_York", "2026-03-08T16:00:00.000Z"],
  ];
  for (const [wall, zone, instant] of cases) {
    assert.equal(instantOf(wall, zone), instant);
    assert.equal(wallClockOf(Date.parse(instant), zone), wall);
  }
  assert.equal(instantOf("tomorrow", "Asia/Shanghai"), undefined);
  // A time that the clocks skip is the one as much later; one that they show twice is the first of the two.
  assert.equal(instantOf("2026-03-08T02:30", "America/New_York"), "2026-03-08T07:30:00.000Z");
  assert.equal(instantOf("2026-03-29T02:30", "Europe/Berlin"), "2026-03-29T01:30:00.000Z");
  assert.equal(instantOf("2026-11-01T01:30", "America/New_York"), "2026-11-01T05:30:00.000Z");
  assert.equal(instantOf("2026-10-25T02:30", "Europe/Berlin"), "2026-10-25T00:30:00.000Z");
});

test("tomorrow begins at the zone's midnight, not ours", () => {
  const lateInShanghai = Date.parse("2026-12-31T15:59:00Z");
  assert.equal(dayAt(lateInShanghai, 1, "10:00", "Asia/Shanghai"), "2027-01-01T10:00");
  assert.equal(dayAt(lateInShanghai + 60_000, 1, "10:00", "Asia/Shanghai"), "2027-01-02T10:00");
});
