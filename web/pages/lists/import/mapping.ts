import type { ColumnMapping, ImportPreview } from "../../../../shared/imports.ts";

/** What the server suggests for a column, as the person may now change it. */
export function toMapping({
  role,
  key,
  label,
  header,
  kind,
}: ImportPreview["columns"][number]): ColumnMapping {
  if (role === "phone" && kind) return { role, kind };
  if (role !== "field") return { role };
  return { role, key: key ?? header, label: label ?? header };
}

/** What a column becomes when the person picks `role`. */
export function withRole(role: ColumnMapping["role"], header: string, index: number): ColumnMapping {
  if (role !== "field") return { role };
  const label = header.trim() || `${index + 1}`;
  return { role, key: label.slice(0, 64), label: label.slice(0, 100) };
}

export type MappingProblem = "no-phone" | "same-field";

/** What keeps the import from starting. */
export function mappingProblems(columns: readonly ColumnMapping[]): MappingProblem[] {
  const problems: MappingProblem[] = [];
  if (!columns.some((column) => column.role === "phone")) problems.push("no-phone");
  const keys = columns.flatMap((column) => (column.role === "field" ? [column.key] : []));
  if (new Set(keys).size < keys.length) problems.push("same-field");
  return problems;
}
