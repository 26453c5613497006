import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceWords, confirmWords, standingWords } from "./words.ts";

const minutes = (n: number) => n * 60_000;

test("place and wait are said as people say them, and never what is not known", () => {
  const rows = [
    [{ place: 0, waitMs: 20_000 }, "您是下一位。预计等待时间不到一分钟。"],
    [{ place: 2, waitMs: minutes(2) }, "您前面还有两位客户。预计等待时间大约两分钟。"],
    [{ place: 12, waitMs: minutes(33) }, "您前面还有十二位客户。预计等待时间大约三十五分钟。"],
    [{ place: 1, waitMs: null }, "您前面还有一位客户。"],
    [{ place: null, waitMs: null }, ""],
  ] as const;
  for (const [standing, words] of rows) assert.equal(standingWords(standing, "zh"), words);
  const english = [
    [{ place: 0, waitMs: minutes(1) }, "You are next in line. You will wait about one minute."],
    [
      { place: 1, waitMs: minutes(3.2) },
      "There is one caller before you. You will wait about three minutes.",
    ],
    [
      { place: 21, waitMs: minutes(90) },
      "There are twenty-one callers before you. You will wait more than an hour.",
    ],
    [{ place: null, waitMs: 10_000 }, "You will wait less than a minute."],
  ] as const;
  for (const [standing, words] of english) assert.equal(standingWords(standing, "en"), words);
});

test("keys and numbers are told sign by sign", () => {
  const choices = [
    { key: "1", act: { type: "callback" } },
    { key: "#", act: { type: "overflow" } },
  ] as const;
  assert.equal(
    choiceWords(choices, "en"),
    "To keep your place and be called back, press one. If you do not want to wait, press the hash key.",
  );
  assert.match(choiceWords(choices, "zh"), /请按一。.*请按井号键。$/u);
  assert.match(confirmWords("+8613800138000", "zh"), /一三八零零一三八零零零|幺三八，?零零/u);
  assert.match(confirmWords("+14155550123", "en"), /four one five/u);
});
