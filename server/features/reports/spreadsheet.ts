import { PassThrough, Readable } from "node:stream";
import ExcelJS from "exceljs";
import type { ExportFormat } from "../../../shared/reports.ts";
import { byteOrderMark, csvRow } from "../../kernel/csv.ts";

export type Cell = string | number | null;
export interface Sheet {
  name: string;
  header: string[];
  rows: Iterable<Cell[]> | AsyncIterable<Cell[]>;
}

async function* csvText({ header, rows }: Sheet): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(header);
  // Lines are gathered, so that a long file is not a million writes.
  let text = "";
  for await (const row of rows) {
    text += csvRow(row);
    if (text.length > 65_536) {
      yield text;
      text = "";
    }
  }
  yield text;
}

/** Excel keeps a text cell as text: it never runs as a formula. A sheet holds 1,048,576 rows; more goes to another. */
const rowsPerSheet = 1_000_000;

async function writeWorkbook(sheets: readonly Sheet[], into: PassThrough): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: into, useStyles: true });
  for (const { name, header, rows } of sheets) {
    const begin = (part: number) => {
      const sheet = workbook.addWorksheet(part === 1 ? name : `${name} ${part}`, {
        views: [{ state: "frozen", ySplit: 1 }],
      });
      sheet.columns = header.map((title) => ({ width: Math.max(12, title.length * 2) }));
      const first = sheet.addRow(header);
      first.font = { bold: true };
      first.commit();
      return sheet;
    };
    let part = 1;
    let count = 0;
    let sheet = begin(part);
    for await (const row of rows) {
      if (++count > rowsPerSheet * part) {
        sheet.commit();
        sheet = begin(++part);
      }
      sheet.addRow(row).commit();
      if (into.writableNeedDrain) await new Promise((resolve) => into.once("drain", resolve));
    }
    sheet.commit();
  }
  await workbook.commit();
}

/** The sheets as a stream: CSV takes the first sheet, XLSX all of them. An error in the rows breaks the stream off. */
export function spreadsheet(format: ExportFormat, sheets: readonly [Sheet, ...Sheet[]]): Readable {
  if (format === "csv") return Readable.from(csvText(sheets[0]));
  const stream = new PassThrough();
  writeWorkbook(sheets, stream).catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}

export const contentTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
