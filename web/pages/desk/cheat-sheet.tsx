import { Checkbox, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shortcutGroups, type ShortcutName, shortcuts } from "../../features/desk/shortcuts.ts";
import { singleKeysOn, singleKeysSetting } from "../../features/desk/use-keys.ts";
import { writeSetting } from "../../lib/storage.ts";

type Entry = [ShortcutName, (typeof shortcuts)[ShortcutName]];
const sheet = Object.entries(shortcuts) as Entry[];

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
      width={760}
      destroyOnHidden
    >
      {shortcutGroups.map((group) => (
        <section key={group} className="desk-keys" aria-labelledby={`desk-keys-${group}`}>
          <h3 className="desk-heading" id={`desk-keys-${group}`}>
            {t(`desk.keyGroup.${group}`)}
          </h3>
          <dl>
            {sheet
              .filter(([, shortcut]) => shortcut.group === group)
              .map(([name, { keys }]) => (
                <div key={name}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`desk.keys.${name}`)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
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
