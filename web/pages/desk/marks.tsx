import { Typography } from "antd";
import { useTranslation } from "react-i18next";

export function Required() {
  const { t } = useTranslation();
  return (
    <Typography.Text type="danger" aria-label={t("desk.required")}>
      *
    </Typography.Text>
  );
}

export function Problem({ text }: { text: string }) {
  return (
    <Typography.Text type="danger" role="alert" style={{ display: "block" }}>
      {text}
    </Typography.Text>
  );
}
