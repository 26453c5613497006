import { DownloadOutlined, PauseOutlined, CaretRightOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Segmented, Spin, theme, Typography } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import WaveSurfer from "wavesurfer.js";
import type { CallDetail } from "../../../shared/calls.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatBytes, formatDuration } from "../../lib/format.ts";
import { MomentList, MomentPins } from "./moment-marks.tsx";
import { momentsOf } from "./recording-moments.ts";

type Recording = CallDetail["recordings"][number];
const speeds = [0.75, 1, 1.25, 1.5, 2];

interface Playback {
  state: "loading" | "ready" | "failed";
  playing: boolean;
  atMs: number;
  lengthMs: number;
}

function useWaveform(url: string, colours: { customer: string; ours: string; cursor: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer>(null);
  const [playback, setPlayback] = useState<Playback>({
    state: "loading",
    playing: false,
    atMs: 0,
    lengthMs: 0,
  });
  const { customer, ours, cursor } = colours;
  useEffect(() => {
    if (!frame.current) return undefined;
    const patch = (change: Partial<Playback>) => setPlayback((before) => ({ ...before, ...change }));
    const made = WaveSurfer.create({
      container: frame.current,
      url,
      height: 64,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      cursorColor: cursor,
      normalize: true,
      splitChannels: [
        { waveColor: `${customer}88`, progressColor: customer },
        { waveColor: `${ours}88`, progressColor: ours },
      ],
    });
    wave.current = made;
    made.on("ready", (seconds) => patch({ state: "ready", lengthMs: seconds * 1000 }));
    made.on("timeupdate", (seconds) => patch({ atMs: seconds * 1000 }));
    made.on("play", () => patch({ playing: true }));
    made.on("pause", () => patch({ playing: false }));
    made.on("error", () => patch({ state: "failed" }));
    return () => {
      made.destroy();
      wave.current = null;
    };
  }, [url, customer, ours, cursor]);
  return { frame, wave, playback };
}

function Legend({ colour, text }: { colour: string; text: string }) {
  return (
    <Flex align="center" gap={6}>
      <span style={{ width: 10, height: 10, borderRadius: 2, background: colour }} />
      {text}
    </Flex>
  );
}

/** The recording as WAV, and as its archive once there is one. */
function Downloads({ recording, url }: { recording: Recording; url: string }) {
  const { t } = useTranslation();
  const formats = [
    { format: "wav", bytes: recording.bytes },
    ...(recording.archiveBytes === null ? [] : [{ format: "ogg", bytes: recording.archiveBytes }]),
  ];
  return formats.map(({ format, bytes }) => (
    <Button
      key={format}
      type="link"
      icon={<DownloadOutlined />}
      href={`${url}?format=${format}`}
      download={`${recording.id}.${format}`}
      aria-label={`${t("calls.download")} ${t(`calls.downloadAs.${format}`)}`}
    >
      {t(`calls.downloadAs.${format}`)} {formatBytes(bytes)}
    </Button>
  ));
}

/** Both channels of a recording, the customer above: played from any point, at any speed. Space plays and pauses. */
export function Player({ call, recording }: { call: CallDetail; recording: Recording }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const [speed, setSpeed] = useState(1);
  const url = apiUrl(`/recordings/${recording.id}/audio`);
  const { frame, wave, playback } = useWaveform(url, {
    customer: token.colorPrimary,
    ours: token.colorSuccess,
    cursor: token.colorText,
  });
  const { moments, masked } = momentsOf(call, recording);
  const jump = (atMs: number) => wave.current?.setTime(atMs / 1000);
  if (recording.state === "failed" || recording.state === "deleted")
    return (
      <Alert
        type="warning"
        showIcon
        title={t(`calls.recordingState.${recording.state}`)}
        description={recording.error}
      />
    );
  return (
    <Flex vertical gap={10}>
      <Flex gap={20} wrap>
        <Legend colour={token.colorPrimary} text={t("calls.channel.customer")} />
        <Legend colour={token.colorSuccess} text={t("calls.channel.ours")} />
        {recording.state === "recovered" && (
          <Typography.Text type="warning">{t("calls.recordingState.recovered")}</Typography.Text>
        )}
      </Flex>
      {playback.state === "failed" && <Alert type="error" showIcon title={t("calls.recordingUnplayable")} />}
      {playback.state === "loading" && <Spin />}
      <div style={{ position: "relative" }}>
        <div
          ref={frame}
          style={{ borderRadius: 8, overflow: "hidden", background: token.colorFillQuaternary }}
        />
        <MomentPins moments={moments} masked={masked} lengthMs={playback.lengthMs} onJump={jump} />
      </div>
      <MomentList moments={moments} onJump={jump} />
      <Flex wrap gap={12} align="center">
        <Button
          type="primary"
          shape="circle"
          size="large"
          disabled={playback.state !== "ready"}
          icon={playback.playing ? <PauseOutlined /> : <CaretRightOutlined />}
          aria-label={t(playback.playing ? "calls.pausePlayback" : "calls.play")}
          onClick={() => void wave.current?.playPause()}
        />
        <span className="num">
          {formatDuration(playback.atMs)} / {formatDuration(playback.lengthMs)}
        </span>
        <Segmented
          value={speed}
          aria-label={t("calls.speed")}
          options={speeds.map((value) => ({ value, label: `${value}×` }))}
          onChange={(value) => {
            setSpeed(value);
            wave.current?.setPlaybackRate(value, true);
          }}
        />
        <Downloads recording={recording} url={url} />
      </Flex>
      {recording.archiveError && (
        <Alert
          type="warning"
          showIcon
          title={t("calls.archiveFailed")}
          description={recording.archiveError}
        />
      )}
    </Flex>
  );
}
