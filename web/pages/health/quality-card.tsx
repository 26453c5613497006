import { Card, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type HealthCheck, trunkQuality } from "../../../shared/health.ts";

/** How the calls of the last hour sounded, trunk by trunk. */
export function QualityCard({ checks }: { checks: readonly HealthCheck[] }) {
  const { t } = useTranslation();
  const detail = checks.find(({ name }) => name === "quality")?.detail["trunks"];
  const trunks = trunkQuality.array().safeParse(detail);
  if (!trunks.success || trunks.data.length === 0) return null;
  return (
    <Card size="small" title={t("health.sound.title")}>
      <Typography.Paragraph type="secondary">{t("quality.mosHelp")}</Typography.Paragraph>
      <Table
        size="small"
        className="num"
        pagination={false}
        rowKey="trunkId"
        dataSource={trunks.data}
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: t("calls.trunk"),
            render: (_, trunk) => <Link to={`/trunks/${trunk.trunkId}`}>{trunk.name}</Link>,
          },
          { title: t("health.sound.calls"), align: "right", dataIndex: "calls" },
          { title: t("quality.column.mos"), align: "right", render: (_, trunk) => trunk.mos.toFixed(2) },
          {
            title: t("quality.column.loss"),
            align: "right",
            render: (_, trunk) => `${trunk.lossPercent.toFixed(2)} %`,
          },
          { title: t("health.sound.oneWay"), align: "right", dataIndex: "oneWay" },
        ]}
      />
    </Card>
  );
}
