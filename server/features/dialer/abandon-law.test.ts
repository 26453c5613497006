import assert from "node:assert/strict";
import { test } from "node:test";
import { isSpent, windowAt } from "./abandon-law.ts";
import { ofcomAbandons, usAbandons } from "./abandon-rules.ts";
import { noFigures } from "./queries-abandons.ts";

const utc = (...at: [number, number, number, number?, number?]) => Date.UTC(...at);
const usual = { windowHours: 24, timeZone: "UTC" };

test("a rolling window ends now; periods follow each other from the first call; a day is the place's own", () => {
  const now = utc(2026, 6, 10, 23, 30);
  assert.deepEqual(windowAt({ ...usual, window: "rolling" }, { now, firstAt: null }), {
    from: utc(2026, 6, 9, 23),
    to: Infinity,
  });
  const periods = { ...usual, windowHours: 720, window: "campaign-periods" as const };
  const firstAt = utc(2026, 4, 1, 9);
  assert.deepEqual(windowAt(periods, { now, firstAt }), {
    from: utc(2026, 5, 30, 9),
    to: utc(2026, 6, 30, 9),
  });
  assert.equal(windowAt(periods, { now, firstAt: null }).from, now);
  // Half an hour past midnight in London's summer.
  const london = { ...usual, window: "calendar-day" as const, timeZone: "Europe/London" };
  assert.deepEqual(windowAt(london, { now, firstAt }), {
    from: utc(2026, 6, 10, 23),
    to: utc(2026, 6, 11, 23),
  });
});

test("each formula counts who it says, and people taken for machines are abandoned", () => {
  const figures = { ...noFigures, served: 90, abandoned: 3, left: 7 };
  assert.deepEqual(usAbandons(figures, 0.02), { answers: 100, abandoned: 3, estimated: 0 });
  assert.deepEqual(ofcomAbandons(figures, 0.02), { answers: 93, abandoned: 3, estimated: 0 });
  const sorted = { ...figures, served: 97, machines: 60 };
  assert.deepEqual(ofcomAbandons(sorted, 0.05), { answers: 105, abandoned: 8, estimated: 5 });
  assert.deepEqual(usAbandons(sorted, 0.05), { answers: 112, abandoned: 8, estimated: 5 });
});

test("without recognition Ofcom takes off the abandoned what its agents' answers say were machines", () => {
  // The example in a dialler's own documentation of the formula: 64.44 %.
  const told = { ...noFigures, served: 9, told: 7, abandoned: 29 };
  const { answers, abandoned } = ofcomAbandons(told, 0.02);
  assert.equal(abandoned, 16.3125);
  assert.equal(((100 * abandoned) / answers).toFixed(2), "64.44");
});

test("it is spent when one more would be too many, not before the first", () => {
  const window = { ceiling: 0.03, secondsLeft: 3600 };
  assert.equal(isSpent({ ...window, answers: 0, abandons: 0 }), false);
  assert.equal(isSpent({ ...window, answers: 20, abandons: 1 }), true);
  assert.equal(isSpent({ ...window, answers: 66, abandons: 1 }), true);
  assert.equal(isSpent({ ...window, answers: 67, abandons: 1 }), false);
});
