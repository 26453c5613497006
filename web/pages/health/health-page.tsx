import { CheckCircleFilled, CloseCircleFilled, ReloadOutlined, WarningFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Col, Flex, Row, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { health, type HealthCheck } from "../../../shared/health.ts";
import { api } from "../../lib/api.ts";
import { formatDuration } from "../../lib/format.ts";
import { QualityCard } from "./quality-card.tsx";
import { BansCard } from "./bans-card.tsx";
import { CanaryCard } from "./canary-card.tsx";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";

const severities = { ok: "success", warning: "warning", failed: "error" } as const;

function Check({ check }: { check: HealthCheck }) {
  const { t, i18n } = useTranslation();
  const { token } = theme.useToken();
  const icons = {
    ok: <CheckCircleFilled style={{ color: token.colorSuccess }} />,
    warning: <WarningFilled style={{ color: token.colorWarning }} />,
    failed: <CloseCircleFilled style={{ color: token.colorError }} />,
  };
  const hint = `health.hint.${check.code}`;
  return (
    <Card size="small" style={{ height: "100%" }}>
      <Flex gap={12} align="flex-start">
        <span style={{ fontSize: 20, lineHeight: "26px" }}>{icons[check.state]}</span>
        <Flex vertical gap={2} style={{ minWidth: 0 }}>
          <Typography.Text strong>{t(`health.check.${check.name}`)}</Typography.Text>
          <span>{t(`health.${check.code}`, { ...check.detail, defaultValue: check.code })}</span>
          {check.state !== "ok" && i18n.exists(hint) && (
            <Typography.Text type={check.state === "failed" ? "danger" : "warning"}>
              {t(hint)}
            </Typography.Text>
          )}
        </Flex>
      </Flex>
    </Card>
  );
}

export function HealthPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["health"],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get("/health", health, {}, signal),
  });
  return (
    <Page
      title={t("navigation.health")}
      actions={
        <Button icon={<ReloadOutlined />} loading={query.isFetching} onClick={() => void query.refetch()}>
          {t("health.again")}
        </Button>
      }
    >
      <Loaded query={query}>
        {(loaded) => (
          <Flex vertical gap={16}>
            <Alert
              type={severities[loaded.state]}
              showIcon
              title={t(`health.overall.${loaded.state}`)}
              description={t("health.version", {
                version: loaded.version,
                uptime: formatDuration(loaded.uptimeSeconds * 1000),
              })}
            />
            <Row gutter={[12, 12]}>
              {loaded.checks.map((check) => (
                <Col key={check.name} xs={24} md={12} xl={8}>
                  <Check check={check} />
                </Col>
              ))}
            </Row>
            <QualityCard checks={loaded.checks} />
            <CanaryCard />
            <BansCard />
          </Flex>
        )}
      </Loaded>
    </Page>
  );
}
