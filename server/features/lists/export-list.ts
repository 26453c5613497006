import { PassThrough, type Readable } from "node:stream";
import { Readable as ReadableStream } from "node:stream";
import type { Worksheet } from "exceljs";
import { drained } from "../../kernel/drained.ts";
import type { Db } from "../../kernel/db.ts";
import type { Language } from "../../../shared/common.ts";
import type { LeadStatus, ListRow } from "../../../shared/lists.ts";
import { csvRow } from "../../kernel/csv.ts";
import { eachLead } from "./queries-search.ts";

export interface ListExport {
  list: ListRow;
  statuses?: readonly LeadStatus[] | undefined;
  language: Language;
  /** Masks numbers for who may not see them. */
  showPhone: (phone: string) => string;
}

const titles: Record<Language, string[]> = {
  zh: ["电话", "其他电话", "姓名", "时区", "优先级", "状态", "拨打次数", "最近拨打", "最近结果"],
  en: [
    "Phone",
    "More phones",
    "Name",
    "Time zone",
    "Priority",
    "Status",
    "Attempts",
    "Last attempt",
    "Last outcome",
  ],
};
/** A sheet's rows (ECMA-376 as Excel limits it), the header taken off. */
const sheetRows = 1_048_575;

const headerOf = ({ list, language }: ListExport) => [
  ...titles[language],
  ...list.columns.map((column) => column.label),
];

async function* rowsOf(db: Db, wanted: ListExport): AsyncGenerator<string[][]> {
  const { list, showPhone } = wanted;
  for await (const leads of eachLead(db, list.id, wanted.statuses))
    yield leads.map((lead) => [
      showPhone(lead.phone),
      lead.more_phones.map(showPhone).join(";"),
      lead.name,
      lead.time_zone,
      String(lead.priority),
      lead.status,
      String(lead.attempts),
      lead.last_attempt_at?.toISOString() ?? "",
      lead.last_outcome ?? "",
      ...list.columns.map((column) => lead.fields[column.key] ?? ""),
    ]);
}

/** The list as CSV, UTF-8 with byte order mark; memory is bounded by a batch. */
export function exportCsv(db: Db, wanted: ListExport): Readable {
  async function* text() {
    yield `\ufeff${csvRow(headerOf(wanted))}`;
    for await (const rows of rowsOf(db, wanted)) yield rows.map(csvRow).join("");
  }
  return ReadableStream.from(text());
}

/** The list as XLSX; a new sheet begins when one is full. Cells are text, so no formula runs. */
export function exportXlsx(db: Db, wanted: ListExport): Readable {
  const out = new PassThrough();
  const write = async () => {
    // Half a second to load: only for who needs it.
    const { default: ExcelJS } = await import("exceljs");
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
    let sheets = 0;
    let rows = 0;
    const open = (before?: Worksheet) => {
      before?.commit();
      const sheet = workbook.addWorksheet(`${++sheets}`);
      sheet.addRow(headerOf(wanted)).commit();
      rows = 0;
      return sheet;
    };
    let current = open();
    for await (const batch of rowsOf(db, wanted)) {
      for (const cells of batch) {
        if (rows >= sheetRows) current = open(current);
        rows++;
        current.addRow(cells).commit();
      }
      if (out.writableNeedDrain) await drained(out);
      if (out.destroyed) return;
    }
    current.commit();
    await workbook.commit();
  };
  write().catch((error: Error) => out.destroy(error));
  return out;
}
