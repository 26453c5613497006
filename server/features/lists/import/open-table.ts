import type { Encoding } from "../../../../shared/imports.ts";
import { readXlsx } from "./read-xlsx.ts";
import { readCsv, type TableReader } from "./read-csv.ts";

export interface TableSource {
  path: string;
  format: "csv" | "xlsx";
  encoding: Encoding;
  delimiter: string;
}

/** The rows of a file, whatever its format. */
export function openTable({ path, format, encoding, delimiter }: TableSource): TableReader {
  return format === "csv" ? readCsv(path, encoding, delimiter) : readXlsx(path);
}

/** The first rows; of a huge workbook this takes seconds, because its strings stand in a part of their own. */
export async function firstRows(source: TableSource, count: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of openTable(source)) {
    rows.push(row);
    if (rows.length >= count) break;
  }
  return rows;
}
