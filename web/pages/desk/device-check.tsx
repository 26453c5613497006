import { CheckCircleFilled, SoundOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, theme, Typography } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LevelBar } from "../../features/desk/level-bar.tsx";
import { type DeviceChoice, readDeviceChoice, writeDeviceChoice } from "../../phone/devices.ts";
import { playBack, playRing, playTestTone } from "../../phone/test-sounds.ts";
import { DeviceSelect } from "./device-select.tsx";
import { useMicrophoneCheck } from "./use-microphone-check.ts";

/** A voice at arm's length is about -30 dBFS; a room without one below -50. */
const heardDb = -45;
const playBackMs = 3000;

interface Props {
  onWorks?: (works: boolean) => void;
  /** The choice is another, and kept. */
  onChoice?: () => void;
}

/** Finds out before the first customer does: permission, device, level, loudspeaker, and how one sounds. */
export function DeviceCheck({ onWorks, onChoice }: Props) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(readDeviceChoice);
  const { stream, problem, devices, again } = useMicrophoneCheck(choice.microphone);
  const works = stream !== null;
  useEffect(() => onWorks?.(works), [onWorks, works]);
  const choose = (change: Partial<DeviceChoice>) => {
    const next = { ...choice, ...change };
    writeDeviceChoice(next);
    setChoice(next);
    onChoice?.();
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
      <MicrophoneLevel stream={stream} />
      <DeviceSelect
        label={t("desk.check.speaker")}
        value={choice.speaker}
        options={devices.speakers}
        onChange={(speaker) => choose({ speaker })}
      />
      <SpeakerTests microphone={stream} speaker={choice.speaker} />
      <DeviceSelect
        label={t("desk.check.ringer")}
        value={choice.ringer}
        options={devices.speakers}
        onChange={(ringer) => {
          choose({ ringer });
          void playRing(ringer);
        }}
      />
    </Flex>
  );
}

function MicrophoneLevel({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const [heard, setHeard] = useState(false);
  const onLevel = useCallback((db: number) => db > heardDb && setHeard(true), []);
  return (
    <Flex align="center" gap={10}>
      <LevelBar stream={stream} label={t("desk.check.level")} width="100%" onLevel={onLevel} />
      <Typography.Text
        role="status"
        style={{ whiteSpace: "nowrap", color: heard ? token.colorSuccess : token.colorTextSecondary }}
      >
        {heard && <CheckCircleFilled />} {t(heard ? "desk.check.heard" : "desk.check.speak")}
      </Typography.Text>
    </Flex>
  );
}

type Test = "tone" | "recording" | "playing";

/** A tone, and the agent's own voice three seconds later; the bar shows what the loudspeaker is given. */
function SpeakerTests({ microphone, speaker }: { microphone: MediaStream; speaker: string | null }) {
  const { t } = useTranslation();
  const [test, setTest] = useState<Test>();
  const [output, setOutput] = useState<MediaStream | null>(null);
  const run = async (first: Test, act: (playing: (stream: MediaStream | null) => void) => Promise<void>) => {
    setTest(first);
    try {
      await act((stream) => {
        setOutput(stream);
        if (stream && first === "recording") setTest("playing");
      });
    } finally {
      setOutput(null);
      setTest(undefined);
    }
  };
  return (
    <>
      <LevelBar stream={output} label={t("desk.check.output")} width="100%" />
      <Flex gap={8} wrap align="center">
        <Button
          icon={<SoundOutlined />}
          loading={test === "tone"}
          disabled={test !== undefined}
          onClick={() => void run("tone", (playing) => playTestTone(speaker, playing))}
        >
          {t("desk.check.tone")}
        </Button>
        <Button
          icon={<SoundOutlined />}
          loading={test === "recording" || test === "playing"}
          disabled={test !== undefined}
          onClick={() =>
            void run("recording", (playing) => playBack(microphone, playBackMs, speaker, playing))
          }
        >
          {t("desk.check.playBack")}
        </Button>
        <Typography.Text type="secondary" role="status">
          {test && test !== "tone" && t(`desk.check.${test}`)}
        </Typography.Text>
      </Flex>
    </>
  );
}
