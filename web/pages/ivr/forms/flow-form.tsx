import { useTranslation } from "react-i18next";
import { languages } from "../../../../shared/common.ts";
import type { IvrDocument } from "../../../../shared/ivr/flow.ts";
import { Select } from "antd";
import { blockName } from "../kinds.tsx";
import type { FormContext } from "./context.ts";
import { ChoiceField, Field, ListField, NumberField, TextField } from "./field.tsx";
import { SpeechField } from "./speech-field.tsx";

/** What holds for the whole flow. */
export function FlowForm({
  document,
  context,
  onChange,
}: {
  document: IvrDocument;
  context: FormContext;
  onChange: (document: IvrDocument) => void;
}) {
  const { t } = useTranslation();
  const free = context.variables.filter(
    (name) => !name.includes(".") && !document.shown.some(({ variable }) => variable === name),
  );
  const put = (change: Partial<IvrDocument>) => onChange({ ...document, ...change });
  return (
    <>
      <ChoiceField
        label={t("ivr.firstBlock")}
        value={document.start}
        options={document.blocks.map((block) => ({ value: block.id, label: blockName(t, block) }))}
        onChange={(start) => put({ start })}
      />
      <Field label={t("ivr.languages")} help={t("ivr.languagesHelp")}>
        <Select
          mode="multiple"
          value={document.languages}
          aria-label={t("ivr.languages")}
          options={languages.map((value) => ({ value, label: t(`ivr.language.${value}`) }))}
          onChange={(chosen: IvrDocument["languages"]) => chosen.length > 0 && put({ languages: chosen })}
        />
      </Field>
      <NumberField
        label={t("ivr.longestStay")}
        help={t("ivr.longestStayHelp")}
        value={document.longestMs}
        min={60_000}
        max={3_600_000}
        scale={60_000}
        suffix={t("common.units.minute")}
        onChange={(longestMs) => put({ longestMs })}
      />
      <ListField
        label={t("ivr.shown")}
        help={t("ivr.shownHelp")}
        add={t("ivr.addShown")}
        items={document.shown}
        most={20}
        make={() => ({ variable: free[0] ?? "", label: "" })}
        onChange={(shown) => put({ shown })}
      >
        {(one, set) => (
          <div className="ivr-pair">
            <ChoiceField
              label={t("ivr.variable")}
              value={one.variable}
              options={context.variables.map((value) => ({ value, label: value }))}
              onChange={(variable) => set({ ...one, variable })}
            />
            <TextField
              label={t("ivr.shownAs")}
              value={one.label}
              maxLength={60}
              onChange={(label) => set({ ...one, label })}
            />
          </div>
        )}
      </ListField>
      <SpeechField
        label={t("ivr.parting")}
        help={t("ivr.partingHelp")}
        value={document.parting}
        context={context}
        onChange={(parting) => put({ parting })}
      />
    </>
  );
}
