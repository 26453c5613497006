import { LogoutOutlined, SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { MomentNote } from "./moment-note.tsx";
import { SendCall } from "./send-call.tsx";

/** What can be done with a talk besides mute, hold and hang up. */
export function CallTools({ call }: { call: DeskCall }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const [sending, setSending] = useState(false);
  const [noting, setNoting] = useState(false);
  const own = call.role === "owner";
  const internal = call.direction === "internal";
  const others = call.parties.some(({ me, role, state }) => !me && role === "guest" && state !== "invited");
  const mayLeave = !own || (others && call.consultId === null);
  const paused = call.recordingPausedUntil !== null;
  const park = () => void run("call/park", {});
  const leave = () => void run("call/leave", {});
  const mask = () => void run("call/record", { action: paused ? "resume" : "pause" });
  useShortcuts({
    momentNote: () => setNoting(true),
    send: own && (() => setSending(true)),
    park: own && !internal && park,
    leave: mayLeave && leave,
    mask: own && call.recording && mask,
  });
  return (
    <>
      <div className="desk-tools">
        {own && (
          <Button
            icon={<SwapOutlined />}
            aria-keyshortcuts={ariaKeys("send")}
            onClick={() => setSending(true)}
          >
            {t("control.send")}
          </Button>
        )}
        {own && !internal && (
          <Button aria-keyshortcuts={ariaKeys("park")} title={t("control.parkHelp")} onClick={park}>
            {t("control.park")}
          </Button>
        )}
        {own && call.recording && (
          <Button
            aria-keyshortcuts={ariaKeys("mask")}
            aria-pressed={paused}
            type={paused ? "primary" : "default"}
            title={t("control.maskHelp")}
            onClick={mask}
          >
            {t(paused ? "control.unmask" : "control.mask")}
          </Button>
        )}
        <Button aria-keyshortcuts={ariaKeys("momentNote")} onClick={() => setNoting(true)}>
          {t("control.note")}
        </Button>
        {mayLeave && (
          <Button icon={<LogoutOutlined />} aria-keyshortcuts={ariaKeys("leave")} onClick={leave}>
            {t("control.leave")}
          </Button>
        )}
      </div>
      {noting && <MomentNote onClose={() => setNoting(false)} />}
      {own && sending && <SendCall consults={call.consultId === null} onClose={() => setSending(false)} />}
    </>
  );
}
