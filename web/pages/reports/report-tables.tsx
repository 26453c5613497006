import { Card, Segmented, Table, type TableColumnsType, Tabs, Tag, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallFilter } from "../../../shared/calls.ts";
import { type Kpi, kpiNames, kpiOf, kpis } from "../../../shared/kpis.ts";
import {
  type Report,
  type ReportFigures,
  type ReportQuery,
  type ReportTable,
  reportTables,
} from "../../../shared/reports.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { kpiParts, kpiText } from "./kpi-value.ts";
import { callsOf } from "./report-links.ts";

const views = ["counts", "kpis"] as const;
type View = (typeof views)[number];
/** Figures that bear the name by which their calls are asked for. */
type Plain =
  | "attempts"
  | "dialled"
  | "answered"
  | "live"
  | "connected"
  | "abandoned"
  | "success"
  | "complaints";

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

function useCounts(query: ReportQuery): TableColumnsType<Group> {
  const { t } = useTranslation();
  const count = (name: Plain) => ({
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
    count("success"),
    count("complaints"),
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

/** Each opens the calls of its part; what it is made of is told beside it. */
function useKpis(query: ReportQuery): TableColumnsType<Group> {
  const { t } = useTranslation();
  return kpiNames.map((name: Kpi) => ({
    title: <Tooltip title={t(`kpis.means.${name}`)}>{t(`kpis.name.${name}`)}</Tooltip>,
    align: "right" as const,
    sorter: (a: Group, b: Group) => (kpiOf(name, a) ?? -1) - (kpiOf(name, b) ?? -1),
    render: (_: unknown, group: Group) => {
      const parts = kpiParts(name, group);
      if (kpiOf(name, group) === null || group.key === "open") return "–";
      return (
        <Tooltip title={parts && t("kpis.of", parts)}>
          <Link to={callsOf(query, { ...group.filter, counted: kpis[name].opens }, group.days)}>
            {kpiText(name, group)}
          </Link>
        </Tooltip>
      );
    },
  }));
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
  const [view, setView] = useState<View>("counts");
  const figures = { counts: useCounts(query), kpis: useKpis(query) }[view];
  const columns = [
    { title: t(`reports.table.${table}`), dataIndex: "name", fixed: "left" as const },
    ...figures,
  ];
  return (
    <Card styles={{ body: { paddingTop: 4 } }}>
      <Tabs
        activeKey={table}
        onChange={(key) => onTable(key as ReportTable)}
        items={reportTables.map((key) => ({ key, label: t(`reports.table.${key}`) }))}
      />
      <Segmented
        style={{ marginBottom: 12 }}
        value={view}
        aria-label={t("kpis.view.label")}
        options={views.map((value) => ({ value, label: t(`kpis.view.${value}`) }))}
        onChange={setView}
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
