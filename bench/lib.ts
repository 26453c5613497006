import { parseArgs } from "node:util";

/**
 * The value below which `share` (0–1) of the samples lie, by the nearest-rank method; NaN without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Numeric flags with their defaults: `flags({ rows: 1_000_000 })` reads `--rows 1000` or `--rows=1000`. */
export function flags<T extends Record<string, number | boolean>>(defaults: T): T {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      { type: typeof value === "boolean" ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const { values } = parseArgs({ options });
  const given = Object.entries(values).map(([name, value]) => {
    if (typeof value === "boolean") return [name, value];
    const number = Number(String(value).replaceAll("_", ""));
    if (!Number.isFinite(number)) throw new Error(`--${name} wants a number, not ${String(value)}.`);
    return [name, number];
  });
  return { ...defaults, ...(Object.fromEntries(given) as Partial<T>) };
}

function readable(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 10 ? 3 : 1 });
}

/** A table for people. Rows are objects with the same keys; numbers are aligned right. */
export function printTable(rows: readonly Record<string, string | number>[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = rows.map((row) =>
    columns.map((column) => {
      const value = row[column] ?? "";
      return typeof value === "number" ? readable(value) : value;
    }),
  );
  const widths = columns.map((name, i) => Math.max(name.length, ...text.map((row) => row[i]!.length)));
  const numeric = columns.map((name) => typeof rows[0]?.[name] === "number");
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join("  ");
  console.log(line(columns));
  console.log(widths.map((width) => "-".repeat(width)).join("  "));
  for (const row of text) console.log(line(row));
}

/** Prints the result as a table, then as the one JSON line that ends every benchmark. `null`: not measured here. */
export function report(bench: string, metrics: Record<string, number | null>): void {
  const rounded = Object.fromEntries(
    Object.entries(metrics).map(([key, value]) => [
      key,
      value === null ? null : Math.round(value * 1000) / 1000,
    ]),
  );
  console.log();
  printTable(Object.entries(rounded).map(([metric, value]) => ({ metric, value: value ?? "-" })));
  console.log(JSON.stringify({ bench, metrics: rounded }));
}
