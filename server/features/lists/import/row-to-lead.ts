import type { PhoneKind } from "../../../../shared/after-call.ts";
import type { ImportOptions, RowReason } from "../../../../shared/imports.ts";
import { isTimeZone } from "../../../../shared/hours.ts";
import { parsePhone, type PhoneNumber } from "../../../kernel/phone-number.ts";
import { numberKindOf } from "../lead-kinds.ts";

export interface LeadDraft {
  phone: string;
  morePhones: string[];
  /** In the order of the numbers, "" where the number itself tells; empty: for all. */
  phoneKinds: string[];
  /** Of the first number. */
  numberKind: PhoneKind;
  name: string;
  timeZone: string;
  /** null: none given. */
  priority: number | null;
  fields: Record<string, string>;
}

const maxName = 200;
const maxField = 4_000;
const maxPhones = 10;
/** Several numbers in one cell. */
const between = /[;,；，、/|\n]+/;
// oxlint-disable-next-line no-control-regex -- control characters are what it removes
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text that PostgreSQL stores and a page shows: no NUL (which `text` cannot hold), no half of a surrogate pair. */
export function clean(cell: string, max: number): string {
  const text = cell.trim().slice(0, max);
  return (text.isWellFormed() ? text : text.toWellFormed()).replaceAll(controls, "");
}

/** Spreadsheets write `'+86…` so that a number is no formula; so do our own error files. */
export const withoutQuote = (cell: string) => (cell.startsWith("'") ? cell.slice(1) : cell);

function phonesOf(cell: string, country: string): { found: PhoneNumber[]; isEmpty: boolean } {
  const text = withoutQuote(cell.trim());
  if (text === "") return { found: [], isEmpty: true };
  if (text.length > 400) return { found: [], isEmpty: false };
  const parts = between.test(text) ? text.split(between).slice(0, maxPhones) : [text];
  return {
    found: parts.map((part) => parsePhone(part, country)).filter((number) => number !== undefined),
    isEmpty: false,
  };
}

/** Turns rows into leads by a mapping; a function, so that the mapping is looked at once. */
export function rowReader(options: ImportOptions): (row: readonly string[]) => LeadDraft | RowReason {
  const { columns, country } = options;
  const of = (role: string) => columns.flatMap((column, i) => (column.role === role ? [i] : []));
  const phoneColumns = of("phone");
  const [nameColumn, zoneColumn, priorityColumn] = [of("name")[0], of("time-zone")[0], of("priority")[0]];
  const fieldColumns = of("field").map(
    (i) => [i, columns[i]!.key ?? columns[i]!.label ?? `column ${i + 1}`] as const,
  );
  const zones = new Map<string, boolean>();
  const isZone = (zone: string) => {
    let known = zones.get(zone);
    if (known === undefined) {
      known = zone.length < 64 && isTimeZone(zone);
      // A file with a million different words must not fill the memory.
      if (zones.size < 1000) zones.set(zone, known);
    }
    return known;
  };

  return (row) => {
    if (row.length > columns.length && row.slice(columns.length).some((cell) => cell.trim() !== ""))
      return "too-many-columns";
    const numbers: PhoneNumber[] = [];
    const kinds: string[] = [];
    let isEmpty = true;
    for (const column of phoneColumns) {
      const { found, isEmpty: none } = phonesOf(row[column] ?? "", country);
      isEmpty &&= none;
      for (const number of found)
        if (numbers.length < maxPhones && !numbers.some(({ e164 }) => e164 === number.e164)) {
          numbers.push(number);
          kinds.push(columns[column]!.kind ?? "");
        }
    }
    const [first, ...others] = numbers;
    if (!first) return isEmpty ? "no-phone" : "invalid-phone";
    const zone = zoneColumn === undefined ? "" : (row[zoneColumn] ?? "").trim();
    if (zone !== "" && !isZone(zone)) return "unknown-time-zone";
    const priority = priorityColumn === undefined ? "" : (row[priorityColumn] ?? "").trim();
    if (priority !== "" && !/^[1-9]$/.test(priority)) return "invalid-priority";
    const fields: Record<string, string> = {};
    for (const [column, key] of fieldColumns) {
      const value = clean(row[column] ?? "", maxField);
      if (value !== "") fields[key] = value;
    }
    const phoneKinds = kinds.some((kind) => kind !== "") ? kinds : [];
    return {
      phone: first.e164,
      morePhones: others.map(({ e164 }) => e164),
      phoneKinds,
      numberKind: numberKindOf(first.e164, phoneKinds),
      name: nameColumn === undefined ? "" : clean(row[nameColumn] ?? "", maxName),
      timeZone: zone === "" ? first.timeZone : zone,
      priority: priority === "" ? null : Number(priority),
      fields,
    };
  };
}
