import { Card, Flex, Table, type TableProps, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";
import { AgentStateTag } from "../../features/desk/agent-state-tag.tsx";
import { TimeSince } from "../../features/desk/timer.tsx";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { EmptyState } from "../../ui/states.tsx";

interface Props {
  agents: LiveAgent[];
  calls: Readonly<Record<string, LiveCall>>;
  campaigns: Readonly<Record<string, LiveCampaign>>;
}

/** Everybody who is signed in: state, since when, with whom. */
export function AgentTable({ agents, calls, campaigns }: Props) {
  const { t } = useTranslation();
  const { labelOf } = usePauseReasons();
  const columns: TableProps<LiveAgent>["columns"] = [
    {
      title: t("floor.agent"),
      key: "name",
      render: (_, agent) => (
        <Flex vertical>
          {agent.name}
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {agent.campaignIds
              .map((id) => campaigns[id]?.name)
              .filter(Boolean)
              .join(" · ")}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("floor.state"),
      key: "state",
      render: (_, agent) => (
        <AgentStateTag
          state={agent.state}
          reason={agent.state === "paused" ? labelOf(agent.pauseReasonId) : undefined}
        />
      ),
    },
    {
      title: t("floor.since"),
      key: "since",
      align: "right",
      render: (_, agent) => <TimeSince at={agent.since} />,
    },
    {
      title: t("floor.customer"),
      key: "call",
      render: (_, agent) => {
        const call = agent.callId === null ? undefined : calls[agent.callId];
        return call ? `${call.name} ${formatPhone(call.phone)}` : "–";
      },
    },
    {
      title: t("floor.endpoint"),
      key: "endpoint",
      render: (_, agent) => t(`desk.endpoint.${agent.endpoint}`),
    },
  ];
  return (
    <Card
      title={t("floor.agentsTitle", { count: agents.length })}
      styles={{ header: { borderBottom: "none" }, body: { padding: "0 12px 8px" } }}
    >
      <Table
        rowKey="userId"
        columns={columns}
        dataSource={agents}
        pagination={false}
        scroll={{ x: "max-content" }}
        size="small"
        locale={{ emptyText: <EmptyState text={t("floor.noAgents")} /> }}
      />
    </Card>
  );
}
