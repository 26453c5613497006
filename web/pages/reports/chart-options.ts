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
  heat: string[];
  font: string;
}

const base = (paint: Paint): EChartsCoreOption => ({
  animationDuration: 300,
  aria: { enabled: true },
  textStyle: { fontFamily: paint.font, color: paint.text },
});
const tooltip = (paint: Paint) => ({
  backgroundColor: paint.ground,
  borderColor: paint.line,
  textStyle: { color: paint.text, fontSize: 13 },
});
const axisText = (paint: Paint) => ({ color: paint.text, fontSize: 12 });
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

/** The connect rate of each hour of the week: when people are reached. */
export function heatOption(
  cells: Report["weekHours"],
  words: { attempts: string; connected: string; rate: string; weekdays: string[] },
  paint: Paint,
): EChartsCoreOption {
  const hours = cells.map((cell) => cell.hour);
  const first = Math.min(...hours, 8);
  const last = Math.max(...hours, 20);
  const rates = cells.map((cell) => percent(cell.connected, cell.dialled) ?? 0);
  return {
    ...base(paint),
    grid: { left: 4, right: 8, top: 8, bottom: 44, containLabel: true },
    tooltip: {
      ...tooltip(paint),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const cell = cells[dataIndex];
        if (!cell) return "";
        const day = words.weekdays[cell.weekday - 1] ?? "";
        const rate = percent(cell.connected, cell.dialled);
        return [
          `<strong>${day} ${cell.hour}:00–${cell.hour}:59</strong>`,
          `${words.attempts} ${cell.attempts}`,
          `${words.connected} ${cell.connected}`,
          `${words.rate} ${rate === null ? "–" : `${rate} %`}`,
        ].join("<br>");
      },
    },
    xAxis: {
      type: "category",
      data: Array.from({ length: last - first + 1 }, (_, index) => String(first + index)),
      axisLabel: axisText(paint),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: words.weekdays,
      axisLabel: axisText(paint),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    visualMap: {
      min: 0,
      max: Math.max(10, ...rates),
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemWidth: 10,
      itemHeight: 120,
      textStyle: axisText(paint),
      formatter: (value: number) => `${Math.round(value)} %`,
      inRange: { color: paint.heat },
    },
    series: [
      {
        type: "heatmap",
        data: cells.map((cell, index) => [cell.hour - first, cell.weekday - 1, rates[index] ?? 0]),
        itemStyle: { borderColor: paint.ground, borderWidth: 2, borderRadius: 3 },
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
