import { Alert, Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveCampaign } from "../../../shared/live.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { useToday } from "../../lib/use-today.ts";
import { dayStart } from "../../lib/zone.ts";
import { limitSentence } from "../floor/limit-sentence.ts";
import { Figure } from "../../ui/figure.tsx";

/** What the campaign does now, by push, and what holds it back. */
export function LivePanel({ campaignId, live }: { campaignId: number; live: LiveCampaign | undefined }) {
  const { t } = useTranslation();
  const today = dayStart(useToday());
  if (!live) return null;
  const calls = `/calls?campaignId=${campaignId}&from=${encodeURIComponent(today)}`;
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
        <Figure label={t("campaigns.callsToday")} value={formatNumber(live.callsToday)} to={calls} />
        <Figure
          label={t("campaigns.connectedToday")}
          value={formatNumber(live.connectedToday)}
          detail={formatShare(live.connectedToday, live.callsToday)}
          to={`${calls}&counted=connected`}
        />
        <Figure
          label={t("campaigns.abandonedToday")}
          value={formatNumber(live.abandonedToday)}
          to={`${calls}&counted=abandoned`}
          tone={live.abandonedToday > 0 ? "bad" : "default"}
        />
        <Figure label={t("campaigns.leadsReady")} value={formatNumber(live.leadsReady)} />
      </Flex>
    </Card>
  );
}
