import { Card, Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { cloneElement, isValidElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../shared/common.ts";
import { formatNumber } from "../lib/format.ts";
import { EmptyState, ErrorState } from "./states.tsx";

interface Props<T> {
  query: { data: Page<T> | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
  columns: TableColumnsType<T>;
  rowKey: (row: T) => string | number;
  /** Absent for tables that are always shown whole. */
  paging?: { page: number; pageSize: number; onChange: (page: number, pageSize: number) => void };
  empty: ReactNode;
  /** What this table lists, for screen readers. */
  label: string;
  /** Above the rows, inside the card: the filters. */
  filters?: ReactNode;
  onRowClick?: (row: T) => void;
  summary?: ReactNode;
}

/** The arrows of the pagination have no words of their own. */
function named(element: ReactNode, type: string, t: TFunction): ReactNode {
  if ((type !== "prev" && type !== "next") || !isValidElement<{ "aria-label"?: string }>(element))
    return element;
  return cloneElement(element, {
    "aria-label": t(`common.${type === "prev" ? "previousPage" : "nextPage"}`),
  });
}

/** A table of one page of rows with its states; it scrolls sideways on a narrow screen instead of squeezing. */
export function DataTable<T extends object>(props: Props<T>) {
  const { t } = useTranslation();
  const { query, paging, onRowClick } = props;
  const rows = query.data?.items ?? [];
  if (query.error && !query.data)
    return (
      <Card>
        {props.filters}
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      </Card>
    );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      {props.filters && <div style={{ padding: "14px 16px 6px" }}>{props.filters}</div>}
      <Table<T>
        aria-label={props.label}
        size="middle"
        className="num"
        rowKey={props.rowKey}
        columns={props.columns}
        dataSource={rows}
        loading={query.isFetching && !query.data}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: query.data ? props.empty : <EmptyState text={t("common.loading")} /> }}
        {...(onRowClick
          ? { onRow: (row: T) => ({ onClick: () => onRowClick(row), style: { cursor: "pointer" } }) }
          : {})}
        pagination={
          paging && (query.data?.total ?? 0) > 0
            ? {
                current: paging.page,
                pageSize: paging.pageSize,
                total: query.data?.total ?? 0,
                onChange: paging.onChange,
                showSizeChanger: (query.data?.total ?? 0) > 20,
                pageSizeOptions: [20, 50, 100, 200],
                showTotal: (total) => t("common.total", { total: formatNumber(total) }),
                itemRender: (_page, type, element) => named(element, type, t),
                style: { margin: "12px 16px" },
              }
            : false
        }
      />
      {props.summary}
    </Card>
  );
}
