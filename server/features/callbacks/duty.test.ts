import assert from "node:assert/strict";
import { test } from "node:test";
import { dutyOf, type PromisedCall } from "./duty.ts";

const minute = 60_000;
const rules = { remindBeforeMs: 5 * minute, toTeamAfterMs: 15 * minute, toSupervisorsAfterMs: 60 * minute };
const promised: PromisedCall = {
  level: "agreed",
  userId: 1,
  hasTeam: true,
  promisedAt: 0,
  reminded: false,
  snoozedUntil: null,
};
const at = (minutes: number, change: Partial<PromisedCall> = {}) =>
  dutyOf({ ...promised, ...change }, rules, minutes * minute);

test("a promise is reminded before its time, goes to the team when nobody comes, then to the supervisors", () => {
  assert.equal(at(-6), null);
  assert.equal(at(-5), "remind");
  // An agent who was away is reminded late.
  assert.equal(at(3), "remind");
  assert.equal(at(3, { reminded: true }), null);
  assert.equal(at(15, { reminded: true }), "to-team");
  assert.equal(at(16, { level: "team", userId: null }), null);
  assert.equal(at(60, { level: "team", userId: null }), "to-supervisors");
  assert.equal(at(600, { level: "supervisors", userId: null }), null);
});

test("without a team it goes to the supervisors; a limit of null never comes", () => {
  assert.equal(at(30, { hasTeam: false, reminded: true }), null);
  assert.equal(at(60, { hasTeam: false }), "to-supervisors");
  const never = { ...rules, toTeamAfterMs: null, toSupervisorsAfterMs: null };
  assert.equal(dutyOf({ ...promised, reminded: true }, never, 1e12), null);
  // The server was down past both limits: at once to the supervisors.
  assert.equal(at(90), "to-supervisors");
});
