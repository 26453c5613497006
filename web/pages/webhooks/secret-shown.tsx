import { Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** The secret that signs, shown this once. */
export function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("webhooks.secret")}
      okText={t("common.close")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ style: { display: "none" } }}
    >
      <Typography.Paragraph>{t("webhooks.secretOnce")}</Typography.Paragraph>
      <Typography.Paragraph code copyable style={{ wordBreak: "break-all" }}>
        {secret}
      </Typography.Paragraph>
    </Modal>
  );
}
