import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Language } from "../../../../shared/common.ts";
import type { RowReason } from "../../../../shared/imports.ts";
import { csvRow } from "../../../kernel/csv.ts";
import { drained } from "../../../kernel/drained.ts";

const reasons: Record<Language, Record<RowReason, string>> = {
  zh: {
    "no-phone": "没有电话号码",
    "invalid-phone": "电话号码无效",
    "duplicate-in-file": "与文件中前面的号码重复",
    "duplicate-in-list": "名单中已有该号码",
    "duplicate-in-other-list": "其他名单中已有该号码",
    "unknown-time-zone": "时区无法识别（示例：Asia/Shanghai）",
    "invalid-priority": "优先级应为 1 至 9",
    "too-many-columns": "该行的列数多于表头",
  },
  en: {
    "no-phone": "No telephone number",
    "invalid-phone": "Not a telephone number",
    "duplicate-in-file": "Number stands earlier in the file",
    "duplicate-in-list": "Number is on the list already",
    "duplicate-in-other-list": "Number is on another list",
    "unknown-time-zone": "Unknown time zone (example: Asia/Shanghai)",
    "invalid-priority": "Priority must be 1 to 9",
    "too-many-columns": "The row has more columns than the header",
  },
};
const titles: Record<Language, [string, string]> = { zh: ["行号", "原因"], en: ["Row", "Reason"] };
const cutOff: Record<Language, string> = {
  zh: "问题行过多，此后的行未写入本文件",
  en: "Too many rows with problems: the rest is not in this file",
};

/** Rows that did not become leads, as CSV; a file of rubbish must not fill the disk twice. */
const maxRows = 100_000;

export interface ErrorFile extends AsyncDisposable {
  /** `row`: its number in the file, the header being 1. Resolves when there is room for more. */
  add(row: number, reason: RowReason, cells: readonly string[]): Promise<void>;
  readonly rows: number;
}

/** UTF-8 with byte order mark, so that Excel reads it; the original columns follow, ready to be corrected and imported;
 * `headers` is asked at the first row. */
export function createErrorFile(
  path: string,
  headers: () => readonly string[],
  language: Language,
): ErrorFile {
  const file = createWriteStream(path, { highWaterMark: 256 * 1024 });
  let failure: Error | undefined;
  file.on("error", (error) => {
    failure = error;
  });
  let rows = 0;
  const write = async (text: string) => {
    if (failure) throw failure;
    if (!file.write(text)) await drained(file);
    if (failure) throw failure;
  };
  return {
    get rows() {
      return rows;
    },
    async add(row, reason, cells) {
      if (rows === 0) await write(`\ufeff${csvRow([...titles[language], ...headers()])}`);
      rows++;
      if (rows <= maxRows) await write(csvRow([String(row), reasons[language][reason], ...cells]));
      else if (rows === maxRows + 1) await write(csvRow([String(row), cutOff[language]]));
    },
    async [Symbol.asyncDispose]() {
      file.end();
      if (!file.closed && !failure) await once(file, "close");
    },
  };
}
