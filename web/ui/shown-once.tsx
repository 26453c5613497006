import { Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  /** What it is for, and that it is not shown again. */
  help: string;
  value: string;
  testId?: string;
  onClose: () => void;
}

/** A secret that was just made: to be copied now or never. */
export function ShownOnce({ title, help, value, testId, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      okText={t("common.close")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ style: { display: "none" } }}
    >
      <Typography.Paragraph>{help}</Typography.Paragraph>
      <Typography.Paragraph code copyable style={{ wordBreak: "break-all" }} data-testid={testId}>
        {value}
      </Typography.Paragraph>
    </Modal>
  );
}
