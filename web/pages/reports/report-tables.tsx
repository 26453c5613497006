import { Card, Table, type TableColumnsType, Tabs, Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallFilter } from "../../../shared/calls.ts";
import {
  type Report,
  type ReportFigures,
  type ReportQuery,
  type ReportTable,
  reportTables,
} from "../../../shared/reports.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { callsOf } from "./report-links.ts";

type Counted = NonNullable<CallFilter["counted"]>;

/** A row of any table: its name, its figures, and the filter that opens its calls. */
interface Group extends ReportFigures {
  key: string;
  name: ReactNode;
  filter: Partial<CallFilter>;
  days?: { from: string; to: string };
}

function useGroups(report: Report, table: ReportTable): Group[] {
  const { t } = useTranslation();
  const byId = (key: "campaignId" | "listId" | "agentId" | "trunkId", rows: Report["lists"]): Group[] =>
    rows.map((row) => ({
      ...row,
      key: String(row.id),
      name: row.name || t("common.none"),
      filter: { [key]: row.id },
    }));
  switch (table) {
    case "days":
      return report.days.map((row) => ({
        ...row,
        key: row.day,
        name: row.day,
        filter: {},
        days: { from: row.day, to: row.day },
      }));
    case "hours":
      return report.hours.map((row) => ({
        ...row,
        key: String(row.hour),
        name: t("calls.atHour", { hour: String(row.hour).padStart(2, "0") }),
        filter: { hour: row.hour },
      }));
    case "campaigns":
      return byId("campaignId", report.campaigns);
    case "lists":
      return byId("listId", report.lists);
    case "agents":
      return byId("agentId", report.agents);
    case "trunks":
      return byId("trunkId", report.trunks);
    case "dispositions":
      return report.dispositions.map((row) => ({
        ...row,
        key: String(row.id),
        name: (
          <>
            {row.path.join(" › ") || t("calls.noDisposition")}{" "}
            {row.isSuccess && (
              <Tag variant="filled" color="success">
                {t("campaigns.success")}
              </Tag>
            )}
          </>
        ),
        filter: { dispositionId: row.id },
      }));
    case "outcomes":
      return report.outcomes.map((row) => ({
        ...row,
        key: row.outcome ?? "open",
        name: row.outcome ? t(`outcome.${row.outcome}`) : t("reports.open"),
        filter: row.outcome ? { outcome: row.outcome } : {},
      }));
  }
}

function useColumns(query: ReportQuery, table: ReportTable): TableColumnsType<Group> {
  const { t } = useTranslation();
  const count = (name: Counted) => ({
    title: t(`reports.figure.${name}`),
    align: "right" as const,
    sorter: (a: Group, b: Group) => a[name] - b[name],
    render: (_: unknown, group: Group) =>
      group[name] === 0 || group.key === "open" ? (
        formatNumber(group[name])
      ) : (
        <Link to={callsOf(query, { ...group.filter, counted: name }, group.days)}>
          {formatNumber(group[name])}
        </Link>
      ),
  });
  return [
    { title: t(`reports.table.${table}`), dataIndex: "name", fixed: "left" as const },
    count("attempts"),
    count("dialled"),
    count("answered"),
    count("connected"),
    {
      title: t("reports.figure.rate"),
      align: "right" as const,
      sorter: (a, b) => a.connected / (a.dialled || 1) - b.connected / (b.dialled || 1),
      render: (_, group) => formatShare(group.connected, group.dialled),
    },
    count("abandoned"),
    {
      title: t("reports.figure.success"),
      align: "right" as const,
      sorter: (a, b) => a.success - b.success,
      render: (_, group) => formatNumber(group.success),
    },
    {
      title: t("reports.figure.talk"),
      align: "right" as const,
      sorter: (a, b) => a.talkMs - b.talkMs,
      render: (_, group) => formatDuration(group.talkMs),
    },
    {
      title: t("reports.figure.talkEach"),
      align: "right" as const,
      render: (_, group) => formatDuration(group.connected === 0 ? null : group.talkMs / group.connected),
    },
  ];
}

interface Props {
  report: Report;
  query: ReportQuery;
  table: ReportTable;
  onTable: (table: ReportTable) => void;
}

/** The figures by each group; every count opens its calls. */
export function ReportTables({ report, query, table, onTable }: Props) {
  const { t } = useTranslation();
  const groups = useGroups(report, table);
  const columns = useColumns(query, table);
  return (
    <Card styles={{ body: { paddingTop: 4 } }}>
      <Tabs
        activeKey={table}
        onChange={(key) => onTable(key as ReportTable)}
        items={reportTables.map((key) => ({ key, label: t(`reports.table.${key}`) }))}
      />
      <Table<Group>
        size="small"
        className="num"
        rowKey="key"
        aria-label={t(`reports.table.${table}`)}
        columns={columns}
        dataSource={groups}
        scroll={{ x: "max-content" }}
        pagination={groups.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      />
    </Card>
  );
}
