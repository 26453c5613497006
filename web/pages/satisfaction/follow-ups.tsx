import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import type { FollowUpRow } from "../../../shared/surveys.ts";
import type { Query } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { spreadOf } from "./spread.ts";
import { useFollowUps } from "./survey-api.ts";

/** What customers answered to the questions after the first. */
export function FollowUps({ filter }: { filter: Query }) {
  const { t } = useTranslation();
  const query = useFollowUps(filter);
  const columns: TableColumnsType<FollowUpRow> = [
    { title: t("surveys.survey"), dataIndex: "survey" },
    { title: t("surveys.followUp"), render: (_, { number, text }) => `${number}. ${text}` },
    { title: t("surveys.followUpAnswered"), align: "right", render: (_, row) => formatNumber(row.answered) },
    { title: t("surveys.spread"), render: (_, { counts }) => spreadOf(counts) },
  ];
  if (query.data?.items.length === 0) return null;
  return (
    <DataTable
      label={t("surveys.followUps")}
      query={query}
      columns={columns}
      rowKey={({ surveyId, number }) => `${surveyId} ${number}`}
      empty={<EmptyState text={t("surveys.noResults")} />}
    />
  );
}
