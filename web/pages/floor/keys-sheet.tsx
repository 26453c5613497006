import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { actKeys, type FloorAct, keyOf } from "./floor-keys.ts";

const others = [
  ["↑ ↓", "moveMark"],
  ["Space", "select"],
  ["A", "selectAll"],
  ["Q", "clear"],
  ["X", "leave"],
  ["V", "view"],
  ["/", "search"],
  ["?", "help"],
] as const;

/** Every shortcut of the floor. */
export function KeysSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t("floor.keys.title")}
      footer={null}
      width={420}
      destroyOnHidden
    >
      <dl className="floor-keys">
        {(Object.keys(actKeys) as FloorAct[]).map((act) => (
          <div key={act}>
            <dt>
              <kbd>{keyOf(act)}</kbd>
            </dt>
            <dd>{t(`control.act.${act}`)}</dd>
          </div>
        ))}
        {others.map(([key, word]) => (
          <div key={word}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`floor.keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
