import { Card, DatePicker, Flex, Select, type TableColumnsType, Typography } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueInterval } from "../../../shared/queues.ts";
import { formatDuration, formatInstant, formatNumber, formatShare } from "../../lib/format.ts";
import { useToday } from "../../lib/use-today.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useQueueReport, useQueues } from "./queue-api.ts";

const counts = ["offered", "answered", "abandoned", "overflowed", "placeKept", "turnedAway", "lost"] as const;
const explained = [...counts, "inTime", "level", "abandonedAtOnce", "meanWait", "longestWait"] as const;

function useColumns(): TableColumnsType<QueueInterval> {
  const { t } = useTranslation();
  return [
    { title: t("queues.report.at"), render: (_, { at }) => formatInstant(at) },
    { title: t("queues.name"), dataIndex: "name" },
    ...counts.map((name) => ({
      title: t(`queues.report.${name}`),
      align: "right" as const,
      render: (_: unknown, row: QueueInterval) => formatNumber(row[name]),
    })),
    {
      title: t("queues.report.level"),
      align: "right",
      render: (_, { inTime, offered }) => formatShare(inTime, offered),
    },
    {
      title: t("queues.report.abandonedAtOnce"),
      align: "right",
      render: (_, row) => formatNumber(row.abandonedAtOnce),
    },
    {
      title: t("queues.report.meanWait"),
      align: "right",
      render: (_, row) => (row.meanWaitMs === null ? "–" : formatDuration(row.meanWaitMs)),
    },
    {
      title: t("queues.report.longestWait"),
      align: "right",
      render: (_, row) => (row.longestWaitMs === null ? "–" : formatDuration(row.longestWaitMs)),
    },
  ];
}

/** Waits by interval, with what each figure counts. */
export function QueueReport() {
  const { t } = useTranslation();
  const today = useToday();
  const [days, setDays] = useState<[string, string] | null>(null);
  const [interval, setInterval] = useState(30);
  const [queueId, setQueueId] = useState<number | undefined>();
  const queues = useQueues();
  const [from, to] = days ?? [today, today];
  const query = useQueueReport({ from, to, interval, ...(queueId !== undefined && { queueId }) });
  const columns = useColumns();
  return (
    <Flex vertical gap={12}>
      <DataTable
        label={t("queues.report.title")}
        query={query}
        columns={columns}
        rowKey={(row) => `${row.queueId} ${row.at}`}
        empty={<EmptyState text={t("queues.report.none")} />}
        filters={
          <Flex gap={8} wrap>
            <DatePicker.RangePicker
              value={[dayjs(from), dayjs(to)]}
              allowClear={false}
              aria-label={t("queues.report.days")}
              onChange={(chosen) => {
                const [first, last] = chosen ?? [];
                if (first && last) setDays([first.format("YYYY-MM-DD"), last.format("YYYY-MM-DD")]);
              }}
            />
            <Select<number>
              value={interval}
              aria-label={t("queues.report.interval")}
              style={{ minWidth: 140 }}
              options={[15, 30, 60, 1440].map((value) => ({
                value,
                label: t(`queues.report.minutes.${value}`),
              }))}
              onChange={setInterval}
            />
            <Select<number>
              allowClear
              value={queueId}
              placeholder={t("queues.report.everyQueue")}
              aria-label={t("queues.name")}
              style={{ minWidth: 180 }}
              options={(queues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id: number | undefined) => setQueueId(id)}
            />
          </Flex>
        }
      />
      <Card size="small" title={t("queues.report.definitions")}>
        <dl style={{ margin: 0 }}>
          {explained.map((name) => (
            <div key={name} style={{ marginBottom: 6 }}>
              <dt style={{ fontWeight: 500 }}>{t(`queues.report.${name}`)}</dt>
              <dd style={{ margin: 0 }}>
                <Typography.Text type="secondary">{t(`queues.report.means.${name}`)}</Typography.Text>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </Flex>
  );
}
