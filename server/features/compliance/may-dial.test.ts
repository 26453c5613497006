import assert from "node:assert/strict";
import { test } from "node:test";
import type { WeekHours } from "../../../shared/campaigns.ts";
import type { DialFacts } from "./facts.ts";
import { mayDial } from "./may-dial.ts";

const never: WeekHours = {
  monday: [],
  tuesday: [],
  wednesday: [],
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
};
const nineToEight: WeekHours = { ...never };
for (const day of ["monday", "tuesday", "wednesday", "thursday", "friday"] as const)
  nineToEight[day] = [["09:00", "20:00"]];

/** Friday 20 November 2026, 12:00 in Shanghai, nothing against the call. */
const facts = (change: Partial<DialFacts> = {}): DialFacts => ({
  at: Date.UTC(2026, 10, 20, 4),
  origin: "ratio",
  phone: "+8613800138000",
  timeZone: "Asia/Shanghai",
  hours: nineToEight,
  limits: { perLead: 3, perNumberPerDay: 2, minGapMs: 3_600_000 },
  doNotCall: [],
  leadAttempts: 0,
  numberAttempts: [],
  openCalls: 0,
  ...change,
});
const refusedBy = (f: DialFacts) => mayDial(f).reasons.flatMap((r) => (r.allowed ? [] : [r.rule]));
const hour = 3_600_000;

test("a call with nothing against it is allowed, and every rule says so", () => {
  const decision = mayDial(facts());
  assert.equal(decision.allowed, true);
  assert.equal(decision.reasons.length, 6);
});

test("hours are those of the called person, and the next try is the next opening there", () => {
  const newYork = facts({ timeZone: "America/New_York" }); // Thursday 23:00
  assert.deepEqual(refusedBy(newYork), ["hours"]);
  assert.equal(mayDial(newYork).retryAt, Date.UTC(2026, 10, 20, 14)); // Friday 09:00 EST
  const fridayNight = facts({ at: Date.UTC(2026, 10, 20, 12) }); // 20:00, the end is exclusive
  assert.equal(mayDial(fridayNight).retryAt, Date.UTC(2026, 10, 23, 1)); // Monday 09:00
  const clocksGoBack = facts({ at: Date.UTC(2026, 9, 31, 20), timeZone: "America/New_York" }); // Saturday 16:00 EDT
  assert.equal(mayDial(clocksGoBack).retryAt, Date.UTC(2026, 10, 2, 14)); // Monday 09:00 EST
  assert.equal(mayDial(facts({ hours: never })).retryAt, null);
});

test("do-not-call refuses until it expires, even the callback that the person asked for", () => {
  const entry = { scope: "global", source: "agent", reason: "", expiresAt: null } as const;
  const forEver = facts({ doNotCall: [entry], origin: "callback" });
  assert.deepEqual(refusedBy(forEver), ["do-not-call"]);
  assert.equal(mayDial(forEver).retryAt, null);
  assert.equal(mayDial(facts({ doNotCall: [{ ...entry, expiresAt: facts().at }] })).allowed, true);
  const soon = facts({ doNotCall: [{ ...entry, expiresAt: facts().at + hour }] });
  assert.equal(mayDial(soon).retryAt, soon.at + hour);
});

test("attempts per lead, per number and day, and the gap between them", () => {
  assert.deepEqual(refusedBy(facts({ leadAttempts: 3 })), ["attempts-per-lead"]);
  assert.equal(mayDial(facts({ leadAttempts: 3 })).retryAt, null);
  const { at } = facts();
  const twice = facts({ numberAttempts: [at - 2 * hour, at - 23 * hour] });
  assert.deepEqual(refusedBy(twice), ["attempts-per-number-per-day"]);
  assert.equal(mayDial(twice).retryAt, at + hour);
  assert.equal(mayDial(facts({ numberAttempts: [at - 2 * hour, at - 24 * hour] })).allowed, true);
  const again = facts({ numberAttempts: [at - hour / 2] });
  assert.deepEqual(refusedBy(again), ["min-gap"]);
  assert.equal(mayDial(again).retryAt, at + hour / 2);
  assert.equal(mayDial({ ...again, origin: "callback" }).allowed, true);
  assert.deepEqual(refusedBy(facts({ openCalls: 1, origin: "manual" })), ["open-call"]);
});

test("a stored decision gives the same answer from its stored facts", () => {
  const stored = JSON.parse(JSON.stringify(facts({ leadAttempts: 9, openCalls: 2 }))) as DialFacts;
  assert.deepEqual(mayDial(stored), mayDial(facts({ leadAttempts: 9, openCalls: 2 })));
});
