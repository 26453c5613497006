import { Button, Flex, type TableColumnsType, theme } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { flowFigures, type FlowReportRow } from "../../../shared/inbound-reports.ts";
import { formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Chart } from "../../ui/chart.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { flowOption } from "./chart-options.ts";
import { FlowBlocks } from "./flow-blocks.tsx";
import { type Days, spanOf, useFlowReport } from "./inbound-api.ts";
import { Definitions, duration, FigureLink } from "./parts.tsx";

/** Callers by flow, each figure with its calls; a flow's name opens its blocks. */
export function IvrReport({ days }: { days: Days }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const mayExport = useCan("reports.export");
  const [opened, setOpened] = useState<FlowReportRow | null>(null);
  const query = useFlowReport({ ...days });
  const items = query.data?.items ?? [];
  const flows = items.filter(({ day }) => day === null);
  const columns: TableColumnsType<FlowReportRow> = [
    {
      title: t("inboundReports.flowName"),
      fixed: "left",
      render: (_, row) => (
        <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setOpened(row)}>
          {row.name}
        </Button>
      ),
    },
    ...flowFigures.map((name) => ({
      title: t(`inboundReports.flow.${name}`),
      align: "right" as const,
      render: (_: unknown, { flowId, counts }: FlowReportRow) => (
        <FigureLink value={counts[name]} filter={{ flowId, flowFigure: name, ...spanOf(days) }} />
      ),
    })),
    {
      title: t("inboundReports.flow.containment"),
      align: "right",
      render: (_, { counts }) => formatShare(counts.contained, counts.entered),
    },
    {
      title: t("inboundReports.flow.verification"),
      align: "right",
      render: (_, { counts }) => formatShare(counts.verified, counts.verified + counts["not-verified"]),
    },
    { title: t("inboundReports.flow.meanTime"), align: "right", render: (_, row) => duration(row.meanMs) },
  ];
  return (
    <Flex vertical gap={12}>
      {mayExport && (
        <Flex>
          <ExportMenu path="/reports/ivr/export" query={days} />
        </Flex>
      )}
      {flows.length > 0 && (
        <Chart
          label={t("inboundReports.flowChart")}
          height={200}
          option={flowOption(
            items.filter(({ day }) => day !== null),
            token,
            t,
          )}
        />
      )}
      <DataTable
        label={t("inboundReports.tab.ivr")}
        query={{ ...query, data: query.data && { items: flows, total: flows.length } }}
        columns={columns}
        rowKey={({ flowId }) => flowId}
        empty={<EmptyState text={t("inboundReports.none")} />}
      />
      <Definitions of="flow" names={[...flowFigures, "containment", "verification", "meanTime"]} />
      {opened && (
        <FlowBlocks flowId={opened.flowId} name={opened.name} days={days} onClose={() => setOpened(null)} />
      )}
    </Flex>
  );
}
