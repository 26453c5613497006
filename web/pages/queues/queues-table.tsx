import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveQueue, QueueDetail } from "../../../shared/queues.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { useLiveColumns } from "./live-columns.tsx";
import { queuesKey, useQueues } from "./queue-api.ts";
import { QueueForm } from "./queue-form.tsx";
import { WaitingList } from "./waiting-list.tsx";

function useColumns(
  live: Readonly<Record<string, LiveQueue>>,
  open: (queue: QueueDetail) => void,
  look: (queue: QueueDetail) => void,
): TableColumnsType<QueueDetail> {
  const { t } = useTranslation();
  const may = useCan("queues.manage");
  const figures = useLiveColumns<QueueDetail>(({ id }) => live[id], look);
  const remove = useDelete((id: number) => api.delete(`/queues/${id}`), {
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
    ...figures,
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("queues.deleteTitle", { name })}
          help={t("queues.deleteHelp")}
          onDelete={() => remove.ask(id)}
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
