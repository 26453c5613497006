import type { EChartsCoreOption } from "echarts/core";
import type { CountedAnswer } from "../../../shared/scripts.ts";
import { axisText, base, type PlainPaint, tooltip } from "../reports/chart-options.ts";

/** Values side by side, in their order, with how often each was given. */
export const columnsOption = (counts: readonly CountedAnswer[], paint: PlainPaint): EChartsCoreOption => ({
  ...base(paint),
  tooltip: { ...tooltip(paint), trigger: "axis" },
  grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
  xAxis: {
    type: "category",
    data: counts.map((one) => one.label),
    axisLabel: axisText(paint),
    axisLine: { lineStyle: { color: paint.line } },
    axisTick: { show: false },
  },
  yAxis: {
    type: "value",
    minInterval: 1,
    axisLabel: axisText(paint),
    splitLine: { lineStyle: { color: paint.line } },
  },
  series: [
    {
      type: "bar",
      barMaxWidth: 36,
      data: counts.map((one) => one.calls),
      itemStyle: { color: paint.main, borderRadius: [3, 3, 0, 0] },
    },
  ],
});
