import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveQueue, QueueDetail } from "../../../shared/queues.ts";
import { TimeSince } from "../../features/desk/timer.tsx";
import { api } from "../../lib/api.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { queuesKey, useQueues } from "./queue-api.ts";
import { QueueForm } from "./queue-form.tsx";
import { WaitingList } from "./waiting-list.tsx";

const figure = (value: number | undefined) => (value === undefined ? "–" : formatNumber(value));

/** Red when it is below what was set. */
function ServiceLevel({ live }: { live: LiveQueue | undefined }) {
  if (!live || live.serviceLevel === null) return "–";
  const isLow = live.serviceLevel < live.servicePercent / 100;
  return (
    <Typography.Text {...(isLow ? { type: "danger" as const } : {})}>
      {formatShare(live.serviceLevel, 1)}
    </Typography.Text>
  );
}

function useColumns(
  live: Readonly<Record<string, LiveQueue>>,
  open: (queue: QueueDetail) => void,
  look: (queue: QueueDetail) => void,
): TableColumnsType<QueueDetail> {
  const { t } = useTranslation();
  const may = useCan("queues.manage");
  const remove = useAct((id: number) => api.delete(`/queues/${id}`), {
    stale: [queuesKey, ["inbound-routes"]],
  });
  return [
    {
      title: t("queues.name"),
      render: (_, queue) => (
        <Flex vertical>
          {may ? (
            <Button
              type="link"
              style={{ padding: 0, height: "auto", justifyContent: "start" }}
              onClick={() => open(queue)}
            >
              {queue.name}
            </Button>
          ) : (
            queue.name
          )}
          <Typography.Text type="secondary">{t(`queues.strategy.${queue.strategy}`)}</Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("queues.waiting"),
      align: "right",
      render: (_, queue) => (
        <Button
          type="link"
          style={{ padding: 0, height: "auto" }}
          aria-label={t("waiting.listTitle", { name: queue.name })}
          onClick={() => look(queue)}
        >
          {figure(live[queue.id]?.waiting)}
          {live[queue.id]?.kept ? ` + ${figure(live[queue.id]?.kept)}` : ""}
        </Button>
      ),
    },
    {
      title: t("queues.longest"),
      align: "right",
      render: (_, { id }) => {
        const since = live[id]?.waitingSince;
        return since ? <TimeSince at={since} /> : "–";
      },
    },
    {
      title: t("queues.agents"),
      render: (_, { id }) => {
        const now = live[id];
        return now
          ? t("queues.agentFigures", {
              ready: now.agentsReady,
              busy: now.agentsBusy,
              paused: now.agentsPaused,
            })
          : "–";
      },
    },
    {
      title: t("queues.serviceLevel"),
      align: "right",
      render: (_, { id, servicePercent, serviceSeconds }) => (
        <Flex vertical align="end">
          <ServiceLevel live={live[id]} />
          <Typography.Text type="secondary">
            {t("queues.goal", { percent: servicePercent, seconds: serviceSeconds })}
          </Typography.Text>
        </Flex>
      ),
    },
    { title: t("queues.offered"), align: "right", render: (_, { id }) => figure(live[id]?.offeredToday) },
    { title: t("queues.answered"), align: "right", render: (_, { id }) => figure(live[id]?.answeredToday) },
    { title: t("queues.abandoned"), align: "right", render: (_, { id }) => figure(live[id]?.abandonedToday) },
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("queues.deleteTitle", { name })}
          help={t("queues.deleteHelp")}
          onDelete={() => remove.mutateAsync(id)}
        />
      ),
    },
  ];
}

/** Every queue as it is now and was today. */
export function QueuesTable() {
  const { t } = useTranslation();
  const query = useQueues();
  const live = useLive<LiveQueue>("queues");
  const may = useCan("queues.manage");
  const [editing, setEditing] = useState<QueueDetail | "new" | null>(null);
  const [looking, setLooking] = useState<QueueDetail | null>(null);
  const columns = useColumns(live.items, setEditing, setLooking);
  return (
    <Flex vertical gap={12}>
      {may && (
        <Flex>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {t("queues.addQueue")}
          </Button>
        </Flex>
      )}
      <DataTable
        label={t("navigation.queues")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("queues.none")} />}
      />
      {looking && <WaitingList queue={looking} onClose={() => setLooking(null)} />}
      {editing && <QueueForm queue={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Flex>
  );
}
