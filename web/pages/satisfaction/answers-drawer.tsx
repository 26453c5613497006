import { Drawer, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SurveyReportRow, SurveyResult } from "../../../shared/surveys.ts";
import type { Query } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useSurveyResults } from "./survey-api.ts";

/** The single answers behind a row of the report, with their calls. */
export function AnswersDrawer({
  row,
  filter,
  onClose,
}: {
  row: SurveyReportRow;
  filter: Query;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const query = useSurveyResults({ ...filter, ...(row.id !== null && { id: row.id }) });
  const columns: TableColumnsType<SurveyResult> = [
    {
      title: t("surveys.askedAt"),
      render: (_, { callId, askedAt }) => <Link to={`/calls/${callId}`}>{formatInstant(askedAt)}</Link>,
    },
    { title: t("surveys.agent"), render: (_, { agent }) => agent ?? "–" },
    { title: t("surveys.survey"), dataIndex: "survey" },
    { title: t("surveys.answers"), render: (_, { answers }) => answers.join(", ") || "–" },
    { title: t("surveys.how"), render: (_, { how }) => t(`surveys.end.${how}`) },
  ];
  return (
    <Drawer open size={760} title={row.name || t("surveys.nobody")} onClose={onClose}>
      <DataTable
        label={t("surveys.answers")}
        query={query}
        columns={columns}
        rowKey={({ callId }) => callId}
        empty={<EmptyState text={t("surveys.noResults")} />}
      />
    </Drawer>
  );
}
