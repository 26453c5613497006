import { AudioOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Typography, Upload } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoxRow } from "../../../shared/voicemail.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatDuration } from "../../lib/format.ts";
import { SoundButton } from "../../ui/sound-button.tsx";
import { useAct } from "../../ui/use-act.ts";
import { type MicrophoneRecording, recordMicrophone } from "./record-wav.ts";
import { greetingPath, removeGreeting, uploadGreeting, voicemailKey } from "./voicemail-api.ts";

/** What callers hear before the tone: recorded here, a file, or the one that comes with the system. */
export function GreetingField({ box }: { box: BoxRow }) {
  const { t } = useTranslation();
  const recording = useRef<MicrophoneRecording>(null);
  const [records, setRecords] = useState(false);
  useEffect(() => () => recording.current?.cancel(), []);
  const stale = [voicemailKey];
  const save = useAct((file: File) => uploadGreeting({ boxId: box.id, file }), {
    stale,
    said: t("common.saved"),
  });
  const remove = useAct(() => removeGreeting(box.id), { stale });
  const begin = useAct(recordMicrophone, {
    onDone: (started) => {
      recording.current = started;
      setRecords(true);
    },
  });
  const end = useAct(async () => {
    setRecords(false);
    const file = await recording.current!.stop();
    await save.mutateAsync(file);
  });
  return (
    <Form.Item label={t("voicemail.greeting")} extra={t("voicemail.greetingHelp")}>
      <Flex gap={8} wrap align="center">
        {box.greetingMs === null ? (
          <Typography.Text type="secondary">{t("sounds.builtIn")}</Typography.Text>
        ) : (
          <>
            <SoundButton
              key={box.greetingMs}
              url={apiUrl(greetingPath(box.id), { of: box.greetingMs })}
              label={t("sounds.listen")}
            />
            {formatDuration(box.greetingMs)}
          </>
        )}
        <Button
          icon={<AudioOutlined />}
          danger={records}
          loading={begin.isPending || end.isPending}
          onClick={() => (records ? end : begin).mutate(undefined)}
        >
          {t(records ? "voicemail.stop" : "voicemail.record")}
        </Button>
        <Upload
          accept=".wav,audio/wav"
          showUploadList={false}
          beforeUpload={(file) => {
            save.mutate(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={save.isPending}>
            {t("sounds.upload")}
          </Button>
        </Upload>
        {box.greetingMs !== null && (
          <Button loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t("voicemail.useBuiltIn")}
          </Button>
        )}
      </Flex>
    </Form.Item>
  );
}
