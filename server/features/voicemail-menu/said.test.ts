import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { languages } from "../../../shared/common.ts";
import { clips } from "./menu.ts";
import { clipFile, countsText, headText, type SpeakingContext } from "./said.ts";

const context = (language: "zh" | "en", more: Partial<SpeakingContext> = {}): SpeakingContext => ({
  language,
  timeZone: "Asia/Shanghai",
  now: new Date("2026-11-21T02:00:00Z"),
  masked: false,
  ...more,
});

test("every fixed word is there in both languages", () => {
  for (const clip of clips)
    for (const language of languages) assert.ok(existsSync(clipFile(clip, language)), clip);
});

test("counts are said as people say them", () => {
  assert.equal(countsText({ fresh: 0, old: 0 }, "en"), "You have no new messages.");
  assert.equal(
    countsText({ fresh: 1, old: 12 }, "en"),
    "You have one new message, and twelve saved messages.",
  );
  assert.equal(countsText({ fresh: 2, old: 0 }, "zh"), "您有两条新留言。");
  assert.equal(countsText({ fresh: 0, old: 12 }, "zh"), "您没有新留言，十二条已听留言。");
});

test("the head of a message: today and yesterday by the company's clock, other days by name, numbers masked", () => {
  const message = { phone: "+8613800138091", leftAt: new Date("2026-11-20T16:30:00Z") };
  const place = { place: 1, of: 3 };
  assert.match(headText(message, place, context("en")), /^Message one of three, from .*, today at /);
  assert.match(headText(message, place, context("zh")), /^第一条，共三条，来自.*，今天零点三十分。$/);
  const before = { ...message, leftAt: new Date("2026-11-19T16:30:00Z") };
  assert.match(headText(before, place, context("en")), /, yesterday at /);
  const older = { phone: "anonymous", leftAt: new Date("2026-10-02T06:05:00Z") };
  assert.match(headText(older, place, context("en")), /^Message one of three, October second, .*, at /);
  const masked = headText(message, place, context("en", { masked: true }));
  assert.match(masked, /ends in eight zero nine one|ends in 8 0 9 1/);
  assert.doesNotMatch(masked, /one three eight/);
});
