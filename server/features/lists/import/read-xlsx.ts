import { statSync } from "node:fs";
import { invalid } from "../../../kernel/errors.ts";
import type { TableReader } from "./read-csv.ts";
import { openWorkbook, workbookError } from "./workbook-archive.ts";
import { dateStyles, firstSheet, parsePart, readStrings } from "./workbook-parts.ts";

const dayMs = 86_400_000;
/** Day 0 of the 1900 date system as every program counts it from March 1900 on (ECMA-376 part 1, §18.17.4.1). */
const epoch = Date.UTC(1899, 11, 30);

/** `2026-01-31`, with the time when there is one. */
function dateText(serial: number): string {
  const date = new Date(epoch + Math.round(serial * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return date.getTime() % dayMs === 0 ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}

/** A number in full: telephone numbers of twelve digits come as `1.38001380001E11`. */
export function numberText(text: string): string {
  const value = Number(text);
  return Number.isInteger(value) && /[eE.]/.test(text) ? BigInt(value).toString() : text;
}

/** The column of a reference such as `AB12`, from 0. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const digit = character.codePointAt(0)! - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

/** Excel's last column is XFD; a reference beyond it is a lie that would fill the memory. */
const maxColumn = 16_384;

/**
 * The rows of a workbook's first sheet, as text: a formula by its result, a date as `2026-01-31`. Memory holds the
 * shared strings and a chunk. Errors (422): those of `openWorkbook`, `import-not-a-table`.
 */
export function readXlsx(path: string): TableReader {
  let share = 0;
  const { size } = statSync(path);
  return {
    bytesRead: () => Math.round(size * share),
    async *[Symbol.asyncIterator]() {
      try {
        using archive = await openWorkbook(path);
        const part = await firstSheet(archive);
        if (part === undefined) throw invalid("import-not-a-table", "This archive is no XLSX workbook.");
        const [strings, dates] = [await readStrings(archive), await dateStyles(archive)];
        const total = archive.sizeOf(part);
        let rows: string[][] = [];
        let row: string[] = [];
        let column = -1;
        let type = "";
        let isDate = false;
        let value = "";
        let isValue = false;
        const cellText = () => {
          if (type === "s") return strings.at(Number(value));
          if (type === "b") return value === "1" ? "TRUE" : "FALSE";
          if (type === "e") return "";
          if (type !== "" && type !== "n") return value;
          if (value === "") return "";
          return isDate ? dateText(Number(value)) : numberText(value);
        };
        const sheet = parsePart(archive, part, {
          open(name, attributes) {
            if (name === "v" || name === "t") isValue = true;
            else if (name === "row") [row, column] = [[], -1];
            else if (name === "c") {
              column = attributes["r"] === undefined ? column + 1 : columnOf(attributes["r"]);
              type = attributes["t"] ?? "";
              isDate = dates.has(Number(attributes["s"] ?? -1));
              value = "";
            }
          },
          text(text) {
            if (isValue) value += text;
          },
          close(name) {
            if (name === "v" || name === "t") isValue = false;
            else if (name === "c" && column >= 0 && column < maxColumn) {
              while (row.length < column) row.push("");
              row[column] = cellText();
            } else if (name === "row" && row.some((cell) => cell !== "")) rows.push(row);
          },
        });
        let bytes = 0;
        for await (const length of sheet) {
          bytes += length;
          share = Math.min(1, bytes / total);
          yield* rows;
          rows = [];
        }
        yield* rows;
      } catch (error) {
        throw workbookError(error);
      }
    },
  };
}
