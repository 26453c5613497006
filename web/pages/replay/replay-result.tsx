import { Alert, Card, Segmented, Table, theme } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReplayFigures, ReplayResult as Result } from "../../../shared/replay.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { Chart } from "../../ui/chart.tsx";

const figures = [
  "occupancyPct",
  "abandonPct",
  "dials",
  "answers",
  "abandons",
  "talks",
  "waitSeconds",
  "agents",
] as const satisfies readonly (keyof ReplayFigures)[];
type Figure = (typeof figures)[number];

const charted: readonly Figure[] = ["occupancyPct", "abandonPct", "dials", "talks", "waitSeconds"];
const digits = (figure: Figure, value: number) => {
  if (figure === "dials" || figure === "answers" || figure === "talks")
    return formatNumber(Math.round(value));
  return formatNumber(Number(value.toFixed(figure === "waitSeconds" ? 2 : 1)));
};

function BothDays({ result, figure }: { result: Result; figure: Figure }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const option = useMemo(() => {
    const from = new Date(result.from).getTime();
    const series = (name: string, windows: Result["actual"]["windows"], color: string, type: string) => ({
      name,
      type: "line",
      showSymbol: windows.length < 3,
      color,
      lineStyle: { type, width: 2 },
      data: windows.map((window) => Number(window[figure].toFixed(2))),
    });
    return {
      grid: { left: 48, right: 16, top: 36, bottom: 28 },
      legend: { top: 0, textStyle: { color: token.colorText } },
      tooltip: { trigger: "axis" },
      xAxis: {
        type: "category",
        data: result.actual.windows.map((window) =>
          formatInstant(new Date(from + window.second * 1000).toISOString(), "time").slice(0, 5),
        ),
        axisLabel: { color: token.colorTextSecondary },
      },
      yAxis: {
        type: "value",
        axisLabel: { color: token.colorTextSecondary },
        splitLine: { lineStyle: { color: token.colorBorderSecondary } },
      },
      series: [
        series(t("replay.actual"), result.actual.windows, token.colorTextTertiary, "dashed"),
        series(t("replay.played"), result.played.windows, token.colorPrimary, "solid"),
      ],
    };
  }, [result, figure, t, token]);
  return <Chart option={option} height={280} label={t("replay.chart", { figure: t(`replay.${figure}`) })} />;
}

/** Both days: in one chart, and their totals side by side. */
export function ReplayResult({ result }: { result: Result }) {
  const { t } = useTranslation();
  const [figure, setFigure] = useState<Figure>("occupancyPct");
  const { actual, played } = result;
  return (
    <>
      <Card>
        <div style={{ overflowX: "auto", marginBottom: 12 }}>
          <Segmented<Figure>
            value={figure}
            onChange={setFigure}
            options={charted.map((value) => ({ value, label: t(`replay.${value}`) }))}
          />
        </div>
        <BothDays result={result} figure={figure} />
      </Card>
      <Card styles={{ body: { padding: 0 } }}>
        <Table
          aria-label={t("replay.totals")}
          size="middle"
          className="num"
          pagination={false}
          scroll={{ x: "max-content" }}
          rowKey={(row) => row}
          dataSource={[...figures]}
          columns={[
            { title: t("replay.figure"), render: (_, row) => t(`replay.${row}`) },
            {
              title: t("replay.actual"),
              align: "right",
              render: (_, row) => digits(row, actual.total[row]),
            },
            {
              title: t("replay.played"),
              align: "right",
              render: (_, row) => <strong>{digits(row, played.total[row])}</strong>,
            },
            {
              title: t("replay.interval"),
              align: "right",
              render: (_, row) => `${digits(row, played.low[row])} – ${digits(row, played.high[row])}`,
            },
          ]}
        />
      </Card>
      <Alert
        type="info"
        showIcon
        title={t("replay.howTitle", { runs: played.runs })}
        description={t("replay.how", {
          drawn: formatNumber(Math.round(played.drawn)),
          dials: formatNumber(Math.round(played.total.dials)),
        })}
      />
    </>
  );
}
