import { Alert, Card, Flex, Table, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CampaignFunnel, FunnelReason } from "../../../shared/campaigns.ts";
import { formatInstant, formatNumber, formatShare } from "../../lib/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { useFunnel } from "./campaign-api.ts";

const good = new Set<FunnelReason>(["dialable", "claimed"]);
const over = new Set<FunnelReason>(["done", "excluded"]);

function Bars({ funnel }: { funnel: CampaignFunnel }) {
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
        .map(({ reason, leads }) => (
          <div key={reason}>
            <Flex justify="space-between" gap={16}>
              <span>{t(`funnel.${reason}.label`)}</span>
              <span className="num">
                {formatNumber(leads)}{" "}
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
              <Bars funnel={funnel} />
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
    </Card>
  );
}
