import { Card, Col, theme } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Report, ReportQuery } from "../../../shared/reports.ts";
import { useDark } from "../../lib/theme.ts";
import { Chart } from "../../ui/chart.tsx";
import { barsOption, daysOption, type Paint } from "./chart-options.ts";
import { callsOf } from "./report-links.ts";

const most = 12;

function usePaint(): Paint {
  const { token } = theme.useToken();
  const dark = useDark();
  return useMemo(
    () => ({
      text: token.colorTextSecondary,
      line: token.colorBorderSecondary,
      main: token.colorPrimary,
      good: token.colorSuccess,
      bad: token.colorError,
      quiet: dark ? "#3a4654" : "#c9d4e3",
      ground: token.colorBgContainer,
      font: token.fontFamily,
    }),
    [token, dark],
  );
}

/** The pictures of a report; a click on a bar, point or square opens its calls. */
export function ReportCharts({ report, query }: { report: Report; query: ReportQuery }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const paint = usePaint();
  const words = {
    attempts: t("reports.figure.attempts"),
    connected: t("reports.figure.connected"),
    rate: t("reports.figure.rate"),
  };
  const chosen = report.dispositions
    .filter((row) => row.id > 0)
    .slice(0, most)
    .reverse();
  const agents = report.agents
    .filter((row) => row.id > 0)
    .slice(0, most)
    .reverse();
  const open = (to: string) => void navigate(to);
  return (
    <>
      <Col xs={24}>
        <Card style={{ height: "100%" }} title={t("reports.chart.days")}>
          <Chart
            label={t("reports.chart.days")}
            height={300}
            option={daysOption(report.days, words, paint)}
            onOpen={(index, series) => {
              const day = report.days[index]?.day;
              if (day)
                open(
                  callsOf(
                    query,
                    { counted: series === 0 ? "attempts" : "connected" },
                    { from: day, to: day },
                  ),
                );
            }}
          />
        </Card>
      </Col>
      {chosen.length > 0 && (
        <Col xs={24} xl={14}>
          <Card style={{ height: "100%" }} title={t("reports.chart.dispositions")}>
            <Chart
              label={t("reports.chart.dispositions")}
              height={90 + chosen.length * 26}
              option={barsOption(
                chosen.map((row) => ({
                  name: row.path.join(" › "),
                  value: row.attempts,
                  colour: row.isSuccess ? paint.good : paint.main,
                })),
                paint,
              )}
              onOpen={(index) => {
                const row = chosen[index];
                if (row) open(callsOf(query, { dispositionId: row.id }));
              }}
            />
          </Card>
        </Col>
      )}
      {agents.length > 0 && (
        <Col xs={24} xl={chosen.length > 0 ? 10 : 24}>
          <Card style={{ height: "100%" }} title={t("reports.chart.agents")}>
            <Chart
              label={t("reports.chart.agents")}
              height={90 + agents.length * 26}
              option={barsOption(
                agents.map((row) => ({ name: row.name, value: row.connected, colour: paint.main })),
                paint,
              )}
              onOpen={(index) => {
                const row = agents[index];
                if (row) open(callsOf(query, { agentId: row.id, counted: "connected" }));
              }}
            />
          </Card>
        </Col>
      )}
    </>
  );
}
