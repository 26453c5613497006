import { Flex, theme, Typography } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LiveDialler } from "../../../shared/live-dialler.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { Chart } from "../../ui/chart.tsx";

const round = (value: number) => Math.round(value * 10) / 10;

const percent = (share: number) => formatShare(share, 1);

/** The leads that the policy chooses among, and how likely they answer. */
function LeadOdds({ leads }: { leads: readonly number[] }) {
  const { t } = useTranslation();
  const mean = leads.reduce((sum, share) => sum + share, 0) / leads.length;
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {t("dialler.leadOdds", {
        n: formatNumber(leads.length),
        low: percent(Math.min(...leads)),
        high: percent(Math.max(...leads)),
        mean: percent(mean),
      })}
    </Typography.Text>
  );
}

/** Agents free and answers, summed up from now on. Free agents are the ground that answers must not rise above. */
export function ForecastChart({ panel }: { panel: LiveDialler }) {
  const { t, i18n } = useTranslation();
  const { token } = theme.useToken();
  const { forecast, agents } = panel;
  const option = useMemo(() => {
    if (!forecast) return undefined;
    const seconds = [0, ...forecast.frees.map((_, i) => (i + 1) * forecast.stepSeconds)];
    const text = { color: token.colorTextSecondary, fontSize: 12 };
    const line = (name: string, values: number[], color: string) => ({
      name,
      type: "line" as const,
      showSymbol: false,
      smooth: 0.2,
      lineStyle: { width: 2, color },
      itemStyle: { color },
      data: values.map(round),
    });
    return {
      animation: false,
      aria: { enabled: true },
      textStyle: { fontFamily: token.fontFamily, color: token.colorTextSecondary },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4, textStyle: text },
      grid: { left: 4, right: 12, top: 30, bottom: 6, containLabel: true },
      tooltip: {
        trigger: "axis" as const,
        backgroundColor: token.colorBgElevated,
        borderColor: token.colorBorderSecondary,
        textStyle: { color: token.colorText, fontSize: 13 },
      },
      xAxis: {
        type: "category" as const,
        data: seconds.map((s) => t("dialler.inSeconds", { seconds: s })),
        boundaryGap: false,
        axisLabel: { ...text, interval: 4 },
        axisLine: { lineStyle: { color: token.colorBorderSecondary } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value" as const,
        minInterval: 1,
        axisLabel: text,
        splitLine: { lineStyle: { color: token.colorBorderSecondary } },
      },
      series: [
        {
          ...line(
            t("dialler.frees"),
            [0, ...forecast.frees].map((n) => n + agents.ready),
            token.colorPrimary,
          ),
          areaStyle: { color: token.colorPrimary, opacity: 0.12 },
        },
        line(t("dialler.answers"), [0, ...forecast.answers], token.colorWarning),
      ],
    };
    // The language is a part of the words.
    // oxlint-disable-next-line react/exhaustive-deps -- t follows the language
  }, [forecast, agents.ready, token, i18n.language]);
  if (!forecast || !option)
    return (
      <Typography.Text type="secondary">
        {panel.mode === "predictive" ? t("dialler.noForecastYet") : t("dialler.noForecast")}
      </Typography.Text>
    );
  const figures = {
    frees: formatNumber(round((forecast.frees.at(-1) ?? 0) + agents.ready)),
    answers: formatNumber(round(forecast.answers.at(-1) ?? 0)),
  };
  return (
    <Flex vertical gap={4}>
      <Chart option={option} height={170} label={t("dialler.forecastLabel", figures)} />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {t("dialler.forecastHelp")}
      </Typography.Text>
      {forecast.leads.length > 0 && <LeadOdds leads={forecast.leads} />}
    </Flex>
  );
}
