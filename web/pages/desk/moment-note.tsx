import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";

/** A few words about this moment of the talk. */
export function MomentNote({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const [text, setText] = useState("");
  const save = async () => {
    if (text.trim() === "" || (await run("call/note", { text }))) onClose();
  };
  return (
    <Modal
      open
      title={t("control.note")}
      okText={t("control.keepNote")}
      cancelText={t("control.cancel")}
      onOk={() => void save()}
      onCancel={onClose}
      width={420}
    >
      <Input
        autoFocus
        value={text}
        maxLength={500}
        aria-label={t("control.note")}
        placeholder={t("control.noteHelp")}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => void save()}
      />
    </Modal>
  );
}
