/**
 * One line of CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe, as OWASP
 * advises against CSV injection; a plain number keeps its sign.
 */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Tells a spreadsheet that the file is UTF-8; without it Excel reads Chinese as the system's code page. */
export const byteOrderMark = "\uFEFF";

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
