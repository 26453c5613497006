import { App, Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { DeskState } from "../../../shared/desk.ts";
import { wallClockOf } from "../../../shared/zoned-time.ts";
import { SnoozeButtons } from "../../pages/diary/snooze-buttons.tsx";
import { companyZone, formatInstant } from "../../lib/format.ts";

const codes = new Set([
  "callback-soon",
  "callback-handed-up",
  "diary-soon",
  "diary-call-now",
  "diary-call-refused",
]);
/** What may rest a while. */
const mayRest = new Set(["callback-soon", "diary-soon"]);
/** An older one is no news after a reload. */
const freshMs = 10 * 60_000;

/** Reminds of a promise on whatever page the agent is. */
export function useCallbackNotice(state: DeskState | undefined): void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const told = useRef("");
  const notice = state?.notice;
  useEffect(() => {
    if (!notice || !codes.has(notice.code) || told.current === notice.at) return;
    told.current = notice.at;
    if (Date.now() - Date.parse(notice.at) > freshMs) return;
    const { callbackId, entryId, name, at, timeZone } = notice.detail as {
      callbackId?: number;
      entryId?: number;
      name: string;
      at?: string;
      timeZone?: string | null;
    };
    const path = entryId === undefined ? `/diary/callback/${callbackId}` : `/diary/entry/${entryId}`;
    const key = path;
    const isElsewhere = at && timeZone && timeZone !== companyZone();
    const theirs = isElsewhere
      ? t("desk.callback.theirs", { time: wallClockOf(Date.parse(at), timeZone).replace("T", " ") })
      : "";
    notification.open({
      key,
      role: "alert",
      duration: 0,
      title: t(`${entryId === undefined ? "callbacks" : "diary"}.notice.${notice.code}`, { name }),
      description: (
        <>
          {at ? [formatInstant(at), theirs].filter(Boolean).join(" · ") : null}
          {mayRest.has(notice.code) && <SnoozeButtons path={path} onDone={() => notification.destroy(key)} />}
        </>
      ),
      actions: (
        <Button
          type="primary"
          size="small"
          onClick={() => {
            notification.destroy(key);
            void navigate("/desk");
          }}
        >
          {t("callbacks.openDesk")}
        </Button>
      ),
    });
  }, [notice, notification, navigate, t]);
}
