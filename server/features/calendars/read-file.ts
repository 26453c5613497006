/**
 * Days of a calendar out of a file as people have it: a table (date, or first and last day; name; off or work), or
 * iCalendar (RFC 5545) as offices publish a year's holidays. Pure.
 */
import { CsvError, parse } from "csv-parse/sync";
import type { calendarProblems, CalendarDay, CalendarReading } from "../../../shared/calendars.ts";
import { type Weekday, weekdays } from "../../../shared/campaigns.ts";
import { readIcs } from "./read-ics.ts";

const mostDays = 2000;
const headings: Record<"from" | "to" | "name" | "kind" | "hoursOf", RegExp> = {
  from: /^(?:date|day|from|start|日期|开始|开始日期|起)$/i,
  to: /^(?:to|end|until|结束|结束日期|止)$/i,
  name: /^(?:name|holiday|summary|名称|节日|节假日|说明)$/i,
  kind: /^(?:kind|type|类型|休班)$/i,
  hoursOf: /^(?:hours ?of|as|按)$/i,
};
type Column = keyof typeof headings;

/** Words by which tables and published calendars call a day that is made up for. */
const works = /班|补|work|make.?up/i;
const isWork = (text: string) => works.test(text) && !/休/.test(text.replaceAll("调休", ""));

/** `2026-10-01`, `2026/10/1`, `20261001`, `2026年10月1日`; undefined: no date. */
export function readDate(text: string): string | undefined {
  const found = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day] = found;
  const date = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? undefined : date;
}

const chineseDays = ["一", "二", "三", "四", "五", "六", "日"];
function readWeekday(text: string): Weekday | undefined {
  const byWord = weekdays.find((day) => text !== "" && day.startsWith(text.toLowerCase()));
  const last = text.trim().at(-1);
  const index = last === "天" ? 6 : last === undefined ? -1 : chineseDays.indexOf(last);
  return byWord ?? weekdays[index];
}

type Columns = Partial<Record<Column, number>>;
const spans: Columns = { from: 0, to: 1, name: 2, kind: 3, hoursOf: 4 };
const singles: Columns = { from: 0, name: 1, kind: 2, hoursOf: 3 };

/** Columns by their headings; undefined: it has none, and each row is a date, perhaps a last day, a name and a kind. */
function headingsOf(first: readonly string[]): Columns | undefined {
  const names = Object.entries(headings) as [Column, RegExp][];
  const columns: Columns = {};
  for (const [index, cell] of first.entries()) {
    const name = names.find(([, pattern]) => pattern.test(cell.trim()))?.[0];
    if (name !== undefined) columns[name] ??= index;
  }
  return columns.from === undefined ? undefined : columns;
}

type Problem = (typeof calendarProblems)[number];
export interface Collected {
  days: CalendarDay[];
  problems: { line: number; problem: Problem; text: string }[];
}

interface Row {
  record: string[];
  info: { lines: number };
}

function rowsOf(text: string): Row[] {
  const delimiter = text.includes("\t") && !text.includes(",") ? "\t" : [",", ";", "，"];
  // What its types say of `info` is meant for columns.
  return parse(text, {
    bom: true,
    delimiter,
    info: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    trim: true,
  }) as unknown as Row[];
}

function readTable(text: string): Collected {
  const found: Collected = { days: [], problems: [] };
  const rows = rowsOf(text);
  const named = headingsOf(rows[0]?.record ?? []);
  for (const { record, info } of rows.slice(named ? 1 : 0)) {
    const columns = named ?? (readDate(record[1] ?? "") === undefined ? singles : spans);
    const cell = (column: Column) => record[columns[column] ?? -1]?.trim() ?? "";
    const from = readDate(cell("from"));
    const to = cell("to") === "" ? from : readDate(cell("to"));
    const say = (problem: Problem) =>
      found.problems.push({ line: info.lines, problem, text: record.join(",").slice(0, 200) });
    if (from === undefined || to === undefined) say("not-a-date");
    else if (to < from) say("ends-before-it-begins");
    else {
      const kind = isWork(cell("kind") || cell("name")) ? "work" : "off";
      const hoursOf = readWeekday(cell("hoursOf")) ?? "monday";
      found.days.push({ from, to, name: cell("name").slice(0, 100), kind, hoursOf });
    }
  }
  return found;
}

function readAnyTable(text: string): Collected {
  try {
    return readTable(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { days: [], problems: [{ line: Number(error["lines"] ?? 1), problem: "not-a-table", text: "" }] };
  }
}

/** What the text of a file says; days in their order. Whatever cannot be read is told, and the rest is read. */
export function readCalendarFile(text: string): CalendarReading {
  const isIcs = /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text);
  const { days, problems } = isIcs ? readIcs(text, isWork) : readAnyTable(text);
  const found = days.toSorted((a, b) => a.from.localeCompare(b.from) || a.kind.localeCompare(b.kind));
  if (found.length > mostDays) problems.push({ line: 1, problem: "too-many", text: String(found.length) });
  if (found.length === 0 && problems.length === 0) problems.push({ line: 1, problem: "no-days", text: "" });
  return { days: found.slice(0, mostDays), problems: problems.slice(0, 200) };
}
