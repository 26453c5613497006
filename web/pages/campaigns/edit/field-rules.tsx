import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { AnswerRule } from "../../../../shared/answer-rules.ts";
import type { DispositionNode, FormField } from "../../../../shared/campaigns.ts";
import { dispositionKey } from "../../../../shared/service-summary.ts";
import { newRule, RuleEditor, type RuleSubject } from "../../../features/answer-rules/rule-editor.tsx";

const labelsOf = (nodes: readonly DispositionNode[]): string[] =>
  nodes.flatMap((node) => [node.label, ...labelsOf(node.children)]);

interface Props {
  field: FormField;
  /** Fields above this one. */
  before: readonly FormField[];
  dispositions: readonly DispositionNode[];
  onChange: (field: FormField) => void;
}

/** When a field is shown, and when it must be filled in: by the chosen result and the fields above it. */
export function FieldRules({ field, before, dispositions, onChange }: Props) {
  const { t } = useTranslation();
  const yesNo = [
    { value: "true", label: t("common.yes") },
    { value: "false", label: t("common.no") },
  ];
  const subjects: RuleSubject[] = [
    {
      key: dispositionKey,
      label: t("campaigns.disposition"),
      options: [...new Set(labelsOf(dispositions))].map((label) => ({ value: label, label })),
      isNumber: false,
    },
    ...before.map(({ key, label, type, options }) => ({
      key,
      label: label || key,
      options:
        type === "yes-no" || type === "checkbox"
          ? yesNo
          : type.startsWith("choice")
            ? options.map((option) => ({ value: option, label: option }))
            : [],
      isNumber: type === "number" || type === "money",
    })),
  ];
  const put = (name: "showIf" | "requiredIf", rule: AnswerRule | undefined) => {
    const { [name]: _before, ...rest } = field;
    onChange(rule ? { ...rest, [name]: rule } : rest);
  };
  return (
    <Flex vertical gap={6} style={{ paddingInlineStart: 12 }}>
      {(["showIf", "requiredIf"] as const).map((name) => {
        const rule = field[name];
        return rule ? (
          <div key={name} role="group" aria-label={t(`campaigns.${name}`)}>
            <div>{t(`campaigns.${name}`)}</div>
            <RuleEditor
              rule={rule}
              subjects={subjects}
              onChange={(changed) => put(name, changed)}
              onRemove={() => put(name, undefined)}
            />
          </div>
        ) : (
          <Button
            key={name}
            size="small"
            type="link"
            style={{ alignSelf: "flex-start", paddingInline: 0 }}
            onClick={() => put(name, newRule(subjects))}
          >
            {t(`campaigns.${name}`)}
          </Button>
        );
      })}
    </Flex>
  );
}
