import { useQuery } from "@tanstack/react-query";
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { scriptPageOf } from "../../../shared/script-machine.ts";
import { deskScript, type ScriptVersion, type ScriptWalk } from "../../../shared/scripts.ts";
import type { DeskCall } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { answerVariables, callVariables } from "../../features/scripts/call-variables.ts";
import { RichText } from "../../features/scripts/rich-text.tsx";
import { api } from "../../lib/api.ts";
import { asText } from "../../lib/plain-text.ts";

/** Who helps with a call, or listens to it, reads what its agent has written, and where they are in the script. */
export function ColleaguesWork({ call }: { call: DeskCall }) {
  const { t } = useTranslation();
  const owner = call.parties.find(({ role }) => role === "owner");
  const name = owner?.name ?? "–";
  return (
    <>
      <Typography.Text type="secondary">
        {t(call.role === "supervisor" ? "control.ownerWrites" : "control.ownerWritesYet", { name })}
      </Typography.Text>
      <h3 className="desk-heading">{t("control.notesOf", { name })}</h3>
      <Typography.Paragraph style={{ whiteSpace: "pre-wrap" }}>
        {call.draft?.note || t("control.noNotes")}
      </Typography.Paragraph>
      {call.script && <ColleaguesScript call={call} agent={name} />}
    </>
  );
}

function ColleaguesScript({ call, agent }: { call: DeskCall; agent: string }) {
  const { online } = useDesk();
  const { data } = useQuery({
    // Apart from the owner's own: that one is read once.
    queryKey: ["desk-script", call.callId, "read"],
    queryFn: ({ signal }) => api.get("/desk/script", deskScript, { callId: call.callId }, signal),
    enabled: online,
    refetchInterval: 3_000,
  });
  return data ? <Reading call={call} agent={agent} version={data.version} walk={data.walk} /> : null;
}

function Reading(props: { call: DeskCall; agent: string; version: ScriptVersion; walk: ScriptWalk | null }) {
  const { t } = useTranslation();
  const { document } = props.version;
  const walk = props.walk ?? { pageId: document.pages[0]?.id ?? "", trail: [], answers: {} };
  const page = scriptPageOf(document, walk.pageId);
  const said = answerVariables(document, walk);
  const asked = document.pages.flatMap(({ questions }) => questions.filter(({ key }) => key in walk.answers));
  return (
    <>
      <h3 className="desk-heading">
        {t(`scripts.kind.${props.call.script?.kind ?? "script"}`)} · {page?.title}
      </h3>
      {page && (
        <RichText text={page.text} variables={{ ...callVariables(props.call, props.agent), ...said }} />
      )}
      {asked.length > 0 && (
        <dl className="desk-fields">
          {asked.map(({ key, label }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{asText(said[`answer.${key}`] ?? "")}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
