import { Card, Descriptions, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type CallScript, type Question } from "../../../shared/scripts.ts";
import { useCan } from "../../lib/session.ts";
import { asText } from "../../lib/plain-text.ts";

function inWords(question: Question, value: unknown): string {
  const labelOf = (key: unknown, from = question.options) =>
    from.find((option) => option.key === key)?.label ?? asText(key);
  if (Array.isArray(value)) return value.map((one) => labelOf(one)).join(", ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([row, chosen]) => `${labelOf(row, question.rows)}: ${labelOf(chosen)}`)
      .join("; ");
  return labelOf(value);
}

/** What was asked on a call, and what was answered; what a branch that was left again had asked stands apart. */
export function ScriptAnswers({ script }: { script: CallScript }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.see");
  const answers = new Map(script.answers.map((answer) => [answer.question, answer]));
  const questions = script.document.pages
    .flatMap((page) => page.questions)
    .filter((question) => answers.has(question.key));
  const left = questions.some((question) => !answers.get(question.key)!.onPath);
  return (
    <Card
      title={
        <>
          {t("scripts.ofCall")} ·{" "}
          {may ? <Link to={`/scripts/${script.scriptId}`}>{script.name}</Link> : script.name}
        </>
      }
      extra={
        <>
          <Tag variant="filled">{t("scripts.versionNumber", { number: script.number })}</Tag>
          {script.complete !== null && (
            <Tag variant="filled" color={script.complete ? "success" : "warning"}>
              {t(script.complete ? "scripts.walkComplete" : "scripts.walkEnded")}
            </Tag>
          )}
        </>
      }
    >
      {questions.length === 0 && (
        <Typography.Text type="secondary">{t("scripts.answers", { count: 0 })}</Typography.Text>
      )}
      {questions.length > 0 && (
        <Descriptions
          column={1}
          size="small"
          bordered
          items={questions.map((question) => {
            const { value, onPath } = answers.get(question.key)!;
            return {
              key: question.key,
              label: question.label,
              children: (
                <Typography.Text delete={!onPath} style={{ whiteSpace: "pre-wrap" }}>
                  {inWords(question, value)}
                </Typography.Text>
              ),
            };
          })}
        />
      )}
      {left && <Typography.Text type="secondary">{t("scripts.leftBranch")}</Typography.Text>}
    </Card>
  );
}
