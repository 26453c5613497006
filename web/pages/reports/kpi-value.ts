import { type Kpi, kpiOf, kpis } from "../../../shared/kpis.ts";
import type { ReportFigures } from "../../../shared/reports.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";

/** `–` when there is nothing to divide by, or it is not known of such a group. */
export function kpiText(name: Kpi, figures: ReportFigures): string {
  const value = kpiOf(name, figures);
  if (value === null) return "–";
  switch (kpis[name].unit) {
    case "share":
      return formatShare(value, 1, name === "abandonRate" ? 2 : 1);
    case "ms":
      return formatDuration(value);
    case "ratio":
      return formatNumber(Math.round(value * 10) / 10);
  }
}

const amount = (name: Kpi, value: number, isTime: boolean) =>
  isTime || (name === "handleTime" && value > 0) ? formatDuration(value) : formatNumber(value);

/** What it is made of: both parts as a person reads them. */
export function kpiParts(name: Kpi, figures: ReportFigures): { part: string; whole: string } | null {
  const [part, whole] = [kpis[name].part(figures), kpis[name].whole(figures)];
  if (part === null || !whole) return null;
  const isTime = name === "occupancy";
  return {
    part: amount(name, part, isTime),
    whole: isTime ? formatDuration(whole) : formatNumber(whole),
  };
}
