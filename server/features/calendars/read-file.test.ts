import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpenByCalendar } from "../../../shared/calendars.ts";
import { weekOf, workdays } from "../../../shared/week.ts";
import { readCalendarFile } from "./read-file.ts";

const golden = {
  from: "2026-10-01",
  to: "2026-10-07",
  name: "国庆节",
  kind: "off",
  hoursOf: "monday",
} as const;
const madeUp = {
  from: "2026-10-10",
  to: "2026-10-10",
  name: "国庆节补班",
  kind: "work",
  hoursOf: "monday",
} as const;

test("a table of a year is read with and without headings, and what is no date is told by its line", () => {
  const chinese =
    "\uFEFF开始,结束,名称,类型\r\n2026-10-01,2026/10/7,国庆节,休\r\n2026年10月10日,,国庆节补班,班\r\n";
  assert.deepEqual(readCalendarFile(chinese), { days: [golden, madeUp], problems: [] });
  const plain = "20261001\t20261007\t国庆节\toff\n2026-10-10\t2026-10-10\t国庆节补班\twork\t五\n";
  assert.deepEqual(readCalendarFile(plain).days, [golden, { ...madeUp, hoursOf: "friday" }]);
  const bad = "2026-02-30,never\n2026-10-07,2026-10-01,back\n2026-12-25,Christmas\n";
  const { days, problems } = readCalendarFile(bad);
  assert.deepEqual(
    [days.map(({ from }) => from), problems.map(({ line, problem }) => [line, problem])],
    [
      ["2026-12-25"],
      [
        [1, "not-a-date"],
        [2, "ends-before-it-begins"],
      ],
    ],
  );
  const spans = readCalendarFile("from,to,name\n2026-10-07,2026-10-01,back\n");
  assert.deepEqual(
    spans.problems.map(({ line, problem }) => [line, problem]),
    [[2, "ends-before-it-begins"]],
  );
  assert.deepEqual(
    readCalendarFile("").problems.map(({ problem }) => problem),
    ["no-days"],
  );
  assert.deepEqual(
    readCalendarFile('"2026-10-01,never closed').problems.map(({ problem }) => problem),
    ["not-a-table"],
  );
});

test("iCalendar: folded lines, exclusive ends, days made up for, and repeats that count once", () => {
  const ics = [
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    "DTSTART;VALUE=DATE:20261001",
    "DTEND;VALUE=DATE:20261008",
    "SUMMARY;LANGUAGE=zh:国",
    " 庆节",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART;VALUE=DATE:20261010",
    "SUMMARY:国庆节补班",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART;VALUE=DATE:20261225",
    "DTEND;VALUE=DATE:20261226",
    "RRULE:FREQ=YEARLY",
    "SUMMARY:Christmas\\, day off",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART:soon",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  const { days, problems } = readCalendarFile(ics);
  const christmas = {
    from: "2026-12-25",
    to: "2026-12-25",
    name: "Christmas, day off",
    kind: "off",
    hoursOf: "monday",
  };
  assert.deepEqual(days, [golden, madeUp, christmas]);
  assert.deepEqual(problems, [
    { line: 12, problem: "repeats", text: "Christmas, day off" },
    { line: 18, problem: "not-a-date", text: "" },
  ]);
});

/** Shanghai is eight hours ahead. */
const at = (date: string, hour: number) => Date.parse(`${date}T${String(hour).padStart(2, "0")}:30:00+08:00`);

test("a day off is closed, a day made up for is open as the weekday that it stands for", () => {
  const office = weekOf(workdays, ["09:00", "18:00"]);
  const days = [golden, madeUp];
  const isOpen = (date: string, hour: number) =>
    isOpenByCalendar(office, days, at(date, hour), "Asia/Shanghai");
  assert.deepEqual(
    [isOpen("2026-09-30", 10), isOpen("2026-10-01", 10), isOpen("2026-10-07", 10), isOpen("2026-10-08", 10)],
    [true, false, false, true],
  );
  // A Saturday that is worked, and its evening.
  assert.deepEqual(
    [isOpen("2026-10-10", 10), isOpen("2026-10-10", 19), isOpen("2026-10-17", 10)],
    [true, false, false],
  );
});
