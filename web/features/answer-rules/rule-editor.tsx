import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type AnswerOp, answerOps, type AnswerRule, type AnswerTest } from "../../../shared/answer-rules.ts";

/** What a condition may be about. */
export interface RuleSubject {
  key: string;
  label: string;
  /** Choices to compare with; empty: anything is typed. */
  options: readonly { value: string; label: string }[];
  isNumber: boolean;
}

const withoutValue = new Set<AnswerOp>(["filled", "empty"]);
const opsFor = (subject: RuleSubject | undefined): AnswerOp[] =>
  answerOps.filter((op) => {
    if (op === "at-least" || op === "at-most") return subject?.isNumber ?? true;
    return op !== "contains" || (subject?.options.length === 0 && !subject.isNumber);
  });

interface RowProps {
  test: AnswerTest;
  subjects: readonly RuleSubject[];
  onChange: (test: AnswerTest) => void;
  onRemove: (() => void) | undefined;
}

function TestRow({ test, subjects, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const subject = subjects.find((one) => one.key === test.key);
  const valueWords = t("answerRules.value");
  return (
    <Flex wrap gap={6} align="center">
      <Select
        value={test.key === "" ? null : test.key}
        status={subject ? "" : "error"}
        placeholder={t("answerRules.subject")}
        aria-label={t("answerRules.subject")}
        style={{ flex: "2 1 140px", minWidth: 0 }}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: "label" }}
        options={subjects.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key: string) => {
          const ops = opsFor(subjects.find((one) => one.key === key));
          onChange({ key, op: ops.includes(test.op) ? test.op : "is", value: "" });
        }}
      />
      <Select
        value={test.op}
        aria-label={t("answerRules.comparison")}
        style={{ flex: "1 1 96px", minWidth: 0 }}
        popupMatchSelectWidth={false}
        options={opsFor(subject).map((op) => ({ value: op, label: t(`answerRules.op.${op}`) }))}
        onChange={(op) => onChange({ ...test, op })}
      />
      {!withoutValue.has(test.op) &&
        (subject && subject.options.length > 0 ? (
          <Select
            value={test.value === "" ? null : test.value}
            status={subject.options.some((option) => option.value === test.value) ? "" : "error"}
            placeholder={valueWords}
            aria-label={valueWords}
            style={{ flex: "2 1 120px", minWidth: 0 }}
            popupMatchSelectWidth={false}
            options={[...subject.options]}
            onChange={(value: string) => onChange({ ...test, value })}
          />
        ) : (
          <Input
            value={test.value}
            maxLength={200}
            placeholder={valueWords}
            aria-label={valueWords}
            style={{ flex: "2 1 90px", minWidth: 0 }}
            onChange={(event) => onChange({ ...test, value: event.target.value })}
          />
        ))}
      {onRemove && (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t("answerRules.remove")}
          onClick={onRemove}
        />
      )}
    </Flex>
  );
}

interface Props {
  rule: AnswerRule;
  subjects: readonly RuleSubject[];
  onChange: (rule: AnswerRule) => void;
  /** The last condition may go as well. */
  onRemove?: () => void;
}

export const newRule = (subjects: readonly RuleSubject[]): AnswerRule => ({
  match: "all",
  tests: [{ key: subjects[0]?.key ?? "", op: "is", value: subjects[0]?.options[0]?.value ?? "" }],
});

/** Conditions about answers, all or any of which must hold. */
export function RuleEditor({ rule, subjects, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { tests } = rule;
  return (
    <Flex vertical gap={6}>
      {tests.length > 1 && (
        <Segmented
          size="small"
          value={rule.match}
          style={{ alignSelf: "flex-start" }}
          options={(["all", "any"] as const).map((value) => ({
            value,
            label: t(`answerRules.match.${value}`),
          }))}
          onChange={(match) => onChange({ ...rule, match })}
        />
      )}
      {tests.map((test, index) => (
        <TestRow
          // oxlint-disable-next-line react/no-array-index-key -- a condition is its place
          key={index}
          test={test}
          subjects={subjects}
          onChange={(changed) => onChange({ ...rule, tests: tests.with(index, changed) })}
          onRemove={
            tests.length > 1 ? () => onChange({ ...rule, tests: tests.toSpliced(index, 1) }) : onRemove
          }
        />
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        style={{ alignSelf: "flex-start" }}
        disabled={tests.length >= 10}
        onClick={() => onChange({ ...rule, tests: [...tests, ...newRule(subjects).tests] })}
      >
        {t("answerRules.add")}
      </Button>
    </Flex>
  );
}
