import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { AgentState, DeskCall } from "../../../shared/desk.ts";
import { DeskCallbacks } from "./desk-callbacks.tsx";
import { CallWork } from "./call-work.tsx";
import { UnfinishedSummaries } from "./unfinished-summaries.tsx";

/** Who helps with a call, or listens to it, reads what its agent has written. */
function ColleaguesNotes({ call }: { call: DeskCall }) {
  const { t } = useTranslation();
  const owner = call.parties.find(({ role }) => role === "owner");
  return (
    <>
      <h3 className="desk-heading">{t("control.notesOf", { name: owner?.name ?? "–" })}</h3>
      <Typography.Paragraph style={{ whiteSpace: "pre-wrap" }}>
        {call.draft?.note || t("control.noNotes")}
      </Typography.Paragraph>
    </>
  );
}

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
        <ColleaguesNotes call={call} />
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
