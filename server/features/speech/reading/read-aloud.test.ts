import assert from "node:assert/strict";
import { test } from "node:test";
import type { Language } from "../../../../shared/common.ts";
import type { Reading } from "../../../../shared/sounds.ts";
import { fillIn, spoken, variablesIn } from "./read-aloud.ts";

type Row = [value: string, reading: Reading, expected: string];

const zh: Row[] = [
  ["0", "number", "零"],
  ["2", "number", "二"],
  ["10", "number", "十"],
  ["22", "number", "二十二"],
  ["110", "number", "一百一十"],
  ["200", "number", "二百"],
  ["1005", "number", "一千零五"],
  ["2222", "number", "两千二百二十二"],
  ["10010", "number", "一万零一十"],
  ["10203", "number", "一万零二百零三"],
  ["22000", "number", "两万两千"],
  ["100000", "number", "十万"],
  ["120000", "number", "十二万"],
  ["20000030", "number", "两千万零三十"],
  ["200000000", "number", "两亿"],
  ["1200000000", "number", "十二亿"],
  ["100010000", "number", "一亿零一万"],
  ["110000000", "number", "一亿一千万"],
  ["1000100000000", "number", "一万零一亿"],
  ["2000000000000", "number", "两万亿"],
  ["9007199254740993", "number", "九千零七万一千九百九十二亿五千四百七十四万零九百九十三"],
  ["-3.14", "number", "负三点一四"],
  ["-0.00", "number", "零点零零"],
  ["１２", "number", "十二"],
  ["12.5%", "number", "百分之十二点五"],
  ["12345678901234567", "number", "幺二三四，五六七八，九零幺二，三四五六七"],
  ["21", "ordinal", "第二十一"],
  ["2", "ordinal", "第二"],
  ["110", "digits", "幺幺零"],
  ["A-12 3", "digits", "A幺二三"],
  ["310101199003072316", "digits", "三幺零幺，零幺幺九，九零零三，零七二三，幺六"],
  ["13800138000", "phone", "幺三八，零零幺三，八零零零"],
  ["+86 13800138000", "phone", "幺三八，零零幺三，八零零零"],
  ["+861088886666", "phone", "零幺零，八八八八，六六六六"],
  ["+12125550123", "phone", "加幺，二幺二，五五五，零幺二三"],
  ["95588", "phone", "九五五八八"],
  ["123.45", "amount", "一百二十三元四角五分"],
  ["100.05", "amount", "一百元零五分"],
  ["2", "amount", "两元"],
  ["2.22", "amount", "两元二角二分"],
  ["0.2", "amount", "两角"],
  ["0.02", "amount", "两分"],
  ["12", "amount", "十二元"],
  ["0", "amount", "零元"],
  ["1.005", "amount", "一元零一分"],
  ["0.999", "amount", "一元"],
  ["-88.8", "amount", "负八十八元八角"],
  ["-0.001", "amount", "零元"],
  ["¥20,000", "amount", "两万元"],
  ["$2", "amount", "两美元"],
  ["USD 12.50", "amount", "十二点五美元"],
  ["2026-01-05", "date", "二零二六年一月五日"],
  ["2026/12/21", "date", "二零二六年十二月二十一日"],
  ["14:05", "time", "十四点零五分"],
  ["2:02", "time", "两点零二分"],
  ["12:22", "time", "十二点二十二分"],
  ["9:00", "time", "九点整"],
  ["120", "duration", "两分钟"],
  ["95", "duration", "一分三十五秒"],
  ["7205", "duration", "两小时零五秒"],
  ["many", "number", "many"],
];

const en: Row[] = [
  ["12,345", "number", "twelve thousand three hundred forty-five"],
  ["1000001", "number", "one million one"],
  ["0.5", "number", "zero point five"],
  ["0.10", "number", "zero point one zero"],
  ["-7", "number", "minus seven"],
  ["0.0000001", "number", "zero point zero zero zero zero zero zero one"],
  ["3.5%", "number", "three point five percent"],
  ["1e5", "number", "1e5"],
  ["1", "ordinal", "first"],
  ["12", "ordinal", "twelfth"],
  ["21", "ordinal", "twenty-first"],
  ["30", "ordinal", "thirtieth"],
  ["100", "ordinal", "one hundredth"],
  ["A-12 3", "digits", "A one two three"],
  ["123456789", "digits", "one two three four, five six seven eight nine"],
  ["+12125550123", "phone", "two one two, five five five, zero one two three"],
  ["+8613800138000", "phone", "plus eight six, one three eight, zero zero one three, eight zero zero zero"],
  ["19.9", "amount", "nineteen point nine zero"],
  ["$1.01", "amount", "one dollar and one cent"],
  ["$0.50", "amount", "fifty cents"],
  ["-£12.05", "amount", "minus twelve pounds and five pence"],
  ["12.5 EUR", "amount", "twelve euros and fifty cents"],
  ["HK$ 1,000", "amount", "one thousand Hong Kong dollars"],
  ["2026-12-31T10:00:00Z", "date", "December thirty-first, twenty twenty-six"],
  ["2005-02-21", "date", "February twenty-first, two thousand five"],
  ["1900-03-03", "date", "March third, nineteen hundred"],
  ["2026-01-05T00:30", "time", "twelve thirty a.m."],
  ["14:05", "time", "two oh five p.m."],
  ["12:00", "time", "noon"],
  ["21:00", "time", "nine p.m."],
  ["61", "duration", "one minute one second"],
  ["3600", "duration", "one hour"],
  // What does not fit is read as it stands.
  ["soon", "date", "soon"],
  ["2026-02-30", "date", "2026-02-30"],
  ["25:00", "time", "25:00"],
];

test("values are read aloud as people say them", () => {
  const languages: [Language, Row[]][] = [
    ["zh", zh],
    ["en", en],
  ];
  for (const [language, rows] of languages)
    for (const [value, reading, expected] of rows)
      assert.equal(spoken(value, reading, language), expected, `${value} as ${reading}, ${language}`);
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
