import { Button, Drawer, Flex, Select, type TableColumnsType, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveAgent } from "../../../shared/live.ts";
import type { QueueDetail } from "../../../shared/queues.ts";
import type { WaitingCaller, WaitingMove } from "../../../shared/waiting-callers.ts";
import { isSignedIn, useDeskIfAny } from "../../features/desk/desk-context.ts";
import { TimeSince } from "../../features/desk/timer.tsx";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useQueues } from "./queue-api.ts";
import { keptKey, moveCaller, useWaitingCallers, waitingKey } from "./waiting-api.ts";

type Looked = Pick<QueueDetail, "id" | "name">;

/** What a supervisor does with one caller. */
function Acts({ queue, caller, isFirst }: { queue: Looked; caller: WaitingCaller; isFirst: boolean }) {
  const { t } = useTranslation();
  const agents = useLive<LiveAgent>("agents").items;
  const queues = useQueues().data?.items ?? [];
  const desk = useDeskIfAny();
  const stale = [waitingKey, keptKey];
  const move = useAct((to: WaitingMove) => moveCaller(queue.id, caller.callerId, to), { stale });
  const cancel = useAct((id: number) => api.delete(`/kept-places/${id}`), { stale });
  const serving = queues.find(({ id }) => id === queue.id)?.members ?? [];
  const members = serving.flatMap(({ userId }) => {
    const agent = agents[userId];
    return agent && agent.state !== "signed-out" ? [{ value: `agent-${userId}`, label: agent.name }] : [];
  });
  const others = queues
    .filter(({ id }) => id !== queue.id)
    .map(({ id, name }) => ({ value: `queue-${id}`, label: name }));
  return (
    <Flex gap={8} wrap>
      <Button size="small" disabled={isFirst} onClick={() => move.mutate({ to: "front" })}>
        {t("waiting.toFront")}
      </Button>
      {caller.callId !== null && isSignedIn(desk?.state) && (
        <Button size="small" onClick={() => move.mutate({ to: "me" })}>
          {t("waiting.take")}
        </Button>
      )}
      <Select<string>
        size="small"
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("waiting.sendTo")}
        aria-label={`${t("waiting.sendTo")}: ${caller.name || caller.phone}`}
        style={{ width: 150 }}
        options={[
          { label: t("waiting.toAgent"), options: members },
          ...(caller.keptPlaceId === null ? [{ label: t("waiting.toQueue"), options: others }] : []),
        ]}
        onChange={(chosen) => {
          const [to, id] = chosen.split("-");
          move.mutate(
            to === "agent" ? { to: "agent", userId: Number(id) } : { to: "queue", queueId: Number(id) },
          );
        }}
      />
      {caller.keptPlaceId !== null && (
        <Button size="small" danger onClick={() => cancel.mutate(caller.keptPlaceId!)}>
          {t("waiting.cancelPlace")}
        </Button>
      )}
    </Flex>
  );
}

function useColumns(queue: Looked, callers: readonly WaitingCaller[]): TableColumnsType<WaitingCaller> {
  const { t } = useTranslation();
  const may = useCan("agents.supervise");
  return [
    { title: t("waiting.turn"), render: (_, caller) => formatNumber(callers.indexOf(caller) + 1) },
    {
      title: t("waiting.caller"),
      render: (_, caller) => (
        <Flex vertical>
          <span>{caller.name}</span>
          <span className="num">{formatPhone(caller.phone)}</span>
        </Flex>
      ),
    },
    { title: t("waiting.since"), render: (_, { since }) => <TimeSince at={since} /> },
    {
      title: t("waiting.marks"),
      render: (_, { priority, keptPlaceId, offeredTo, waitsFor }) => (
        <Flex gap={4} wrap>
          {priority > 0 && <Tag color="gold">{t("waiting.priority", { level: priority })}</Tag>}
          {keptPlaceId !== null && <Tag>{t("waiting.kept")}</Tag>}
          {offeredTo.length > 0 && (
            <Tag color="processing">{t("waiting.rings", { names: offeredTo.join(", ") })}</Tag>
          )}
          {waitsFor !== null && <Tag>{t("waiting.waitsFor", { name: waitsFor })}</Tag>}
        </Flex>
      ),
    },
    ...(may
      ? [
          {
            title: t("waiting.acts"),
            render: (_: unknown, caller: WaitingCaller) => (
              <Acts queue={queue} caller={caller} isFirst={callers[0] === caller} />
            ),
          },
        ]
      : []),
  ];
}

/** Who waits in a queue now, in the order of their turns. */
export function WaitingList({ queue, onClose }: { queue: Looked; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useWaitingCallers(queue.id);
  const columns = useColumns(queue, query.data?.items ?? []);
  return (
    <Drawer open size={900} title={t("waiting.listTitle", { name: queue.name })} onClose={onClose}>
      <DataTable
        label={t("waiting.listTitle", { name: queue.name })}
        query={query}
        columns={columns}
        rowKey={({ callerId }) => callerId}
        empty={<EmptyState text={t("waiting.nobody")} />}
      />
    </Drawer>
  );
}
