import { CheckCircleFilled, SoundOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Select, theme, Typography } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LevelBar } from "../../features/desk/level-bar.tsx";
import { type DeviceChoice, readDeviceChoice, writeDeviceChoice } from "../../phone/devices.ts";
import { playBack, playTestTone } from "../../phone/speaker.ts";
import { useMicrophoneCheck } from "./use-microphone-check.ts";

/** A voice at arm's length is about -30 dBFS; a room without one below -50. */
const heardDb = -45;
const playBackMs = 3000;

/** Finds out before the first customer does: permission, device, level, loudspeaker. */
export function DeviceCheck({ onWorks }: { onWorks: (works: boolean) => void }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const [choice, setChoice] = useState(readDeviceChoice);
  const { stream, problem, devices, again } = useMicrophoneCheck(choice.microphone);
  const [heard, setHeard] = useState(false);
  const onLevel = useCallback((db: number) => db > heardDb && setHeard(true), []);
  const works = stream !== null;
  useEffect(() => onWorks(works), [onWorks, works]);
  const choose = (change: Partial<DeviceChoice>) => {
    const next = { ...choice, ...change };
    writeDeviceChoice(next);
    setChoice(next);
  };
  if (problem) {
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t(`desk.microphone.${problem}.title`)}
        description={t(`desk.microphone.${problem}.help`)}
        action={<Button onClick={again}>{t("common.tryAgain")}</Button>}
      />
    );
  }
  if (!stream) return <Alert type="info" showIcon title={t("desk.check.asking")} />;
  return (
    <Flex vertical gap={14}>
      <DeviceSelect
        label={t("desk.check.microphone")}
        value={choice.microphone}
        options={devices.microphones}
        onChange={(microphone) => choose({ microphone })}
      />
      <Flex align="center" gap={10}>
        <LevelBar stream={stream} label={t("desk.check.level")} width="100%" onLevel={onLevel} />
        <Typography.Text
          role="status"
          style={{ whiteSpace: "nowrap", color: heard ? token.colorSuccess : token.colorTextSecondary }}
        >
          {heard && <CheckCircleFilled />} {t(heard ? "desk.check.heard" : "desk.check.speak")}
        </Typography.Text>
      </Flex>
      <DeviceSelect
        label={t("desk.check.speaker")}
        value={choice.speaker}
        options={devices.speakers}
        onChange={(speaker) => choose({ speaker })}
      />
      <Flex gap={8} wrap>
        <ActionButton label={t("desk.check.tone")} act={() => playTestTone(choice.speaker)} />
        <ActionButton
          label={t("desk.check.playBack")}
          act={() => playBack(stream, playBackMs, choice.speaker)}
        />
      </Flex>
    </Flex>
  );
}

function ActionButton({ label, act }: { label: string; act: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      await act();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<SoundOutlined />} loading={busy} onClick={() => void press()}>
      {label}
    </Button>
  );
}

interface SelectProps {
  label: string;
  value: string | null;
  options: { id: string; label: string }[];
  onChange: (id: string | null) => void;
}

function DeviceSelect({ label, value, options, onChange }: SelectProps) {
  const { t } = useTranslation();
  const known = options.some((option) => option.id === value);
  return (
    <label>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <Select
        style={{ width: "100%" }}
        aria-label={label}
        value={known && value ? value : ""}
        onChange={(id) => onChange(id || null)}
        options={[
          { value: "", label: t("desk.check.systemDefault") },
          ...options
            .filter((option) => option.id !== "default")
            .map((option, index) => ({
              value: option.id,
              label: option.label || `${label} ${index + 1}`,
            })),
        ]}
      />
    </label>
  );
}
