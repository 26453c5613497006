import { Flex, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { boxFigures, type BoxReportRow } from "../../../shared/inbound-reports.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { type Days, spanOf, useBoxReport } from "./inbound-api.ts";
import { Definitions, duration, FigureLink } from "./parts.tsx";

/** Messages by box, each figure with its calls. */
export function VoicemailReport({ days }: { days: Days }) {
  const { t } = useTranslation();
  const mayExport = useCan("reports.export");
  const query = useBoxReport({ ...days });
  const columns: TableColumnsType<BoxReportRow> = [
    { title: t("inboundReports.boxName"), dataIndex: "name" },
    ...boxFigures.map((name) => ({
      title: t(`inboundReports.box.${name}`),
      align: "right" as const,
      render: (_: unknown, { boxId, counts }: BoxReportRow) => (
        <FigureLink value={counts[name]} filter={{ boxId, boxFigure: name, ...spanOf(days) }} />
      ),
    })),
    {
      title: t("inboundReports.box.untilHeard"),
      align: "right",
      render: (_, { meanUntilHeardMs }) => duration(meanUntilHeardMs),
    },
    {
      title: t("inboundReports.box.longestUntilHeard"),
      align: "right",
      render: (_, { longestUntilHeardMs }) => duration(longestUntilHeardMs),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {mayExport && (
        <Flex>
          <ExportMenu path="/reports/voicemail/export" query={days} />
        </Flex>
      )}
      <DataTable
        label={t("inboundReports.tab.voicemail")}
        query={query}
        columns={columns}
        rowKey={({ boxId }) => boxId}
        empty={<EmptyState text={t("inboundReports.none")} />}
      />
      <Definitions of="box" names={[...boxFigures, "untilHeard", "longestUntilHeard"]} />
    </Flex>
  );
}
