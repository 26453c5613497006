import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskCall, DeskState } from "../../../shared/desk.ts";
import { CallControls } from "../../features/desk/call-controls.tsx";
import { useDesk } from "../../features/desk/desk-context.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { TimeSince } from "../../features/desk/timer.tsx";
import { CallHead } from "./call-head.tsx";
import { CallTools } from "./call-tools.tsx";
import { DialPad } from "./dial-pad.tsx";
import { IdleCall } from "./idle-call.tsx";
import { Awaited } from "./line-tools.tsx";
import { NoPerson } from "./no-person.tsx";
import { ToSurvey } from "./to-survey.tsx";
import { PartiesPanel } from "./parties-panel.tsx";
import { PreviewCall } from "./preview-call.tsx";
import { SideCalls } from "./side-calls.tsx";
import { WrapUpCall } from "./wrap-up-call.tsx";

/** The left zone: what the line is doing and what the agent can do to it. */
export function CallZone({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  return (
    <section className="desk-zone desk-call" aria-label={t("desk.zone.call")} tabIndex={-1}>
      <SideCalls state={state} />
      <Awaited state={state} />
      <CallContent state={state} />
    </section>
  );
}

function CallContent({ state }: { state: DeskState }) {
  if (state.state === "preview" && state.preview)
    return <PreviewCall key={state.preview.lead.leadId} preview={state.preview} />;
  if (!state.call) return <IdleCall state={state} />;
  if (state.state === "wrap-up") return <WrapUpCall call={state.call} since={state.since} />;
  return <LiveCall call={state.call} talking={state.state === "talking"} />;
}

/** A limit of its class ends it. */
function EndsSoon({ at }: { at: string }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const seconds = Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
  return (
    <div role="alert" className="desk-flag desk-flag-warn">
      {t("control.endsSoon")} <span aria-live="off">{t("control.endsIn", { seconds })}</span>
    </div>
  );
}

function LiveCall({ call, talking }: { call: DeskCall; talking: boolean }) {
  const { t } = useTranslation();
  const { run, muted } = useDesk();
  return (
    <>
      <CallHead call={call} word={t(talking ? "desk.talking" : `desk.dialling.${call.state}`)} />
      <div className="desk-timer" role="timer" aria-label={t("desk.duration")}>
        <TimeSince at={call.connectedAt ?? call.startedAt} />
      </div>
      <Flex gap={6} wrap justify="center" className="desk-flags" aria-live="polite">
        {muted && <span className="desk-flag desk-flag-warn">{t("desk.youMuted")}</span>}
        {call.parkedUntil === null && call.onHold && (
          <span className="desk-flag desk-flag-warn">{t("desk.onHold")}</span>
        )}
        {call.recording && call.recordingPausedUntil === null && (
          <span className="desk-flag desk-flag-rec">{t("desk.recording")}</span>
        )}
        {call.recordingPausedUntil !== null && (
          <span className="desk-flag desk-flag-warn">{t("control.masked")}</span>
        )}
      </Flex>
      {call.endsAt !== null && <EndsSoon at={call.endsAt} />}
      <div className="desk-controls">
        <CallControls />
      </div>
      {talking && <PartiesPanel call={call} />}
      {talking && <CallTools call={call} />}
      {talking && call.maySendToSurvey && call.role === "owner" && <ToSurvey />}
      {talking && call.campaignId !== null && call.role === "owner" && <NoPerson call={call} />}
      {talking && <DialPad label={t("desk.keypad")} onDigit={(digits) => void run("dtmf", { digits })} />}
    </>
  );
}
