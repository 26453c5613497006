import { Card, Flex, Row, Spin } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Report, ReportQuery, ReportTable } from "../../../shared/reports.ts";
import { useCan } from "../../lib/session.ts";
import { useToday } from "../../lib/use-today.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { AbandonCard } from "./abandon-card.tsx";
import { AnswerTimesCard } from "./answer-times.tsx";
import { KpiCard } from "./kpi-card.tsx";
import { useReport } from "./report-api.ts";
import { ReportFilters, reportKeys } from "./report-filters.tsx";
import { ReportTables } from "./report-tables.tsx";
import { ReportTotals } from "./report-totals.tsx";

const Charts = lazy(async () => ({ default: (await import("./report-charts.tsx")).ReportCharts }));
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

function useReportQuery() {
  const { values, set } = useUrlFilter(reportKeys);
  const today = useToday();
  const query: ReportQuery = {
    from: values.from ?? addDays(values.to ?? today, -6),
    to: values.to ?? today,
    campaignId: numberOf(values.campaignId),
    listId: numberOf(values.listId),
    agentId: numberOf(values.agentId),
    trunkId: numberOf(values.trunkId),
  };
  return { query, set, table: (values.table ?? "days") as ReportTable };
}

function Body({ report, query, table }: { report: Report; query: ReportQuery; table: ReportTable }) {
  const { t } = useTranslation();
  const { set } = useUrlFilter(reportKeys);
  if (report.totals.attempts === 0)
    return (
      <Card>
        <EmptyState text={t("reports.none")} />
      </Card>
    );
  return (
    <Flex vertical gap={16}>
      <ReportTotals report={report} query={query} />
      <KpiCard report={report} query={query} />
      <Suspense
        fallback={
          <Flex justify="center" align="center" style={{ height: 340 }}>
            <Spin />
          </Flex>
        }
      >
        <Row gutter={[16, 16]}>
          <Charts report={report} query={query} />
        </Row>
      </Suspense>
      <AnswerTimesCard query={query} />
      <AbandonCard abandonment={report.abandonment} />
      <ReportTables report={report} query={query} table={table} onTable={(next) => set({ table: next })} />
    </Flex>
  );
}

export function ReportPage() {
  const { t } = useTranslation();
  const { query, set, table } = useReportQuery();
  const result = useReport(query);
  const mayExport = useCan("reports.export");
  return (
    <Page
      title={t("navigation.reports")}
      help={t("reports.help", { zone: result.data?.timeZone ?? "" })}
      actions={mayExport && <ExportMenu path="/reports/calls/export" query={{ ...query, table }} />}
    >
      <Card styles={{ body: { padding: "14px 16px 6px" } }}>
        <ReportFilters query={query} set={set} />
      </Card>
      <Loaded query={result}>{(report) => <Body report={report} query={query} table={table} />}</Loaded>
    </Page>
  );
}
