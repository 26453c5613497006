import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { NextInDiary } from "../diary/next-in-diary.tsx";
import { CallZone } from "./call-zone.tsx";
import { CheatSheet } from "./cheat-sheet.tsx";
import { CustomerZone } from "./customer-zone.tsx";
import { DeskBanners } from "./desk-banners.tsx";
import { StateBar } from "./state-bar.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useTabTitle } from "./use-tab-title.ts";
import { WorkZone } from "./work-zone.tsx";

/** Call, customer, work: the three zones of a signed-in agent. */
export function Workplace({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  const { run, muted, setMuted } = useDesk();
  const [help, setHelp] = useState(false);
  const root = useKeptFocus();
  const { call } = state;
  useTabTitle(state);
  const talking = state.state === "talking";
  const owner = talking && call?.role === "owner";
  useShortcuts({
    help: () => setHelp(true),
    ready: () => void run("ready", {}),
    signOut: () => void run("sign-out", {}),
    mute: talking && (() => setMuted(!muted)),
    machine:
      owner &&
      call.campaignId !== null &&
      (() => void run("no-person", { outcome: call.suspect ?? "machine" })),
    leaveMessage: owner && call.mayLeaveMessage && (() => void run("leave-message", {})),
    hold: owner && call.parkedUntil === null && (() => void run("hold", { on: !call.onHold })),
    hangUp: (talking || state.state === "ringing") && (() => void run("hangup", {})),
  });
  return (
    <div className="desk" ref={root} data-agent-state={state.state} data-call-state={call?.state ?? "none"}>
      <h1 className="desk-hidden">{t("navigation.desk")}</h1>
      <DeskBanners />
      <StateBar state={state} onHelp={() => setHelp(true)} />
      <NextInDiary />
      <div className="desk-zones">
        <CallZone state={state} />
        <CustomerZone
          lead={(call ?? state.preview ?? state.arriving)?.lead ?? null}
          call={call}
          arriving={state.preview ? null : state.arriving}
          recordUrl={call?.recordUrl ?? state.preview?.recordUrl ?? null}
        />
        <WorkZone call={call} state={state.state} />
      </div>
      <div className="desk-hidden" role="status">
        {t(`desk.announce.${state.state}`, { name: (call?.lead ?? state.preview?.lead)?.name ?? "" })}
      </div>
      <CheatSheet open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
