import { Empty, Flex, Input, Typography } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AgentState, DeskCall } from "../../../shared/desk.ts";
import { dispositionPath, missingParts } from "../../features/desk/summary-draft.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { CallbackPicker } from "./callback-picker.tsx";
import { DispositionPicker } from "./disposition-picker.tsx";
import { FieldInput } from "./field-input.tsx";
import { Problem, Required } from "./marks.tsx";
import { SaveButtons } from "./save-buttons.tsx";
import { useSummary } from "./use-summary.ts";

/** The right zone: what came of the call. */
export function WorkZone({ call, state }: { call: DeskCall | null; state: AgentState }) {
  const { t } = useTranslation();
  const writing = call !== null && state !== "ringing";
  return (
    <section
      className={`desk-zone desk-work ${writing ? "" : "desk-zone-empty"}`}
      aria-label={t("desk.zone.work")}
    >
      {writing ? (
        <Summary key={call.callId} call={call} wrapUp={state === "wrap-up"} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("desk.noWork")} />
      )}
    </section>
  );
}

function Summary({ call, wrapUp }: { call: DeskCall; wrapUp: boolean }) {
  const { t } = useTranslation();
  const summary = useSummary(call);
  const { draft, change } = summary;
  const [complain, setComplain] = useState(false);
  const note = useRef<TextAreaRef>(null);
  useKeys({ KeyN: () => note.current?.focus() });
  const missing = missingParts(call, draft);
  const wrong = (part: string) => complain && missing.includes(part);
  const leaf = dispositionPath(call.dispositions, draft.dispositionId).at(-1);
  return (
    <>
      <div className="desk-form">
        {call.dispositions.length > 0 && (
          <div>
            <h3 className="desk-heading">
              {t("desk.disposition")} {call.summaryRequired && <Required />}
            </h3>
            <DispositionPicker
              tree={call.dispositions}
              value={draft.dispositionId}
              onChange={(dispositionId) => change({ dispositionId })}
            />
            {wrong("disposition") && <Problem text={t("desk.chooseDisposition")} />}
          </div>
        )}
        {leaf?.effect === "callback" && (
          <CallbackPicker
            at={draft.callbackAt}
            mine={draft.callbackMine}
            customerZone={call.lead.timeZone}
            problem={wrong("callback")}
            onChange={change}
          />
        )}
        {call.form.map((field) => (
          <FieldInput
            key={field.key}
            field={field}
            required={field.required && call.summaryRequired}
            value={draft.form[field.key]}
            problem={wrong(field.key)}
            onChange={(value) => change({ form: { ...draft.form, [field.key]: value } })}
          />
        ))}
        <label>
          <span className="desk-heading">{t("desk.note")}</span>
          <Input.TextArea
            ref={note}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={5000}
            aria-keyshortcuts="N"
          />
        </label>
      </div>
      <Flex vertical gap={6} className="desk-save">
        <SaveButtons
          wrapUp={wrapUp}
          finish={async () => {
            setComplain(missing.length > 0);
            return missing.length === 0 && summary.finish();
          }}
        />
        <Typography.Text type={summary.saved === "failed" ? "danger" : "secondary"} role="status">
          {t(`desk.saved.${summary.saved}`)}
        </Typography.Text>
      </Flex>
    </>
  );
}
