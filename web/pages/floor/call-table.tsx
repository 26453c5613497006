import { Card, Flex, Table, type TableProps, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallState } from "../../../shared/calls.ts";
import type { LiveCall } from "../../../shared/live.ts";
import { TimeSince } from "../../features/desk/timer.tsx";
import { useLiveItem } from "../../lib/use-live.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { EmptyState } from "../../ui/states.tsx";

interface Props {
  calls: LiveCall[];
  campaignNames: Readonly<Record<string, string>>;
}

const AgentName = ({ id }: { id: number | null }) => useLiveItem("agents", id)?.name ?? "–";

const colours: Partial<Record<CallState, string>> = {
  ringing: "geekblue",
  waiting: "red",
  connecting: "cyan",
  talking: "blue",
  "wrap-up": "purple",
};

/** Every open call, the oldest first. */
export function CallTable({ calls, campaignNames }: Props) {
  const { t } = useTranslation();
  const columns: TableProps<LiveCall>["columns"] = [
    {
      title: t("floor.callState"),
      key: "state",
      render: (_, call) => (
        <Tag color={colours[call.state] ?? "default"} style={{ marginInlineEnd: 0 }}>
          {t(`floor.callStates.${call.state}`)}
        </Tag>
      ),
    },
    {
      title: t("floor.since"),
      key: "since",
      align: "right",
      render: (_, call) => <TimeSince at={call.since} />,
    },
    {
      title: t("floor.customer"),
      key: "customer",
      render: (_, call) => (
        <Flex vertical>
          {call.name || "–"}
          <Typography.Text type="secondary" className="num" style={{ fontSize: 12 }}>
            {formatPhone(call.phone)}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("floor.campaign"),
      key: "campaign",
      render: (_, call) => (call.campaignId === null ? "–" : (campaignNames[call.campaignId] ?? "–")),
    },
    {
      title: t("floor.agent"),
      key: "agent",
      render: (_, call) => <AgentName id={call.agentId} />,
    },
  ];
  return (
    <Card
      title={t("floor.callsTitle", { count: calls.length })}
      styles={{ header: { borderBottom: "none" }, body: { padding: "0 12px 8px" } }}
    >
      <Table
        rowKey="callId"
        columns={columns}
        dataSource={calls}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: "max-content" }}
        size="small"
        locale={{ emptyText: <EmptyState text={t("floor.noCalls")} /> }}
      />
    </Card>
  );
}
