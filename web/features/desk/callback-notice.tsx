import { App, Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { DeskState } from "../../../shared/desk.ts";
import { wallClockOf } from "../../../shared/zoned-time.ts";
import { companyZone, formatInstant } from "../../lib/format.ts";

const codes = new Set(["callback-soon", "callback-handed-up"]);
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
    const { callbackId, name, at, timeZone } = notice.detail as {
      callbackId: number;
      name: string;
      at?: string;
      timeZone?: string | null;
    };
    const key = `callback-${callbackId}`;
    const isElsewhere = at && timeZone && timeZone !== companyZone();
    const theirs = isElsewhere
      ? t("desk.callback.theirs", { time: wallClockOf(Date.parse(at), timeZone).replace("T", " ") })
      : "";
    notification.open({
      key,
      role: "alert",
      duration: 0,
      title: t(`callbacks.notice.${notice.code}`, { name }),
      description: at ? [formatInstant(at), theirs].filter(Boolean).join(" · ") : null,
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
