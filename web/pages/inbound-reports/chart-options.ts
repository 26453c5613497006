import type { GlobalToken } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import type { TFunction } from "i18next";
import type { FlowReportRow, QueueInterval } from "../../../shared/inbound-reports.ts";
import { formatInstant } from "../../lib/format.ts";

type Token = Pick<
  GlobalToken,
  | "colorText"
  | "colorBorderSecondary"
  | "colorSuccess"
  | "colorWarning"
  | "colorError"
  | "colorTextQuaternary"
  | "colorPrimary"
  | "colorBgElevated"
>;

interface Series {
  name: string;
  color: string;
  data: number[];
}

function stacked(categories: string[], series: Series[], token: Token): EChartsCoreOption {
  const text = { color: token.colorText, fontSize: 12 };
  return {
    animationDuration: 300,
    aria: { enabled: true },
    tooltip: {
      trigger: "axis",
      backgroundColor: token.colorBgElevated,
      borderColor: token.colorBorderSecondary,
      textStyle: { color: token.colorText, fontSize: 13 },
    },
    legend: { top: 0, right: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: text },
    grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: categories,
      axisLabel: text,
      axisLine: { lineStyle: { color: token.colorBorderSecondary } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: token.colorBorderSecondary } },
    },
    series: series.map(({ name, color, data }) => ({
      type: "bar",
      stack: "all",
      name,
      data,
      itemStyle: { color },
      barMaxWidth: 28,
    })),
  };
}

/** What became of callers by interval, of all queues together. */
export function queueOption(items: readonly QueueInterval[], token: Token, t: TFunction): EChartsCoreOption {
  const byTime = [...Map.groupBy(items, ({ at }) => at)];
  const sum = (of: (counts: QueueInterval["counts"]) => number) =>
    byTime.map(([, rows]) => rows.reduce((all, { counts }) => all + of(counts), 0));
  const word = (name: string) => t(`inboundReports.queue.${name}`);
  return stacked(
    byTime.map(([at]) => formatInstant(at)),
    [
      { name: word("in-time"), color: token.colorSuccess, data: sum((counts) => counts["in-time"]) },
      { name: word("late"), color: token.colorWarning, data: sum((counts) => counts.late) },
      { name: word("abandoned"), color: token.colorError, data: sum((counts) => counts.abandoned) },
      {
        name: t("inboundReports.others"),
        color: token.colorTextQuaternary,
        data: sum((counts) => counts.offered - counts.answered - counts.abandoned),
      },
    ],
    token,
  );
}

/** Callers of all flows by day: contained, taken by people, all others. */
export function flowOption(days: readonly FlowReportRow[], token: Token, t: TFunction): EChartsCoreOption {
  const byDay = [...Map.groupBy(days, ({ day }) => day ?? "")].toSorted(([a], [b]) => a.localeCompare(b));
  const sum = (of: (counts: FlowReportRow["counts"]) => number) =>
    byDay.map(([, rows]) => rows.reduce((all, { counts }) => all + of(counts), 0));
  return stacked(
    byDay.map(([day]) => day.slice(5)),
    [
      {
        name: t("inboundReports.flow.contained"),
        color: token.colorSuccess,
        data: sum((counts) => counts.contained),
      },
      {
        name: t("inboundReports.flow.people"),
        color: token.colorPrimary,
        data: sum((counts) => counts.people),
      },
      {
        name: t("inboundReports.others"),
        color: token.colorTextQuaternary,
        data: sum((counts) => counts.entered - counts.contained - counts.people),
      },
    ],
    token,
  );
}
