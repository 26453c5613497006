import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveQueue, QueueDetail } from "../../../shared/queues.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { useLiveColumns } from "./live-columns.tsx";
import { queuesKey, useQueues } from "./queue-api.ts";
import { QueueForm } from "./queue-form.tsx";
import { WaitingList } from "./waiting-list.tsx";

/** Every queue as it is now and was today. */
export function QueuesTable() {
  const { t } = useTranslation();
  const live = useLive<LiveQueue>("queues");
  const [looking, setLooking] = useState<QueueDetail | null>(null);
  const remove = useDelete((id: number) => api.delete(`/queues/${id}`), {
    stale: [queuesKey, ["inbound-routes"]],
  });
  return (
    <>
      <NamedTable<QueueDetail>
        label={t("navigation.queues")}
        query={useQueues()}
        may={useCan("queues.manage")}
        words={{
          name: t("queues.name"),
          add: t("queues.addQueue"),
          none: t("queues.none"),
          deleteHelp: t("queues.deleteHelp"),
        }}
        about={({ strategy }) => t(`queues.strategy.${strategy}`)}
        columns={useLiveColumns<QueueDetail>(({ id }) => live.items[id], setLooking)}
        onDelete={remove.ask}
        renderForm={(queue, close) => <QueueForm queue={queue} onClose={close} />}
      />
      {looking && <WaitingList queue={looking} onClose={() => setLooking(null)} />}
    </>
  );
}
