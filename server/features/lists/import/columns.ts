import type { PhoneKind } from "../../../../shared/after-call.ts";
import type { ColumnMapping } from "../../../../shared/imports.ts";
import type { ListColumn } from "../../../../shared/lists.ts";
import { parsePhone } from "../../../kernel/phone-number.ts";
import { withoutQuote } from "./row-to-lead.ts";

type Role = ColumnMapping["role"];
export interface SuggestedColumn extends ColumnMapping {
  header: string;
  because: "header" | "content" | "default";
}

/** Words of column headers, in Chinese and English; the first role that fits is suggested. */
const words: [Role, RegExp][] = [
  ["time-zone", /时区|time\s*zone|timezone/i],
  ["priority", /优先|priority/i],
  ["phone", /电话|手机|号码|联系方式|座机|phone|mobile|cell|\btel\b|telephone|msisdn/i],
  ["name", /姓名|名字|名称|称呼|联系人|客户名|^客户$|\bname\b|contact|customer$/i],
];
const otherNumbers = /单号|编号|证号|卡号|账号|帐号|保单|车牌|邮编|\bid\b|order|account|policy|card/i;

const roleByHeader = (header: string): Role | undefined =>
  otherNumbers.test(header) ? undefined : words.find(([, pattern]) => pattern.test(header))?.[0];

/** What the header says of the numbers' kind; nothing where it does not. */
const kinds: [PhoneKind, RegExp][] = [
  ["work", /公司|单位|办公|工作|\bwork\b|office|business/i],
  ["home", /家庭|住宅|家里|\bhome\b|landline/i],
  ["mobile", /手机|移动电话|mobile|\bcell/i],
];
function phoneColumn(header: string): Pick<SuggestedColumn, "role" | "header" | "kind"> {
  const kind = kinds.find(([, pattern]) => pattern.test(header))?.[0];
  return { role: "phone", header, ...(kind && { kind }) };
}

/** The share of a column's cells (those not empty) that are telephone numbers. */
function phoneShare(rows: readonly string[][], column: number, country: string): number {
  const cells = rows.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
  if (cells.length === 0) return 0;
  return cells.filter((cell) => parsePhone(withoutQuote(cell), country) !== undefined).length / cells.length;
}

/** Does the first row name the columns? It does not hold a number, and has a known word or stands above numbers. */
export function looksLikeHeader(rows: readonly string[][], country: string): boolean {
  const [first, ...rest] = rows;
  if (!first || first.some((cell) => parsePhone(cell, country) !== undefined)) return false;
  if (first.some((cell) => roleByHeader(cell) !== undefined)) return true;
  return first.some((_, i) => phoneShare(rest, i, country) > 0.5);
}

/** A key for a list's column: its header, cut to fit, made different from those before. */
function keyOf(header: string, taken: Set<string>): string {
  const base = header.trim().slice(0, 60) || "column";
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base} ${n}`;
  taken.add(key);
  return key;
}

/**
 * What each column of a file may be, by its header first and its content second; `rows` without the header.
 * A column whose header says number and whose cells are none is a field. Columns that the list has already keep
 * their keys.
 */
export function suggestColumns(
  headers: readonly string[],
  rows: readonly string[][],
  country: string,
  listColumns: readonly ListColumn[],
): SuggestedColumn[] {
  const taken = new Set<string>();
  const once = new Set<Role>();
  return headers.map((header, i): SuggestedColumn => {
    const share = phoneShare(rows, i, country);
    const isEmpty = rows.every((row) => (row[i] ?? "").trim() === "");
    const byHeader = roleByHeader(header);
    if (byHeader === "phone" && (share >= 0.3 || isEmpty))
      return { ...phoneColumn(header), because: "header" };
    if (byHeader !== undefined && byHeader !== "phone" && !once.has(byHeader)) {
      once.add(byHeader);
      return { role: byHeader, header, because: "header" };
    }
    if (share >= 0.6 && !otherNumbers.test(header)) return { ...phoneColumn(header), because: "content" };
    if (header.trim() === "" && isEmpty) return { role: "ignore", header, because: "content" };
    const known = listColumns.find(
      (column) => column.label === header.trim() || column.key === header.trim(),
    );
    const key = known?.key ?? keyOf(header || `column ${i + 1}`, taken);
    taken.add(key);
    return {
      role: "field",
      key,
      label: known?.label ?? (header.trim().slice(0, 100) || key),
      header,
      because: "default",
    };
  });
}
