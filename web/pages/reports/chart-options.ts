import type { EChartsCoreOption } from "echarts/core";
import type { Report } from "../../../shared/reports.ts";

/** The colours of a chart, from the theme's tokens. */
export interface Paint {
  text: string;
  line: string;
  main: string;
  good: string;
  bad: string;
  quiet: string;
  ground: string;
  font: string;
}

/** Colours that most charts need. */
export type PlainPaint = Pick<Paint, "text" | "line" | "main" | "ground" | "font">;

export const base = (paint: PlainPaint): EChartsCoreOption => ({
  animationDuration: 300,
  aria: { enabled: true },
  textStyle: { fontFamily: paint.font, color: paint.text },
});
export const tooltip = (paint: PlainPaint) => ({
  backgroundColor: paint.ground,
  borderColor: paint.line,
  textStyle: { color: paint.text, fontSize: 13 },
});
export const axisText = (paint: PlainPaint) => ({ color: paint.text, fontSize: 12 });
const percent = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;

/** Attempts and connects by day as bars, the connect rate as a line. */
export function daysOption(
  days: Report["days"],
  words: { attempts: string; connected: string; rate: string },
  paint: Paint,
): EChartsCoreOption {
  return {
    ...base(paint),
    tooltip: { ...tooltip(paint), trigger: "axis" },
    legend: { top: 0, right: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: axisText(paint) },
    grid: { left: 8, right: 8, top: 40, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: days.map((row) => row.day.slice(5)),
      axisLabel: axisText(paint),
      axisLine: { lineStyle: { color: paint.line } },
      axisTick: { show: false },
    },
    yAxis: [
      {
        type: "value",
        minInterval: 1,
        axisLabel: axisText(paint),
        splitLine: { lineStyle: { color: paint.line } },
      },
      {
        type: "value",
        min: 0,
        max: 100,
        axisLabel: { ...axisText(paint), formatter: "{value} %" },
        splitLine: { show: false },
      },
    ],
    series: [
      {
        name: words.attempts,
        type: "bar",
        barMaxWidth: 26,
        data: days.map((row) => row.attempts),
        itemStyle: { color: paint.quiet, borderRadius: [3, 3, 0, 0] },
      },
      {
        name: words.connected,
        type: "bar",
        barMaxWidth: 26,
        data: days.map((row) => row.connected),
        itemStyle: { color: paint.main, borderRadius: [3, 3, 0, 0] },
      },
      {
        name: words.rate,
        type: "line",
        yAxisIndex: 1,
        smooth: 0.2,
        symbolSize: 7,
        connectNulls: true,
        data: days.map((row) => percent(row.connected, row.dialled)),
        itemStyle: { color: paint.good },
        lineStyle: { width: 2 },
        tooltip: { valueFormatter: (value: unknown) => (typeof value === "number" ? `${value} %` : "–") },
      },
    ],
  };
}

/** Names with one bar each, the longest on top. */
export function barsOption(
  bars: readonly { name: string; value: number; colour: string }[],
  paint: Paint,
): EChartsCoreOption {
  return {
    ...base(paint),
    tooltip: { ...tooltip(paint), trigger: "item" },
    grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
    xAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: axisText(paint),
      splitLine: { lineStyle: { color: paint.line } },
    },
    yAxis: {
      type: "category",
      data: bars.map((bar) => bar.name),
      axisLabel: { ...axisText(paint), width: 170, overflow: "truncate" },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        data: bars.map(({ value, colour }) => ({
          value,
          itemStyle: { color: colour, borderRadius: [0, 3, 3, 0] },
        })),
        label: { show: true, position: "right", color: paint.text },
      },
    ],
  };
}
