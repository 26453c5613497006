import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "./desk-context.ts";
import { ariaKeys } from "./shortcuts.ts";

interface Props {
  /** In the header: icons only. */
  compact?: boolean;
}

/** Mute, hold and hang up: what every page offers during a call. */
export function CallControls({ compact = false }: Props) {
  const { t } = useTranslation();
  const { state, muted, setMuted, run, busy } = useDesk();
  const call = state?.call;
  if (!call || !(state.state === "talking" || state.state === "ringing")) return null;
  const talking = state.state === "talking";
  const held = call.onHold && call.parkedUntil === null;
  const word = (key: string) => (compact ? null : t(key));
  return (
    <>
      <Button
        size={compact ? "middle" : "large"}
        disabled={!talking}
        type={muted ? "primary" : "default"}
        icon={muted ? <AudioMutedOutlined /> : <AudioOutlined />}
        aria-pressed={muted}
        aria-label={t("desk.mute")}
        aria-keyshortcuts={ariaKeys("mute")}
        onClick={() => setMuted(!muted)}
      >
        {word(muted ? "desk.unmute" : "desk.mute")}
      </Button>
      <Button
        size={compact ? "middle" : "large"}
        disabled={!talking || busy === "hold" || call.parkedUntil !== null || call.role !== "owner"}
        type={held ? "primary" : "default"}
        icon={held ? <PlayCircleOutlined /> : <PauseOutlined />}
        aria-pressed={held}
        aria-label={t("desk.hold")}
        aria-keyshortcuts={ariaKeys("hold")}
        onClick={() => void run("hold", { on: !held })}
      >
        {word(held ? "desk.unhold" : "desk.hold")}
      </Button>
      <Button
        size={compact ? "middle" : "large"}
        danger
        type="primary"
        icon={<PhoneOutlined rotate={225} />}
        disabled={busy === "hangup"}
        aria-label={t("desk.hangUp")}
        aria-keyshortcuts={ariaKeys("hangUp")}
        onClick={() => void run("hangup", {})}
      >
        {word("desk.hangUp")}
      </Button>
    </>
  );
}
