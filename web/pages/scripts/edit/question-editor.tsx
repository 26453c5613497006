import { Card, Checkbox, Flex, Input, InputNumber, Select, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { type Question, questionTypes } from "../../../../shared/scripts.ts";
import { PlaceButtons } from "../../../ui/form/place-buttons.tsx";
import { retyped } from "../document.ts";
import { EntriesEditor } from "./entries-editor.tsx";

interface Props {
  question: Question;
  first: boolean;
  last: boolean;
  onChange: (question: Question) => void;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

function Range({ question, onChange }: Pick<Props, "question" | "onChange">) {
  const { t } = useTranslation();
  const whole = question.type === "scale";
  const bound = (name: "min" | "max") => (
    <label>
      <span className="script-small">{t(`scripts.${name}`)}</span>
      <InputNumber
        size="small"
        value={question[name]}
        {...(whole ? { precision: 0 } : {})}
        onChange={(value) => onChange({ ...question, [name]: value })}
      />
    </label>
  );
  return (
    <>
      {bound("min")}
      {bound("max")}
    </>
  );
}

function ScaleEnds({ question, onChange }: Pick<Props, "question" | "onChange">) {
  const { t } = useTranslation();
  return (["minLabel", "maxLabel"] as const).map((name) => (
    <Input
      key={name}
      size="small"
      style={{ flex: "1 1 120px", maxWidth: 220 }}
      value={question[name]}
      maxLength={60}
      placeholder={t(`scripts.${name}`)}
      aria-label={t(`scripts.${name}`)}
      onChange={(event) => onChange({ ...question, [name]: event.target.value })}
    />
  ));
}

/** A question: how it is asked, of what kind, and what can be answered. */
export function QuestionEditor({ question, first, last, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const { type, key } = question;
  const chooses = type === "single" || type === "multiple" || type === "matrix";
  const name = question.label || key;
  return (
    <Card size="small" data-question={key}>
      <Flex vertical gap={8}>
        <Flex gap={6} wrap align="center">
          <Tooltip title={t("scripts.keyHelp", { variable: `{{answer.${key}}}` })}>
            <Tag>{key}</Tag>
          </Tooltip>
          <Select
            size="small"
            value={type}
            aria-label={t("scripts.questionType")}
            style={{ width: 130 }}
            options={questionTypes.map((value) => ({ value, label: t(`scripts.type.${value}`) }))}
            onChange={(next) =>
              onChange(retyped(question, next, { option: t("scripts.option"), row: t("scripts.row") }))
            }
          />
          <Checkbox
            checked={question.required}
            onChange={(event) => onChange({ ...question, required: event.target.checked })}
          >
            {t("scripts.required")}
          </Checkbox>
          <span style={{ flex: 1 }} />
          <PlaceButtons
            name={name}
            first={first}
            last={last}
            size="small"
            onMove={onMove}
            onRemove={onRemove}
          />
        </Flex>
        <Input.TextArea
          value={question.label}
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={1000}
          status={question.label.trim() === "" ? "error" : ""}
          aria-label={t("scripts.question")}
          placeholder={t("scripts.questionExample")}
          onChange={(event) => onChange({ ...question, label: event.target.value })}
        />
        {type === "matrix" && (
          <EntriesEditor
            value={question.rows}
            prefix="r"
            name={t("scripts.row")}
            add={t("scripts.addRow")}
            onChange={(rows) => onChange({ ...question, rows })}
          />
        )}
        {chooses && (
          <EntriesEditor
            value={question.options}
            prefix="o"
            name={t("scripts.option")}
            add={t("scripts.addOption")}
            onChange={(options) => onChange({ ...question, options })}
          />
        )}
        {(type === "scale" || type === "number" || type === "nps") && (
          <Flex gap={8} wrap align="flex-end">
            {type !== "nps" && <Range question={question} onChange={onChange} />}
            {type !== "number" && <ScaleEnds question={question} onChange={onChange} />}
          </Flex>
        )}
      </Flex>
    </Card>
  );
}
