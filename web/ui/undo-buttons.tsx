import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Space } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Back and forth in what was drawn (`useHistory`), and what else belongs beside it. */
export function UndoButtons({
  history,
  children,
}: {
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void };
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Space.Compact>
      <Button
        icon={<UndoOutlined />}
        aria-label={t("scripts.undo")}
        title={t("scripts.undo")}
        disabled={!history.canUndo}
        onClick={history.undo}
      />
      <Button
        icon={<RedoOutlined />}
        aria-label={t("scripts.redo")}
        title={t("scripts.redo")}
        disabled={!history.canRedo}
        onClick={history.redo}
      />
      {children}
    </Space.Compact>
  );
}
