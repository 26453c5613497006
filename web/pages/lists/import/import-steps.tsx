import { Card, Steps } from "antd";
import { useTranslation } from "react-i18next";

export function ImportSteps({ current }: { current: 0 | 1 | 2 }) {
  const { t } = useTranslation();
  return (
    <Card styles={{ body: { paddingBlock: 16 } }}>
      <Steps
        size="small"
        current={current}
        items={[
          { title: t("imports.step.file") },
          { title: t("imports.step.columns") },
          { title: t("imports.step.result") },
        ]}
      />
    </Card>
  );
}
