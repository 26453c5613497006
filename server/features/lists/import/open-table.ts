import type { Encoding } from "../../../../shared/imports.ts";
import { readCsv, type TableReader } from "./read-csv.ts";

export interface TableSource {
  path: string;
  format: "csv" | "xlsx";
  encoding: Encoding;
  delimiter: string;
}

/** The rows of a file, whatever its format. */
export async function openTable({ path, format, encoding, delimiter }: TableSource): Promise<TableReader> {
  if (format === "csv") return readCsv(path, encoding, delimiter);
  // Half a second to load: only for who needs it.
  const { checkWorkbook, readXlsx } = await import("./read-xlsx.ts");
  await checkWorkbook(path);
  return readXlsx(path);
}

/** The first rows; of a huge workbook this takes seconds, because its strings stand in a part of their own. */
export async function firstRows(source: TableSource, count: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of await openTable(source)) {
    rows.push(row);
    if (rows.length >= count) break;
  }
  return rows;
}
