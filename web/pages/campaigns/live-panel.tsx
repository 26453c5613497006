import { Alert, Card, Col, Flex, Row, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LiveCampaign } from "../../../shared/live.ts";
import type { LiveDialler } from "../../../shared/live-dialler.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { useToday } from "../../lib/use-today.ts";
import { dayStart } from "../../lib/zone.ts";
import { Figure } from "../../ui/figure.tsx";
import { AbandonBudget } from "./abandon-budget.tsx";
import { diallerSentence } from "./dialler-sentence.ts";
import { ForecastChart } from "./forecast-chart.tsx";

const dayMs = 86_400_000;
/** As fast as it can be: nothing to do for anybody. */
const calm = new Set(["running", "chance", "learning"]);
const grave = new Set(["carrier-refuses", "carrier-silent", "trunk-down", "database-down"]);

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Flex vertical gap={10} style={{ minWidth: 0 }}>
      <Typography.Title level={5} style={{ margin: 0 }}>
        {title}
      </Typography.Title>
      {children}
    </Flex>
  );
}

/** The dialler at work, by push: agents, lines, forecast, abandons, and what holds it back. */
function Dialler({ panel, calls }: { panel: LiveDialler; calls: (days: number) => string }) {
  const { t } = useTranslation();
  const { agents, lines, limit } = panel;
  const floor = `/floor?campaign=${panel.campaignId}`;
  const type = grave.has(limit) ? "error" : calm.has(limit) ? "info" : "warning";
  return (
    <Flex vertical gap={20}>
      <Alert type={type} showIcon title={diallerSentence(panel)} />
      <Row gutter={[32, 24]}>
        <Col xs={24} lg={8}>
          <Flex vertical gap={18}>
            <Part title={t("dialler.agents")}>
              <Flex wrap gap="8px 24px">
                <Figure label={t("dialler.ready")} value={agents.ready} to={floor} />
                <Figure label={t("dialler.dialling")} value={agents.dialling} to={floor} />
                <Figure label={t("dialler.talking")} value={agents.talking} tone="good" to={floor} />
                <Figure label={t("dialler.wrapUp")} value={agents.wrapUp} to={floor} />
                <Figure label={t("dialler.paused")} value={agents.paused} to={floor} />
              </Flex>
            </Part>
            <Part title={t("dialler.lines")}>
              <Flex wrap gap="8px 24px">
                <Figure label={t("dialler.line.dialling")} value={lines.dialling} to={floor} />
                <Figure label={t("dialler.line.ringing")} value={lines.ringing} to={floor} />
                <Figure
                  label={t("dialler.line.waiting")}
                  value={lines.waiting}
                  tone={lines.waiting > 0 ? "bad" : "default"}
                  to={floor}
                />
                <Figure label={t("dialler.line.talking")} value={lines.talking} tone="good" to={floor} />
              </Flex>
            </Part>
          </Flex>
        </Col>
        <Col xs={24} lg={8}>
          <Part title={t("dialler.forecast")}>
            <ForecastChart panel={panel} />
          </Part>
        </Col>
        <Col xs={24} lg={8}>
          <Part title={t("dialler.budget")}>
            <AbandonBudget panel={panel} calls={calls} />
          </Part>
        </Col>
      </Row>
    </Flex>
  );
}

/** What the campaign does now, by push, and what holds it back. */
export function LivePanel({ campaignId, live }: { campaignId: number; live: LiveCampaign | undefined }) {
  const { t } = useTranslation();
  const panel = useLiveItem("dialler", campaignId);
  const today = dayStart(useToday());
  const callsOf = (days: number) => {
    const until = panel ? Date.parse(panel.at) : 0;
    const minute = Math.floor(until / 60_000) * 60_000;
    const from = days === 0 ? today : new Date(minute - days * dayMs).toISOString();
    return `/calls?campaignId=${campaignId}&from=${encodeURIComponent(from)}`;
  };
  if (!live) return null;
  const calls = callsOf(0);
  return (
    <Card title={t("campaigns.now")}>
      <Flex vertical gap={24}>
        {panel ? (
          <Dialler panel={panel} calls={callsOf} />
        ) : (
          <Typography.Text type="secondary">{t("dialler.idle")}</Typography.Text>
        )}
        <Flex wrap gap="16px 40px">
          <Figure label={t("campaigns.callsToday")} value={formatNumber(live.callsToday)} to={calls} />
          <Figure
            label={t("campaigns.connectedToday")}
            value={formatNumber(live.connectedToday)}
            detail={formatShare(live.connectedToday, live.callsToday)}
            to={`${calls}&counted=connected`}
          />
          {!panel && (
            <Figure
              label={t("campaigns.abandonedToday")}
              value={formatNumber(live.abandonedToday)}
              to={`${calls}&counted=abandoned`}
              tone={live.abandonedToday > 0 ? "bad" : "default"}
            />
          )}
          <Figure label={t("campaigns.leadsReady")} value={formatNumber(live.leadsReady)} />
        </Flex>
      </Flex>
    </Card>
  );
}
