import { Card, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveQueue } from "../../../shared/queues.ts";
import { useLive } from "../../lib/use-live.ts";
import { useLiveColumns } from "../queues/live-columns.tsx";
import { WaitingList } from "../queues/waiting-list.tsx";

/** Every queue in one line, where there is any; who waits is seen and moved from here. */
export function QueueTable() {
  const { t } = useTranslation();
  const queues = Object.values(useLive<LiveQueue>("queues").items);
  const [looking, setLooking] = useState<number | null>(null);
  const columns = useLiveColumns<LiveQueue>(
    (live) => live,
    ({ queueId }) => setLooking(queueId),
  );
  if (queues.length === 0) return null;
  const looked = queues.find(({ queueId }) => queueId === looking);
  return (
    <Card
      title={t("navigation.queues")}
      styles={{ header: { borderBottom: "none" }, body: { padding: "0 12px 8px" } }}
    >
      <Table
        rowKey="queueId"
        columns={[{ title: t("queues.name"), dataIndex: "name" }, ...columns]}
        dataSource={queues.toSorted((a, b) => a.name.localeCompare(b.name))}
        pagination={false}
        scroll={{ x: "max-content" }}
        size="small"
      />
      {looked && (
        <WaitingList queue={{ id: looked.queueId, name: looked.name }} onClose={() => setLooking(null)} />
      )}
    </Card>
  );
}
