import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined } from "@ant-design/icons";
import { Alert, Flex, theme, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { TrunkTestResult } from "../../../shared/trunks.ts";

type Result = Omit<TrunkTestResult, "id">;
const severities = { good: "success", "not-answered": "warning", "no-audio-in": "error" } as const;

const sentences = (detail: Record<string, unknown>) =>
  Object.entries(detail)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(" · ");

/** The verdict in words, and each step that led to it. */
export function TestVerdict({ result }: { result: Result }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const icons = {
    ok: <CheckCircleFilled style={{ color: token.colorSuccess }} />,
    failed: <CloseCircleFilled style={{ color: token.colorError }} />,
    skipped: <MinusCircleOutlined style={{ color: token.colorTextTertiary }} />,
  };
  const severity = severities[result.verdict as keyof typeof severities] ?? "error";
  return (
    <Flex vertical gap={16} role="status">
      <Alert
        type={severity}
        showIcon
        title={t(`trunks.test.verdict.${result.verdict}.title`)}
        description={t(`trunks.test.verdict.${result.verdict}.help`)}
      />
      <Flex vertical component="ol" gap={10} style={{ listStyle: "none", padding: 0, margin: 0 }}>
        {result.steps.map(({ step, state, detail }) => (
          <Flex key={step} component="li" gap={10} align="flex-start">
            <span style={{ fontSize: 16, lineHeight: "22px" }}>{icons[state]}</span>
            <div>
              <Typography.Text {...(state === "skipped" ? { type: "secondary" as const } : {})}>
                {t(`trunks.test.step.${step}.${state}`)}
              </Typography.Text>
              {Object.keys(detail).length > 0 && (
                <div>
                  <Typography.Text type="secondary" className="mono" style={{ fontSize: 12 }}>
                    {sentences(detail)}
                  </Typography.Text>
                </div>
              )}
            </div>
          </Flex>
        ))}
      </Flex>
    </Flex>
  );
}
