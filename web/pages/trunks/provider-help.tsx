import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const questions = ["address", "auth", "numbers", "callerId", "codecs", "limits", "inbound"] as const;

/** What a person has to ask the telephone company before a trunk can be entered. */
export function ProviderHelp() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<QuestionCircleOutlined />} onClick={() => setOpen(true)}>
        {t("trunks.ask.title")}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t("trunks.ask.title")}
        footer={<Button onClick={() => setOpen(false)}>{t("common.close")}</Button>}
      >
        <Typography.Paragraph>{t("trunks.ask.intro")}</Typography.Paragraph>
        <ol style={{ paddingInlineStart: 20, display: "grid", gap: 8 }}>
          {questions.map((name) => (
            <li key={name}>{t(`trunks.ask.${name}`)}</li>
          ))}
        </ol>
      </Modal>
    </>
  );
}
