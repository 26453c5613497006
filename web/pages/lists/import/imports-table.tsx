import { Badge, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ImportRow } from "../../../../shared/imports.ts";
import { formatInstant, formatNumber } from "../../../lib/format.ts";
import { useLive } from "../../../lib/use-live.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { useImports } from "../list-api.ts";

const badges = {
  uploaded: "default",
  running: "processing",
  done: "success",
  failed: "error",
  cancelled: "warning",
  undone: "default",
} as const;

export function ImportsTable({ listId }: { listId: number }) {
  const { t } = useTranslation();
  const query = useImports(listId);
  const live = useLive<ImportRow>("imports").items;
  const columns: TableColumnsType<ImportRow> = [
    {
      title: t("imports.file"),
      render: (_, row) => <Link to={`/lists/${listId}/imports/${row.id}`}>{row.fileName}</Link>,
    },
    {
      title: t("common.status"),
      render: (_, row) => {
        const { state } = live[row.id] ?? row;
        return <Badge status={badges[state]} text={t(`imports.state.${state}`)} />;
      },
    },
    {
      title: t("imports.rowsRead"),
      align: "right",
      render: (_, row) => formatNumber((live[row.id] ?? row).rowsRead),
    },
    { title: t("imports.rowsAdded"), align: "right", render: (_, row) => formatNumber(row.rowsAdded) },
    {
      title: t("imports.rowsDuplicate"),
      align: "right",
      render: (_, row) => formatNumber(row.rowsDuplicate),
    },
    { title: t("imports.rowsInvalid"), align: "right", render: (_, row) => formatNumber(row.rowsInvalid) },
    { title: t("common.time"), render: (_, row) => formatInstant(row.createdAt) },
  ];
  return (
    <DataTable
      label={t("lists.imports")}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      empty={<EmptyState text={t("imports.none")} />}
    />
  );
}
