import { Button, Flex, theme } from "antd";
import { useTranslation } from "react-i18next";

/** Stays at the bottom of a long form. */
export function SaveBar({ busy, onCancel, label }: { busy: boolean; onCancel: () => void; label?: string }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  return (
    <Flex
      gap={8}
      justify="flex-end"
      style={{
        position: "sticky",
        bottom: 0,
        zIndex: 5,
        padding: "12px 0",
        background: token.colorBgLayout,
        borderTop: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      <Button onClick={onCancel}>{t("common.cancel")}</Button>
      <Button type="primary" htmlType="submit" loading={busy}>
        {label ?? t("common.save")}
      </Button>
    </Flex>
  );
}
