import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { DeskState } from "../../../shared/desk.ts";
import { refusalText } from "../../features/desk/refusal-text.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { isSignedIn, useDesk } from "../../features/desk/desk-context.ts";

/** What stands between the agent and the next call, most urgent first, each with its remedy. */
export function DeskBanners() {
  const { t } = useTranslation();
  const { state, online, phone, phoneState, inCharge } = useDesk();
  const offline = useSettled(!online, 1500);
  const byBrowser = inCharge && state?.endpoint === "browser";
  const unregistered = useSettled(byBrowser && ["lost", "waiting"].includes(phoneState.link), 2000);
  return (
    <div aria-live="assertive" className="desk-banners">
      {offline && (
        <Alert
          banner
          type="error"
          title={t("desk.banner.offline")}
          description={t(phoneState.leg === "up" ? "desk.banner.offlineCall" : "desk.banner.offlineRetry")}
        />
      )}
      {!offline && unregistered && <Alert banner type="warning" title={t("desk.banner.phoneLost")} />}
      {phoneState.microphone && (
        <Alert
          banner
          type="error"
          title={t(`desk.microphone.${phoneState.microphone}.title`)}
          description={t(`desk.microphone.${phoneState.microphone}.help`)}
          action={<Button onClick={() => phone.retryMicrophone()}>{t("common.tryAgain")}</Button>}
        />
      )}
      {!phoneState.microphone && phoneState.hint && (
        <Alert
          banner
          type="warning"
          title={t(`desk.hint.${phoneState.hint}.title`)}
          description={t(`desk.hint.${phoneState.hint}.help`)}
        />
      )}
      {!phoneState.microphone && phoneState.otherMicrophone !== null && (
        <Alert
          banner
          type="warning"
          title={t("desk.hint.otherMicrophone", { microphone: phoneState.otherMicrophone })}
        />
      )}
      {phoneState.otherSpeaker && phoneState.leg === "up" && (
        <Alert banner type="warning" title={t("desk.hint.otherSpeaker")} />
      )}
      {phoneState.replacedBy !== null && phoneState.otherMicrophone === null && !phoneState.microphone && (
        <Alert
          banner
          type="info"
          title={t("desk.hint.replaced", { microphone: phoneState.replacedBy })}
          closable={{ onClose: () => phone.readReplacement(), "aria-label": t("common.close") }}
        />
      )}
      {phoneState.soundBlocked && <Alert banner type="warning" title={t("desk.banner.soundBlocked")} />}
      {isSignedIn(state) && state.endpoint === "phone" && !state.legUp && state.state === "connecting" && (
        <Alert banner type="info" title={t("desk.banner.phoneCalled")} />
      )}
      {inCharge && state?.call?.parkedUntil && <Parked until={state.call.parkedUntil} />}
      <Notice />
    </div>
  );
}

/** The agent's own line is lost: what the customer hears, and how long yet. */
function Parked({ until }: { until: string }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  return (
    <Alert
      banner
      type="warning"
      title={t("desk.banner.parked")}
      // Read out once, not every second.
      description={
        <span aria-live="off">
          {seconds > 0 ? t("desk.banner.parkedLeft", { seconds }) : t("desk.banner.parkedOver")}
        </span>
      }
    />
  );
}

/** The last thing that went wrong at the server, until the agent closes it or it is a minute old. */
function Notice() {
  const { t } = useTranslation();
  const { state } = useDesk();
  const [closed, setClosed] = useState<string>();
  const now = useNow(5000);
  const notice = state?.notice;
  // A callback is told on every page; see useCallbackNotice.
  if (
    (notice?.code.startsWith("callback-") && notice.code !== "callback-refused") ||
    notice?.code.startsWith("diary-")
  )
    return null;
  if (!notice || closed === notice.at || now - Date.parse(notice.at) > 60_000) return null;
  return (
    <Alert
      key={notice.at}
      banner
      type="warning"
      title={noticeText(notice, t)}
      closable={{ onClose: () => setClosed(notice.at) }}
    />
  );
}

function noticeText({ code, detail }: NonNullable<DeskState["notice"]>, t: TFunction): string {
  if ("rules" in detail) return refusalText(detail);
  if (code === "agent-freed")
    return t("desk.notice.freed", {
      why: t(`agentCause.${String(detail["why"])}`),
      was: t(`desk.state.${String(detail["was"])}`),
    });
  return t([`errors.${code}`, "desk.notice.other"], { ...detail, code });
}

/** True once `value` has been true for a while: a blink of the network is no news. */
function useSettled(value: boolean, afterMs: number): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled && value;
}
