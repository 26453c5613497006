import { Alert, Button, Card, Flex, Table, theme, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CampaignFunnel, FunnelReason } from "../../../shared/campaigns.ts";
import { formatInstant, formatNumber, formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Loaded } from "../../ui/states.tsx";
import { useFunnel } from "./campaign-api.ts";
import { FunnelLeads } from "./funnel-leads.tsx";

const good = new Set<FunnelReason>(["dialable", "claimed"]);
const over = new Set<FunnelReason>(["done", "exhausted", "excluded", "invalid-number"]);

function Bars({ funnel, onOpen }: { funnel: CampaignFunnel; onOpen: (reason: FunnelReason) => void }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const colourOf = (reason: FunnelReason) => {
    if (good.has(reason)) return token.colorSuccess;
    return over.has(reason) ? token.colorTextQuaternary : token.colorWarning;
  };
  return (
    <Flex vertical gap={12}>
      {funnel.reasons
        .filter(({ leads }) => leads > 0)
        .map(({ reason, leads, low, high, exact }) => (
          <div key={reason}>
            <Flex justify="space-between" gap={16}>
              <Button
                type="link"
                style={{ padding: 0, height: "auto" }}
                title={t("funnel.open")}
                onClick={() => onOpen(reason)}
              >
                {t(`funnel.${reason}.label`)}
              </Button>
              <span className="num">
                {!exact && `${t("funnel.about")} `}
                {formatNumber(leads)}{" "}
                {!exact && (
                  <Typography.Text type="secondary">
                    ({t("funnel.between", { low: formatNumber(low), high: formatNumber(high) })}){" "}
                  </Typography.Text>
                )}
                <Typography.Text type="secondary">{formatShare(leads, funnel.total)}</Typography.Text>
              </span>
            </Flex>
            <div
              style={{ height: 6, borderRadius: 3, background: token.colorFillSecondary, margin: "4px 0" }}
            >
              <div
                style={{
                  height: "100%",
                  borderRadius: 3,
                  minWidth: 3,
                  width: `${(leads / funnel.total) * 100}%`,
                  background: colourOf(reason),
                }}
              />
            </div>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {t(`funnel.${reason}.help`)}
            </Typography.Text>
          </div>
        ))}
      {funnel.reasons.some(({ exact, leads }) => !exact && leads > 0) && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t("funnel.sampled")}
        </Typography.Text>
      )}
    </Flex>
  );
}

function Zones({ funnel }: { funnel: CampaignFunnel }) {
  const { t } = useTranslation();
  return (
    <Table
      size="small"
      className="num"
      pagination={false}
      rowKey="timeZone"
      dataSource={funnel.zones}
      scroll={{ x: "max-content" }}
      columns={[
        { title: t("campaigns.zone"), dataIndex: "timeZone" },
        {
          title: t("campaigns.leadsReady"),
          align: "right",
          render: (_, zone) => formatNumber(zone.ready),
        },
        {
          title: t("campaigns.mayBeCalled"),
          render: (_, zone) =>
            zone.callable
              ? t("campaigns.now")
              : zone.opensAt
                ? t("campaigns.from", { at: formatInstant(zone.opensAt) })
                : t("campaigns.never"),
        },
      ]}
    />
  );
}

/** Why isn't this dialling? Each lead of the campaign counts once. */
export function Funnel({ campaignId }: { campaignId: number }) {
  const { t } = useTranslation();
  const query = useFunnel(campaignId);
  const mayOpen = useCan("leads.see");
  const [opened, setOpened] = useState<FunnelReason | null>(null);
  return (
    <Card title={t("funnel.title")} style={{ height: "100%" }}>
      <Loaded query={query}>
        {(funnel) => (
          <Flex vertical gap={20}>
            {funnel.problems.map((problem) => (
              <Alert key={problem} type="warning" showIcon title={t(`campaigns.problem.${problem}`)} />
            ))}
            {funnel.total === 0 ? (
              <Typography.Text type="secondary">{t("funnel.none")}</Typography.Text>
            ) : (
              <Bars funnel={funnel} onOpen={setOpened} />
            )}
            {funnel.nextDueAt && (
              <Typography.Text>
                {t("funnel.nextDue", { at: formatInstant(funnel.nextDueAt) })}
              </Typography.Text>
            )}
            {funnel.zones.length > 0 && <Zones funnel={funnel} />}
          </Flex>
        )}
      </Loaded>
      {opened && mayOpen && (
        <FunnelLeads campaignId={campaignId} reason={opened} onClose={() => setOpened(null)} />
      )}
    </Card>
  );
}
