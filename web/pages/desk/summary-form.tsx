import { Button, Flex, Input, Typography } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskCall } from "../../../shared/desk.ts";
import { dispositionPath, summaryProblems } from "../../../shared/service-summary.ts";
import { proposedCallback } from "../../features/desk/summary-draft.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { CallbackPicker } from "./callback-picker.tsx";
import { DispositionDoesLine } from "./disposition-does.tsx";
import { DispositionPicker } from "./disposition-picker.tsx";
import { Problem, Required } from "./marks.tsx";
import { SaveButtons } from "./save-buttons.tsx";
import { SummaryFields } from "./summary-fields.tsx";
import type { Summary } from "./use-summary.ts";

interface Props {
  call: DeskCall;
  summary: Summary;
  /** `late`: between calls, of one that is long over. */
  when: "call" | "wrap-up" | "late";
  /** A late summary is final. */
  onDone?: () => void;
}

/** What came of one call. */
export function SummaryForm({ call, summary, when, onDone }: Props) {
  const { t } = useTranslation();
  const { draft, change } = summary;
  const [complainsAt, setComplainsAt] = useState<number | null>(null);
  const note = useRef<TextAreaRef>(null);
  useShortcuts({ note: () => note.current?.focus() });
  const faults = complainsAt === null ? [] : summaryProblems(call, draft, complainsAt);
  const faultOf = (part: string) => faults.find(({ field }) => field === part)?.problem;
  const leaf = dispositionPath(call.dispositions, draft.dispositionId).at(-1);
  const finish = async (): Promise<boolean> => {
    const now = Date.now();
    const isComplete = summaryProblems(call, draft, now).length === 0;
    setComplainsAt(isComplete ? null : now);
    return isComplete && summary.finish();
  };
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
              onChange={(dispositionId) =>
                change({
                  dispositionId,
                  ...proposedCallback(call.dispositions, dispositionId, draft, Date.now()),
                })
              }
            />
            {leaf && <DispositionDoesLine leaf={leaf} />}
            {faultOf("disposition") !== undefined && <Problem text={t("desk.chooseDisposition")} />}
          </div>
        )}
        {leaf?.effect === "callback" && (
          <CallbackPicker
            at={draft.callbackAt}
            mine={draft.callbackMine}
            customerZone={call.lead.timeZone}
            problem={faultOf("callbackAt") !== undefined}
            onChange={change}
          />
        )}
        <SummaryFields call={call} summary={summary} faultOf={faultOf} />
        <label>
          <span className="desk-heading">{t("desk.note")}</span>
          <Input.TextArea
            ref={note}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={5000}
            aria-keyshortcuts={ariaKeys("note")}
          />
        </label>
      </div>
      <Flex vertical gap={6} className="desk-save">
        {when === "late" ? (
          <Button
            type="primary"
            size="large"
            block
            onClick={() => void finish().then((done) => done && onDone?.())}
          >
            {t("desk.unfinished.save")}
          </Button>
        ) : (
          <SaveButtons wrapUp={when === "wrap-up"} finish={finish} />
        )}
        <Typography.Text type={summary.saved === "failed" ? "danger" : "secondary"} role="status">
          {t(`desk.saved.${summary.saved}`)}
        </Typography.Text>
      </Flex>
    </>
  );
}
