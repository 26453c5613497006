import { Alert, Card, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveCampaign } from "../../../shared/live.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { dayOf, dayStart } from "../../lib/zone.ts";
import { limitSentence } from "../floor/limit-sentence.ts";
import { Figure } from "../../ui/figure.tsx";

/** What the campaign does now, by push, and what holds it back. */
export function LivePanel({ campaignId, live }: { campaignId: number; live: LiveCampaign | undefined }) {
  const { t } = useTranslation();
  const [start] = useState(() => dayStart(dayOf(new Date())));
  if (!live) return null;
  const today = `/calls?campaignId=${campaignId}&from=${encodeURIComponent(start)}`;
  return (
    <Card title={t("campaigns.now")}>
      {live.status === "running" && live.limit !== "running" && (
        <Alert type="warning" showIcon style={{ marginBottom: 20 }} title={limitSentence(live)} />
      )}
      <Flex wrap gap="20px 40px">
        <Figure label={t("campaigns.agentsReady")} value={live.agentsReady} />
        <Figure label={t("campaigns.agentsBusy")} value={live.agentsBusy} />
        <Figure label={t("campaigns.agentsPaused")} value={live.agentsPaused} />
        <Figure label={t("campaigns.linesRinging")} value={live.linesRinging} />
        <Figure label={t("campaigns.linesTalking")} value={live.linesTalking} tone="good" />
        <Figure label={t("campaigns.callsToday")} value={formatNumber(live.callsToday)} to={today} />
        <Figure
          label={t("campaigns.connectedToday")}
          value={formatNumber(live.connectedToday)}
          detail={formatShare(live.connectedToday, live.callsToday)}
          to={`${today}&counted=connected`}
        />
        <Figure
          label={t("campaigns.abandonedToday")}
          value={formatNumber(live.abandonedToday)}
          to={`${today}&counted=abandoned`}
          tone={live.abandonedToday > 0 ? "bad" : "default"}
        />
        <Figure label={t("campaigns.leadsReady")} value={formatNumber(live.leadsReady)} />
      </Flex>
    </Card>
  );
}
