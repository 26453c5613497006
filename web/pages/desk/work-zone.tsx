import { useTranslation } from "react-i18next";
import type { AgentState, DeskCall } from "../../../shared/desk.ts";
import { DeskCallbacks } from "./desk-callbacks.tsx";
import { ColleaguesWork } from "./colleagues-work.tsx";
import { CallWork } from "./call-work.tsx";
import { UnfinishedSummaries } from "./unfinished-summaries.tsx";

/** The right zone: what came of the call; between calls, promised callbacks and summaries that are still owed. */
export function WorkZone({ call, state }: { call: DeskCall | null; state: AgentState }) {
  const { t } = useTranslation();
  const writing = call !== null && call.direction !== "internal" && state !== "ringing";
  return (
    <section
      className={`desk-zone desk-work ${writing ? "" : "desk-zone-empty"}`}
      aria-label={t("desk.zone.work")}
      tabIndex={-1}
    >
      {writing && call.role !== "owner" ? (
        <ColleaguesWork call={call} />
      ) : writing ? (
        <CallWork key={call.callId} call={call} when={state === "wrap-up" ? "wrap-up" : "call"} />
      ) : (
        <>
          <DeskCallbacks />
          <UnfinishedSummaries />
        </>
      )}
    </section>
  );
}
