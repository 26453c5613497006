import assert from "node:assert/strict";
import { test } from "node:test";
import { type WeekHours, weekdays } from "../../shared/campaigns.ts";
import { openMinutesLeft } from "../../shared/hours.ts";

const hours = Object.fromEntries(
  weekdays.map((day) => [
    day,
    day === "sunday"
      ? []
      : [
          ["09:00", "12:00"],
          ["13:30", "24:00"],
        ],
  ]),
) as WeekHours;

const left = (iso: string) => openMinutesLeft(hours, Date.parse(iso), "Asia/Shanghai");

test("minutes open from now to midnight there", () => {
  // Friday, 20 November 2026, in Shanghai (UTC+8).
  assert.equal(left("2026-11-20T00:00:00Z"), 180 + 630);
  assert.equal(left("2026-11-20T03:30:00Z"), 30 + 630);
  assert.equal(left("2026-11-20T04:30:00Z"), 630);
  assert.equal(left("2026-11-20T15:59:30Z"), 1);
  assert.equal(left("2026-11-22T03:00:00Z"), 0);
});
