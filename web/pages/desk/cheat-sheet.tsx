import { Checkbox, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { singleKeysOn, singleKeysSetting } from "../../features/desk/use-keys.ts";
import { writeSetting } from "../../lib/storage.ts";

const sheet: [keys: string[], word: string][] = [
  [["R"], "ready"],
  [["P"], "pause"],
  [["Q"], "doNotDisturb"],
  [["/"], "dial"],
  [["Enter"], "previewDial"],
  [["S"], "skip"],
  [["M"], "mute"],
  [["H"], "hold"],
  [["E"], "hangUp"],
  [["F"], "send"],
  [["K"], "park"],
  [["D"], "complete"],
  [["X"], "cancelConsult"],
  [["W"], "swap"],
  [["J"], "merge"],
  [["L"], "leave"],
  [["Y"], "accept"],
  [["C"], "mask"],
  [["I"], "momentNote"],
  [["A"], "machine"],
  [["T"], "scriptOrSummary"],
  [["1", "–", "9"], "answer"],
  [["↑", "↓"], "question"],
  [["Enter"], "scriptNext"],
  [["⌫"], "scriptBack"],
  [["1", "–", "9"], "disposition"],
  [["0"], "dispositionUp"],
  [["Q"], "findDisposition"],
  [["N"], "note"],
  [["Ctrl", "Enter"], "saveAndReady"],
  [["Ctrl", "Shift", "Enter"], "saveAndPause"],
  [["?"], "help"],
];

/** Every shortcut of the desk. */
export function CheatSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t("desk.keys.title")}
      footer={null}
      width={460}
      destroyOnHidden
    >
      <dl className="desk-keys">
        {sheet.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`desk.keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        checked={single}
        onChange={(event) => {
          writeSetting(singleKeysSetting, event.target.checked ? "on" : "off");
          setSingle(event.target.checked);
        }}
      >
        {t("desk.keys.single")}
      </Checkbox>
    </Modal>
  );
}
