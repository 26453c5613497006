import { Button, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { Answers } from "../../../shared/answer-rules.ts";
import { scaleOf } from "../../../shared/script-machine.ts";
import { fillText, type Variables } from "../../../shared/script-text.ts";
import type { Question } from "../../../shared/scripts.ts";
import { keyLabels, type Target } from "./script-keys.ts";

interface Props {
  question: Question;
  answers: Answers;
  variables: Variables;
  /** The row, or null for the question itself, that number keys answer now; undefined: they answer another. */
  active: string | null | undefined;
  problem: boolean;
  onChoose: (target: Target, index: number) => void;
  onChange: (value: unknown) => void;
}

interface ChoicesProps {
  target: Target;
  labels: readonly string[];
  isChosen: (index: number) => boolean;
  keys: boolean;
  name: string;
  onChoose: (index: number) => void;
}

/** Buttons with the keys that press them; several may be chosen of `multiple`. */
function Choices({ target, labels, isChosen, keys, name, onChoose }: ChoicesProps) {
  const { type } = target.question;
  const isScale = type === "scale" || type === "nps";
  const marks = keyLabels(target.question);
  return (
    <div
      className={isScale ? "script-scale" : "script-choices"}
      role={type === "multiple" ? "group" : "radiogroup"}
      aria-label={name}
    >
      {labels.map((label, index) => {
        const on = isChosen(index);
        return (
          <Button
            // oxlint-disable-next-line react/no-array-index-key -- a choice is its place
            key={index}
            type={on ? "primary" : "default"}
            role={type === "multiple" ? "checkbox" : "radio"}
            aria-checked={on}
            onClick={() => onChoose(index)}
          >
            {keys && !isScale && marks[index] !== "" && <kbd aria-hidden>{marks[index]}</kbd>}
            <span className="script-choice-label">{label}</span>
          </Button>
        );
      })}
    </div>
  );
}

function Scale({ question, answers, active, onChoose }: Props) {
  const { t } = useTranslation();
  const values = scaleOf(question);
  const ends = question.type === "nps" && question.minLabel === "" && question.maxLabel === "";
  return (
    <div className="script-scale-frame">
      <Choices
        target={{ question, row: null }}
        labels={values.map(String)}
        isChosen={(index) => answers[question.key] === values[index]}
        keys={active !== undefined}
        name={question.label}
        onChoose={(index) => onChoose({ question, row: null }, index)}
      />
      <div className="script-scale-ends">
        <span>{ends ? t("scripts.npsLow") : question.minLabel}</span>
        <span>{ends ? t("scripts.npsHigh") : question.maxLabel}</span>
      </div>
    </div>
  );
}

function Matrix({ question, answers, active, onChoose }: Props) {
  const given = (answers[question.key] ?? {}) as Record<string, unknown>;
  return (
    <div className="script-matrix">
      {question.rows.map((row) => (
        <div key={row.key} className={active === row.key ? "script-active" : ""}>
          <div className="script-row-label">{row.label}</div>
          <Choices
            target={{ question, row: row.key }}
            labels={question.options.map((option) => option.label)}
            isChosen={(index) => given[row.key] === question.options[index]?.key}
            keys={active === row.key}
            name={row.label}
            onChoose={(index) => onChoose({ question, row: row.key }, index)}
          />
        </div>
      ))}
    </div>
  );
}

function Control(props: Props) {
  const { question, answers, active, onChoose, onChange } = props;
  const value = answers[question.key];
  const name = question.label;
  switch (question.type) {
    case "single":
    case "multiple":
      return (
        <Choices
          target={{ question, row: null }}
          labels={question.options.map((option) => option.label)}
          isChosen={(index) => {
            const key = question.options[index]?.key;
            return Array.isArray(value) ? value.includes(key) : value === key;
          }}
          keys={active !== undefined}
          name={name}
          onChoose={(index) => onChoose({ question, row: null }, index)}
        />
      );
    case "scale":
    case "nps":
      return <Scale {...props} />;
    case "matrix":
      return <Matrix {...props} />;
    case "number":
      return (
        <InputNumber
          aria-label={name}
          style={{ width: "100%", maxWidth: 220 }}
          value={typeof value === "number" ? value : null}
          {...(question.min === null ? {} : { min: question.min })}
          {...(question.max === null ? {} : { max: question.max })}
          onChange={onChange}
        />
      );
    case "date":
      return (
        <Input
          type="date"
          aria-label={name}
          style={{ maxWidth: 220 }}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
    case "text":
      return (
        <Input.TextArea
          aria-label={name}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={5000}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** A question as it is asked, with what was answered. */
export function QuestionInput(props: Props) {
  const { t } = useTranslation();
  const { question, problem, variables, active } = props;
  return (
    <div
      className={`script-question ${active === null ? "script-active" : ""}`}
      role="group"
      aria-label={question.label}
      data-question={question.key}
    >
      <div className="script-question-label">
        {fillText(question.label, variables)}
        {question.required && <span role="img" className="script-required" aria-label={t("desk.required")} />}
      </div>
      <Control {...props} />
      {problem && (
        <span className="script-problem" role="alert">
          {t("scripts.needsAnswer")}
        </span>
      )}
    </div>
  );
}
