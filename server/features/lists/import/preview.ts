import { open } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import {
  delimiters,
  type Encoding,
  type ImportPreview,
  type PreviewOptions,
} from "../../../../shared/imports.ts";
import type { ListColumn } from "../../../../shared/lists.ts";
import { invalid } from "../../../kernel/errors.ts";
import { parsePhone } from "../../../kernel/phone-number.ts";
import { looksLikeHeader, suggestColumns } from "./columns.ts";
import { fileKind } from "./file-kind.ts";
import type { TableSource } from "./open-table.ts";
import { withoutQuote } from "./row-to-lead.ts";
import { maxColumns } from "./read-csv.ts";

export const previewRows = 20;
const maxShownCell = 500;

/** The delimiter that divides the first rows most evenly, comma when none does. */
export function detectDelimiter(text: string): (typeof delimiters)[number] {
  const score = (delimiter: string): number => {
    try {
      const options = {
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        to: 20,
      };
      const widths = parse(text, options).map((row) => row.length);
      const [width = 1] = widths;
      return width === 1 ? 0 : (widths.filter((w) => w === width).length / widths.length) * 1000 + width;
    } catch {
      return 0;
    }
  };
  const scores = delimiters.map((delimiter) => ({ delimiter, score: score(delimiter) }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

async function sampleText(path: string, encoding: Encoding): Promise<string> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0);
  const text = new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead), { stream: true });
  // The last line may be cut.
  return text.includes("\n") ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
}

export interface PreviewRequest {
  path: string;
  options: PreviewOptions;
  /** Of the list the file is for. */
  country: string;
  listColumns: readonly ListColumn[];
  /** Reads the first rows, in a thread of its own. */
  firstRows: (source: TableSource, count: number) => Promise<string[][]>;
}

/** Errors (422): those of `fileKind` and of the readers, `import-no-rows`, `import-too-many-columns`. */
export async function previewImport(request: PreviewRequest): Promise<ImportPreview> {
  const { path, options, listColumns } = request;
  const kind = await fileKind(path);
  const encoding = kind.format === "csv" ? (options.encoding ?? kind.encoding) : "utf-8";
  const delimiter =
    kind.format === "csv" ? (options.delimiter ?? detectDelimiter(await sampleText(path, encoding))) : ",";
  const all = await request.firstRows({ path, format: kind.format, encoding, delimiter }, previewRows + 1);
  if (all.length === 0) throw invalid("import-no-rows", "The file has no rows.");
  const width = Math.max(...all.map((row) => row.length));
  if (width > maxColumns)
    throw invalid("import-too-many-columns", `The file has ${width} columns; ${maxColumns} are allowed.`, {
      columns: width,
      maxColumns,
    });
  const country = options.country ?? request.country;
  const hasHeader = options.hasHeader ?? looksLikeHeader(all, country);
  const rows = (hasHeader ? all.slice(1) : all).slice(0, previewRows);
  const headers = Array.from({ length: width }, (_, i) => (hasHeader ? (all[0]![i] ?? "") : ""));
  const columns = suggestColumns(headers, rows, country, listColumns);
  const phoneColumn = columns.findIndex((column) => column.role === "phone");
  return {
    format: kind.format,
    encoding,
    delimiter,
    hasHeader,
    country,
    columns,
    rows: rows.map((row) => row.map((cell) => cell.slice(0, maxShownCell))),
    phones: rows.map((row) => {
      const number = parsePhone(withoutQuote((row[phoneColumn] ?? "").trim()), country);
      return { phone: number?.e164 ?? null, timeZone: number?.timeZone ?? null };
    }),
  };
}
