import { Button, Flex, theme, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { formatDuration } from "../../lib/format.ts";
import type { Masked, Moment } from "./recording-moments.ts";

interface Props {
  moments: readonly Moment[];
  masked: readonly Masked[];
  lengthMs: number;
  onJump: (atMs: number) => void;
}

const share = (ms: number, lengthMs: number) => `${Math.min(100, (ms / lengthMs) * 100)}%`;

/** Over the waveform: a pin for each note, and a shade where the recording is masked. */
export function MomentPins({ moments, masked, lengthMs, onJump }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  if (lengthMs === 0) return null;
  return (
    <>
      {masked.map(({ id, fromMs, toMs }) => (
        <Tooltip key={id} title={t("calls.maskedStretch")}>
          <div
            style={{
              position: "absolute",
              insetBlock: 0,
              left: share(fromMs, lengthMs),
              width: share((toMs ?? lengthMs) - fromMs, lengthMs),
              background: token.colorWarning,
              opacity: 0.25,
              zIndex: 5,
            }}
          />
        </Tooltip>
      ))}
      {moments.map(({ id, atMs, text }) => (
        <Tooltip key={id} title={text}>
          <button
            type="button"
            aria-label={t("calls.jumpTo", { at: formatDuration(atMs), text })}
            onClick={() => onJump(atMs)}
            style={{
              position: "absolute",
              insetBlock: 0,
              left: share(atMs, lengthMs),
              width: 10,
              marginLeft: -5,
              padding: 0,
              border: 0,
              borderRadius: 3,
              cursor: "pointer",
              zIndex: 6,
              background: `linear-gradient(to right, transparent 4px, ${token.colorError} 4px 6px, transparent 6px)`,
            }}
          />
        </Tooltip>
      ))}
    </>
  );
}

/** The notes in words, each a jump to its moment. */
export function MomentList({ moments, onJump }: Pick<Props, "moments" | "onJump">) {
  const { t } = useTranslation();
  if (moments.length === 0) return null;
  return (
    <ul aria-label={t("calls.momentNotes")} style={{ margin: 0, padding: 0, listStyle: "none" }}>
      {moments.map(({ id, atMs, text }) => (
        <li key={id}>
          <Flex gap={8} align="baseline">
            <Button type="link" size="small" className="num" onClick={() => onJump(atMs)}>
              {formatDuration(atMs)}
            </Button>
            <Typography.Text>{text}</Typography.Text>
          </Flex>
        </li>
      ))}
    </ul>
  );
}
