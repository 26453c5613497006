import assert from "node:assert/strict";
import { test } from "node:test";
import type { Language } from "../../../shared/common.ts";
import type { Reading } from "../../../shared/sounds.ts";
import { fillIn, spoken, variablesIn } from "./spoken.ts";

const table: [value: string, reading: Reading, language: Language, expected: string][] = [
  ["0", "number", "zh", "零"],
  ["10", "number", "zh", "十"],
  ["110", "number", "zh", "一百一十"],
  ["1005", "number", "zh", "一千零五"],
  ["10203", "number", "zh", "一万零二百零三"],
  ["100000", "number", "zh", "十万"],
  ["20000030", "number", "zh", "二千万零三十"],
  ["1200000000", "number", "zh", "十二亿"],
  ["100010000", "number", "zh", "一亿零一万"],
  ["-3.14", "number", "zh", "负三点一四"],
  ["12,345", "number", "en", "twelve thousand three hundred forty-five"],
  ["1000001", "number", "en", "one million one"],
  ["0.5", "number", "en", "zero point five"],
  ["13800138000", "digits", "zh", "幺三八零零幺三八零零零"],
  ["A-12 3", "digits", "en", "one two three"],
  ["123.45", "amount", "zh", "一百二十三元四角五分"],
  ["100.05", "amount", "zh", "一百元零五分"],
  ["0.5", "amount", "zh", "五角"],
  ["0", "amount", "zh", "零元"],
  ["19.9", "amount", "en", "nineteen point nine zero"],
  ["2026-01-05", "date", "zh", "二零二六年一月五日"],
  ["2026-12-31T10:00:00Z", "date", "en", "December 31, 2026"],
  ["14:05", "time", "zh", "十四点零五分"],
  ["9:00", "time", "zh", "九点整"],
  ["2026-01-05T00:30", "time", "en", "12:30 a.m."],
  // What does not fit is read as it stands.
  ["soon", "date", "en", "soon"],
  ["many", "number", "zh", "many"],
];

test("values are read aloud as people say them", () => {
  for (const [value, reading, language, expected] of table)
    assert.equal(spoken(value, reading, language), expected, `${value} as ${reading}`);
});

test("variables stand in a text, each with its reading", () => {
  const text = "{{ 姓名 }}您好，您的账单{{amount|amount}}将于{{due|date}}到期。";
  assert.deepEqual(variablesIn(text), ["姓名", "amount", "due"]);
  assert.equal(
    fillIn(text, { 姓名: "王芳", amount: "88.8", due: "2026-03-01" }, "zh"),
    "王芳您好，您的账单八十八元八角将于二零二六年三月一日到期。",
  );
  assert.equal(fillIn("Hello {{name}}.", {}, "en"), "Hello .");
});
