import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { ScriptPanel } from "./script-panel.tsx";
import { SummaryForm } from "./summary-form.tsx";
import { useSummary } from "./use-summary.ts";

interface Props {
  call: DeskCall;
  /** `late`: between calls, of one that is long over. */
  when: "call" | "wrap-up" | "late";
  /** A late summary is final. */
  onDone?: () => void;
}
type Tab = "script" | "summary";

/** The script while one talks, the summary after it; each a key away. Mount it once per call (`key={callId}`). */
export function CallWork({ call, when, onDone }: Props) {
  const { t } = useTranslation();
  const summary = useSummary(call);
  const [chosen, setChosen] = useState<{ tab: Tab; when: Props["when"] }>();
  // What follows the talk is the summary, unless the agent goes back.
  const usual: Tab = when === "call" ? "script" : "summary";
  const tab = chosen?.when === when ? chosen.tab : usual;
  const show = (next: Tab) => setChosen({ tab: next, when });
  const other = tab === "script" ? "summary" : "script";
  useShortcuts({ scriptOrSummary: call.script !== null && (() => show(other)) });
  return (
    <>
      {call.script && (
        <Segmented<Tab>
          block
          value={tab}
          className="desk-work-tabs"
          aria-label={t("scripts.scriptOrSummary")}
          options={[
            { value: "script", label: t(`scripts.kind.${call.script.kind}`) },
            { value: "summary", label: t("desk.zone.work") },
          ]}
          onChange={show}
        />
      )}
      {call.script && tab === "script" ? (
        <div className="desk-form desk-script">
          <ScriptPanel call={call} summary={summary} toSummary={() => show("summary")} />
        </div>
      ) : (
        <SummaryForm call={call} summary={summary} when={when} {...(onDone ? { onDone } : {})} />
      )}
    </>
  );
}
