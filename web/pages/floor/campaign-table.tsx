import { Badge, Card, Flex, Table, type TableProps, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LiveCampaign } from "../../../shared/live.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { limitSentence } from "./limit-sentence.ts";

const figure = (value: number) => <span className="num">{formatNumber(value)}</span>;

/** Each campaign in one line, and in words what holds its dialler back now. */
export function CampaignTable({ campaigns }: { campaigns: LiveCampaign[] }) {
  const { t } = useTranslation();
  const columns: TableProps<LiveCampaign>["columns"] = [
    {
      title: t("floor.campaign"),
      key: "name",
      render: (_, campaign) => (
        <Flex vertical gap={2}>
          <Flex gap={8} align="center" wrap>
            <Link to={`/campaigns/${campaign.campaignId}`}>{campaign.name}</Link>
            <Tag style={{ marginInlineEnd: 0 }}>{t(`desk.mode.${campaign.mode}`)}</Tag>
          </Flex>
          <Badge
            status={
              campaign.status === "running"
                ? campaign.limit === "running"
                  ? "processing"
                  : "warning"
                : "default"
            }
            text={<Typography.Text type="secondary">{limitSentence(campaign)}</Typography.Text>}
          />
        </Flex>
      ),
    },
    {
      title: t("floor.agents"),
      key: "agents",
      render: (_, c) => (
        <span className="num">
          {t("floor.agentFigures", { ready: c.agentsReady, busy: c.agentsBusy, paused: c.agentsPaused })}
        </span>
      ),
    },
    {
      title: t("floor.lines"),
      key: "lines",
      render: (_, c) => (
        <span className="num">
          {t("floor.lineFigures", { ringing: c.linesRinging, talking: c.linesTalking })}
        </span>
      ),
    },
    { title: t("floor.callsToday"), key: "calls", align: "right", render: (_, c) => figure(c.callsToday) },
    {
      title: t("floor.connectedToday"),
      key: "connected",
      align: "right",
      render: (_, c) => (
        <span className="num">
          {formatNumber(c.connectedToday)}{" "}
          <Typography.Text type="secondary">{formatShare(c.connectedToday, c.callsToday)}</Typography.Text>
        </span>
      ),
    },
    {
      title: t("floor.abandonedToday"),
      key: "abandoned",
      align: "right",
      render: (_, c) => (
        <Typography.Text className="num" {...(c.abandonedToday > 0 ? { type: "danger" as const } : {})}>
          {formatNumber(c.abandonedToday)}
        </Typography.Text>
      ),
    },
    { title: t("floor.leadsReady"), key: "leads", align: "right", render: (_, c) => figure(c.leadsReady) },
  ];
  return (
    <Card
      title={t("floor.campaigns")}
      styles={{ header: { borderBottom: "none" }, body: { padding: "0 12px 8px" } }}
    >
      <Table
        rowKey="campaignId"
        columns={columns}
        dataSource={campaigns}
        pagination={false}
        scroll={{ x: "max-content" }}
        size="small"
        locale={{ emptyText: <EmptyState text={t("floor.noCampaigns")} /> }}
      />
    </Card>
  );
}
