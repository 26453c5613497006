import { Card, theme } from "antd";
import { useTranslation } from "react-i18next";
import type { SurveyTrendRow } from "../../../shared/surveys.ts";
import type { Query } from "../../lib/api.ts";
import { Chart } from "../../ui/chart.tsx";
import { useSurveyTrend } from "./survey-api.ts";

/** More lines than these cannot be told apart. */
const mostLines = 6;

const rated = (group: readonly SurveyTrendRow[]) => group.reduce((sum, row) => sum + row.rated, 0);

/** Those who were rated most, with their index by day in per cent. */
function linesOf(rows: readonly SurveyTrendRow[], days: readonly string[]) {
  const groups = [...Map.groupBy(rows, ({ id }) => id ?? 0).values()];
  return groups
    .toSorted((a, b) => rated(b) - rated(a))
    .slice(0, mostLines)
    .map((group) => ({
      name: group[0]?.name ?? "",
      data: days.map((day) => {
        const found = group.find((row) => row.day === day);
        return found ? Math.round(found.index * 1000) / 10 : null;
      }),
    }));
}

/** Satisfaction by day, of those who were rated most; of one day there is no line to draw. */
export function OverTime({ filter }: { filter: Query }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const rows = useSurveyTrend(filter).data?.items ?? [];
  const days = [...new Set(rows.map(({ day }) => day))].toSorted();
  if (days.length < 2) return null;
  const text = { color: token.colorText, fontSize: 12 };
  const line = { lineStyle: { color: token.colorBorderSecondary } };
  return (
    <Card size="small" title={t("surveys.overTime")}>
      <Chart
        label={t("surveys.overTime")}
        height={240}
        option={{
          animationDuration: 300,
          aria: { enabled: true },
          tooltip: {
            trigger: "axis",
            backgroundColor: token.colorBgElevated,
            textStyle: { color: token.colorText },
          },
          legend: { top: 0, right: 0, textStyle: text },
          grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
          xAxis: { type: "category", data: days.map((day) => day.slice(5)), axisLabel: text, axisLine: line },
          yAxis: {
            type: "value",
            min: 0,
            max: 100,
            axisLabel: { ...text, formatter: "{value}%" },
            splitLine: line,
          },
          series: linesOf(rows, days).map(({ name, data }) => ({
            type: "line",
            name: name || t("surveys.nobody"),
            data,
            connectNulls: true,
          })),
        }}
      />
    </Card>
  );
}
