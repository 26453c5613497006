import { kpiNames, kpiOf, kpis, type Kpi } from "../../../shared/kpis.ts";
import type { ReportFigures } from "../../../shared/reports.ts";
import {
  dayCount,
  type FigureName,
  isLiveFigure,
  liveFigure,
  wallKey,
  type Widget,
} from "../../../shared/wallboards.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { useNow } from "../desk/use-now.ts";

const isKpi = (name: string): name is Kpi => (kpiNames as readonly string[]).includes(name);

export type Unit = "count" | "share" | "ratio" | "ms";
export const unitOf = (name: FigureName | "talkMs"): Unit =>
  name === "longestWait" || name === "talkMs" ? "ms" : isKpi(name) ? kpis[name].unit : "count";

/** A figure of the day, by its count or its formula. */
export const dayFigure = (name: FigureName, figures: ReportFigures): number | null =>
  isKpi(name) ? kpiOf(name, figures) : dayCount(name, figures);

/** A value as a wall shows it; `–` for none. */
export function figureText(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  if (unit === "share") return formatShare(value, 1);
  if (unit === "ms") return formatDuration(value);
  return formatNumber(unit === "ratio" ? Math.round(value * 100) / 100 : value);
}

/** Where a widget's figures are. */
export const keyOf = (unitId: number | null, widget: Widget): string =>
  wallKey(unitId, "campaignId" in widget ? widget.campaignId : null);

/** One figure, by push; null until it is known. */
export function useFigure(name: FigureName, key: string): number | null {
  const isLive = isLiveFigure(name);
  const live = useLiveItem("wall-live", isLive ? key : null);
  const day = useLiveItem("wall-day", isLive ? null : key);
  const now = useNow();
  if (live) return liveFigure(name, live, now);
  return day ? dayFigure(name, day.totals) : null;
}
