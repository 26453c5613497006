import { createReadStream } from "node:fs";
import type { CellValue } from "exceljs";
import ExcelJS from "exceljs";
import yauzl from "yauzl";
import { AppError, invalid, reasonOf } from "../../../kernel/errors.ts";
import type { TableReader } from "./read-csv.ts";

/** A sheet has at most 1,048,576 rows; ours with six columns and a million rows unpacks to 0.3 GB. */
const maxUnpackedBytes = 3 * 2 ** 30;
const maxEntries = 10_000;

const tooLarge = () =>
  invalid("import-xlsx-too-large", "Unpacked, this workbook is larger than 3 GB. Save the sheet as CSV.", {
    maxGb: 3,
  });
const broken = (error: unknown) =>
  invalid("import-bad-xlsx", `The workbook is damaged: ${reasonOf(error)}.`, { reason: reasonOf(error) });

/**
 * Unpacks the workbook once into nothing, so that an archive that unpacks without end is refused before anything is
 * written. yauzl refuses an entry that is longer than the archive says. Errors (422): `import-xlsx-too-large`,
 * `import-bad-xlsx`.
 */
export async function checkWorkbook(path: string): Promise<void> {
  try {
    const archive = await yauzlOpen(path);
    let bytes = 0;
    let hasSheet = false;
    try {
      if (archive.entryCount > maxEntries) throw tooLarge();
      for (let entry = await nextEntry(archive); entry; entry = await nextEntry(archive)) {
        bytes += entry.uncompressedSize;
        if (bytes > maxUnpackedBytes) throw tooLarge();
        hasSheet ||= /^xl\/worksheets\/.*\.xml$/.test(entry.fileName);
        await drain(archive, entry);
      }
    } finally {
      archive.close();
    }
    if (!hasSheet) throw invalid("import-not-a-table", "This archive is no XLSX workbook.");
  } catch (error) {
    throw error instanceof AppError ? error : broken(error);
  }
}

function yauzlOpen(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, archive) =>
      error ? reject(error) : resolve(archive),
    );
  });
}

function nextEntry(archive: yauzl.ZipFile): Promise<yauzl.Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      archive.removeAllListeners();
      act();
    };
    archive.once("entry", (entry: yauzl.Entry) => settle(() => resolve(entry)));
    archive.once("end", () => settle(() => resolve(undefined)));
    archive.once("error", (error: Error) => settle(() => reject(error)));
    archive.readEntry();
  });
}

function drain(archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      stream.on("error", reject).on("end", resolve).resume();
    });
  });
}

function dateText(date: Date): string {
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}

/** What a cell shows, as text; a formula its result, a date `2026-01-31`, a number in full. */
export function cellText(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value).toString() : String(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : dateText(value);
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  if ("result" in value) return cellText(value.result);
  if ("text" in value) return cellText(value.text);
  return "";
}

/** The rows of a workbook's first sheet; `checkWorkbook` comes first. Errors (422): `import-bad-xlsx`. */
export function readXlsx(path: string): TableReader {
  const file = createReadStream(path);
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    worksheets: "emit",
    sharedStrings: "cache",
    hyperlinks: "ignore",
    styles: "cache",
    entries: "ignore",
  });
  return {
    bytesRead: () => file.bytesRead,
    async *[Symbol.asyncIterator]() {
      try {
        for await (const sheet of workbook) {
          for await (const row of sheet) {
            const values = row.values as CellValue[];
            yield Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => cellText(values[i + 1]));
          }
          return;
        }
      } catch (error) {
        throw error instanceof AppError ? error : broken(error);
      } finally {
        file.destroy();
      }
    },
  };
}
