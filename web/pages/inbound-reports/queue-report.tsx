import { Flex, Select, type TableColumnsType, theme } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type QueueFigure, queueFigures, type QueueInterval } from "../../../shared/inbound-reports.ts";
import { formatInstant, formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Chart } from "../../ui/chart.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useQueues } from "../queues/queue-api.ts";
import { type Days, spanOf, totalOf, useQueueReport } from "./inbound-api.ts";
import { queueOption } from "./chart-options.ts";
import { Definitions, duration, FigureLink } from "./parts.tsx";

interface Row extends QueueInterval {
  isTotal: boolean;
}

const mean = (sum: number, count: number) => duration(count === 0 ? null : sum / count);

function useColumns(): TableColumnsType<Row> {
  const { t } = useTranslation();
  const figure = (name: QueueFigure) => ({
    title: t(`inboundReports.queue.${name}`),
    align: "right" as const,
    render: (_: unknown, { queueId, counts, at, until }: Row) => (
      <FigureLink
        value={counts[name]}
        filter={{ queueId, queueFigure: name, cameFrom: at, cameTo: until, direction: undefined }}
      />
    ),
  });
  const group = (title: QueueFigure, ...names: QueueFigure[]) => ({
    title: t(`inboundReports.group.${title}`),
    children: [figure(title), ...names.map(figure)],
  });
  return [
    {
      title: t("inboundReports.begins"),
      fixed: "left",
      render: (_, { at, isTotal }) =>
        isTotal ? <strong>{t("inboundReports.total")}</strong> : formatInstant(at),
    },
    { title: t("inboundReports.queueName"), dataIndex: "name" },
    figure("offered"),
    group("answered", "in-time", "late"),
    {
      title: t("inboundReports.queue.level"),
      align: "right",
      render: (_, { counts }) => formatShare(counts["in-time"], counts.offered),
    },
    group("abandoned", "abandoned-5", "abandoned-15", "abandoned-30", "abandoned-60", "abandoned-more"),
    group("overflowed", "to-queue", "to-voicemail", "to-number", "to-flow"),
    group("place-kept", "called-back", "place-open", "place-expired", "place-lost"),
    figure("turned-away"),
    figure("lost"),
    {
      title: t("inboundReports.queue.meanWait"),
      align: "right",
      render: (_, row) => mean(row.answeredWaitMs, row.counts.answered),
    },
    {
      title: t("inboundReports.queue.longestWait"),
      align: "right",
      render: (_, { longestWaitMs }) => duration(longestWaitMs),
    },
    {
      title: t("inboundReports.queue.handleTime"),
      align: "right",
      render: (_, row) => mean(row.handleMs, row.handled),
    },
  ];
}

/** Each queue in all, then by interval. */
function rowsOf(items: readonly QueueInterval[], days: Days): Row[] {
  const queues = Map.groupBy(items, ({ queueId }) => queueId);
  const totals = [...queues.values()].flatMap(([first, ...others]) =>
    first ? [{ ...totalOf([first, ...others], spanOf(days)), isTotal: true }] : [],
  );
  return [...totals, ...items.map((row) => ({ ...row, isTotal: false }))];
}

const explained = [...queueFigures, "level", "meanWait", "longestWait", "handleTime"];

/** Callers of queues by interval, each figure with its calls. */
export function QueueReport({ days }: { days: Days }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const mayExport = useCan("reports.export");
  const [interval, setInterval] = useState(30);
  const [queueId, setQueueId] = useState<number | undefined>();
  const [{ page, pageSize }, setPaging] = useState({ page: 1, pageSize: 50 });
  const queues = useQueues();
  const filter = { ...days, interval, ...(queueId !== undefined && { queueId }) };
  const query = useQueueReport(filter);
  const columns = useColumns();
  const items = useMemo(() => query.data?.items ?? [], [query.data]);
  const rows = useMemo(() => rowsOf(items, days), [items, days]);
  const shown = rows.slice((page - 1) * pageSize, page * pageSize);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <Select<number>
          value={interval}
          aria-label={t("inboundReports.interval")}
          style={{ minWidth: 140 }}
          options={[15, 30, 60, 1440].map((value) => ({
            value,
            label: t(`inboundReports.minutes.${value}`),
          }))}
          onChange={setInterval}
        />
        <Select<number>
          allowClear
          value={queueId}
          placeholder={t("inboundReports.everyQueue")}
          aria-label={t("inboundReports.queueName")}
          style={{ minWidth: 180 }}
          options={(queues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: number | undefined) => setQueueId(id)}
        />
        {mayExport && <ExportMenu path="/reports/queues/export" query={filter} />}
      </Flex>
      {items.length > 0 && (
        <Chart label={t("inboundReports.queueChart")} height={220} option={queueOption(items, token, t)} />
      )}
      <DataTable<Row>
        label={t("inboundReports.tab.queues")}
        query={{ ...query, data: query.data && { items: shown, total: rows.length } }}
        columns={columns}
        rowKey={(row) => `${row.isTotal} ${row.queueId} ${row.at}`}
        paging={{ page, pageSize, onChange: (next, size) => setPaging({ page: next, pageSize: size }) }}
        empty={<EmptyState text={t("inboundReports.none")} />}
      />
      <Definitions of="queue" names={explained} />
    </Flex>
  );
}
