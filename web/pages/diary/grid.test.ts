import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf, instantAt, laidOut, movedBy, partIn } from "./grid.ts";

const zone = "Asia/Shanghai";
const span = (startsAt: string, endsAt: string) => ({
  startsAt: `2026-11-20T${startsAt}:00+08:00`,
  endsAt: `2026-11-20T${endsAt}:00+08:00`,
});

test("days, parts of spans over midnight and lanes of what overlaps", () => {
  assert.deepEqual(daysOf("2026-11-22", "week").slice(0, 1), ["2026-11-16"]);
  assert.equal(daysOf("2026-11-22", "week").at(-1), "2026-11-22");
  const night = { startsAt: "2026-11-20T15:30:00Z", endsAt: "2026-11-20T17:00:00Z" };
  assert.deepEqual(partIn(night, "2026-11-20", zone), { from: 1410, to: 1440 });
  assert.deepEqual(partIn(night, "2026-11-21", zone), { from: 0, to: 60 });
  assert.equal(partIn(night, "2026-11-22", zone), null);
  const blocks = [
    span("09:00", "10:00"),
    span("09:30", "09:45"),
    span("09:45", "10:15"),
    span("10:15", "11:00"),
  ];
  assert.deepEqual(
    laidOut(blocks, "2026-11-20", zone).map(({ lane, lanes }) => [lane, lanes]),
    [
      [0, 2],
      [1, 2],
      [1, 2],
      [0, 1],
    ],
  );
});

test("a move keeps the wall clock over a change of the clocks; a place in the grid is a step's instant", () => {
  const london = "Europe/London";
  assert.equal(movedBy("2026-03-28T10:00:00Z", { days: 1 }, london), "2026-03-29T09:00:00.000Z");
  assert.equal(movedBy("2026-03-28T10:00:00Z", { minutes: -15 }, london), "2026-03-28T09:45:00.000Z");
  assert.equal(instantAt("2026-11-20", 9 * 60 + 29, zone), "2026-11-20T01:15:00.000Z");
  assert.equal(instantAt("2026-11-20", 5000, zone), "2026-11-20T15:45:00.000Z");
});
