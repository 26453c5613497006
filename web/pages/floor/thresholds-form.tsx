import { Button, Flex, InputNumber, Modal, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { alarmKinds, type FloorPreferences, thresholds as schema } from "../../../shared/floor.ts";
import { playAlarm } from "./alarm-sound.ts";

interface Props {
  open: boolean;
  preferences: FloorPreferences;
  onChange: (change: Partial<FloorPreferences>) => void;
  onClose: () => void;
}

/** After how many seconds each state is an alarm, and whether it sounds. */
export function ThresholdsForm({ open, preferences, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(preferences.thresholds);
  const save = () => {
    onChange({ thresholds: schema.parse(draft) });
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t("floor.thresholds.title")}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      onOk={save}
      onCancel={onClose}
      afterOpenChange={(shown) => shown && setDraft(preferences.thresholds)}
    >
      <Flex vertical gap={8}>
        {alarmKinds.map((kind) => {
          const { on, seconds } = draft[kind];
          const name = t(`floor.alarm.${kind}`);
          return (
            <Flex key={kind} gap={12} align="center" wrap>
              <Switch
                checked={on}
                aria-label={name}
                onChange={(next) => setDraft({ ...draft, [kind]: { on: next, seconds } })}
              />
              <span style={{ flex: "1 1 150px" }}>{name}</span>
              <InputNumber<number>
                min={5}
                max={86_400}
                precision={0}
                value={seconds}
                disabled={!on}
                aria-label={t("floor.thresholds.seconds", { name })}
                suffix={t("floor.thresholds.unit")}
                style={{ width: 130 }}
                onChange={(next) => setDraft({ ...draft, [kind]: { on, seconds: next ?? seconds } })}
              />
            </Flex>
          );
        })}
        <Flex gap={12} align="center" style={{ marginTop: 8 }}>
          <Switch
            checked={preferences.sound}
            aria-label={t("floor.thresholds.sound")}
            onChange={(sound) => onChange({ sound })}
          />
          <span style={{ flex: 1 }}>{t("floor.thresholds.sound")}</span>
          <Button size="small" onClick={playAlarm}>
            {t("floor.thresholds.try")}
          </Button>
        </Flex>
      </Flex>
    </Modal>
  );
}
