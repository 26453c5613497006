import assert from "node:assert/strict";
import { test } from "node:test";
import { retryPreviewInput, weekdays } from "../../../shared/campaigns.ts";
import { previewRetries } from "./preview-retries.ts";

const hour = 3_600_000;
const hours = Object.fromEntries(weekdays.map((day) => [day, [["09:00", "18:00"]]]));
const now = Date.parse("2026-01-08T16:00:00+08:00");
const preview = (change: object) =>
  previewRetries(
    retryPreviewInput.parse({
      hours,
      attempts: { perLead: 10, perNumberPerDay: 2, minGapMs: hour },
      retries: {},
      afterCall: {},
      outcome: "no-answer",
      kinds: ["mobile"],
      timeZone: "Asia/Shanghai",
      ...change,
    }),
    [],
    now,
  );
const times = (calls: { at: string }[]) =>
  calls.map(({ at }) => new Date(Date.parse(at) + 8 * hour).toISOString().slice(5, 16));

test("who never answers is called by the rule, within hours and the campaign's own limits", () => {
  const { calls, end } = preview({ retries: { "no-answer": { delayMs: 10 * 60_000, tries: 3 } } });
  // The gap of an hour counts more than the rule's ten minutes, and the third call of a day waits for the next.
  assert.deepEqual(times(calls), ["01-08T16:00", "01-08T17:00", "01-09T16:00", "01-09T17:00"]);
  assert.equal(end, "tries");
});

test("two numbers take turns in the campaign's order; without a rule one call is all", () => {
  const two = preview({
    kinds: ["home", "mobile"],
    afterCall: { phoneOrder: ["mobile"] },
    retries: { "no-answer": { delayMs: 0, tries: 2, when: "opening", usedUp: "lock", lockDays: 30 } },
  });
  assert.deepEqual(
    two.calls.map((call) => call.kind),
    ["mobile", "home", "mobile"],
  );
  assert.deepEqual(times(two.calls), ["01-08T16:00", "01-09T09:00", "01-10T09:00"]);
  assert.equal(two.exhausted, "lock");
  assert.equal(preview({}).calls.length, 1);
});

test("what goes on until the person is reached is shown for a while", () => {
  const endless = { "no-answer": { delayMs: 24 * hour, tries: 1, untilReached: true } };
  assert.deepEqual(
    [preview({ retries: endless }).calls.length, preview({ retries: endless }).end],
    [20, "more"],
  );
});
