import { DownOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Dropdown, Flex, Input, Select } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { questionTypes, type ScriptDocument, type ScriptPage } from "../../../../shared/scripts.ts";
import { swapped } from "../../../lib/swapped.ts";
import { addQuestion, allQuestions, putPage } from "../document.ts";
import { QuestionEditor } from "./question-editor.tsx";

interface Props {
  document: ScriptDocument;
  page: ScriptPage;
  onChange: (document: ScriptDocument) => void;
}

/** Variables that every call has; columns of a list are typed. */
const common = ["lead.name", "agent.name", "campaign.name"];

/** Puts a text where the cursor of the page's words stands. */
function InsertMenu({ names, onInsert }: { names: string[]; onInsert: (text: string) => void }) {
  const { t } = useTranslation();
  const columnExample = t("scripts.columnExample");
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [...names, `lead.${columnExample}`].map((name) => ({ key: name, label: `{{${name}}}` })),
        onClick: ({ key }) => onInsert(`{{${key}}}`),
      }}
    >
      <Button size="small">
        {t("scripts.insertVariable")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

/** One page: its title, its words, the fields and questions it asks. */
export function PageEditor({ document, page, onChange }: Props) {
  const { t } = useTranslation();
  const area = useRef<TextAreaRef>(null);
  const put = (next: ScriptPage) => onChange(putPage(document, next));
  const insert = (text: string) => {
    const element = area.current?.resizableTextArea?.textArea;
    const at = element?.selectionStart ?? page.text.length;
    put({ ...page, text: page.text.slice(0, at) + text + page.text.slice(element?.selectionEnd ?? at) });
    element?.focus();
  };
  const { questions } = page;
  return (
    <Card size="small" className="script-page">
      <Flex vertical gap={14}>
        <Flex gap={8} align="center">
          <Input
            value={page.title}
            maxLength={100}
            size="large"
            status={page.title.trim() === "" ? "error" : ""}
            aria-label={t("scripts.pageTitle")}
            placeholder={t("scripts.pageTitle")}
            onChange={(event) => put({ ...page, title: event.target.value })}
          />
          {page.id !== document.start && (
            <Button onClick={() => onChange({ ...document, start: page.id })}>
              {t("scripts.makeStart")}
            </Button>
          )}
        </Flex>
        <div>
          <Flex justify="space-between" align="center" wrap gap={6} style={{ marginBottom: 6 }}>
            <span className="script-small" id="script-text-label">
              {t("scripts.text")}
            </span>
            <InsertMenu
              names={[...common, ...allQuestions(document).map(({ key }) => `answer.${key}`)]}
              onInsert={insert}
            />
          </Flex>
          <Input.TextArea
            ref={area}
            value={page.text}
            autoSize={{ minRows: 4, maxRows: 20 }}
            maxLength={10_000}
            aria-labelledby="script-text-label"
            placeholder={t("scripts.textExample", { open: "{{", close: "}}" })}
            onChange={(event) => put({ ...page, text: event.target.value })}
          />
          <div className="script-small">{t("scripts.textHelp", { open: "{{", close: "}}" })}</div>
        </div>
        <label>
          <span className="script-small">{t("scripts.fields")}</span>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            value={page.fields}
            tokenSeparators={[",", "，", " "]}
            placeholder={t("scripts.fieldsExample")}
            aria-label={t("scripts.fields")}
            style={{ width: "100%" }}
            onChange={(fields: string[]) => put({ ...page, fields })}
          />
        </label>
        {questions.map((question, index) => (
          <QuestionEditor
            key={question.key}
            question={question}
            first={index === 0}
            last={index === questions.length - 1}
            onChange={(changed) => put({ ...page, questions: questions.with(index, changed) })}
            onMove={(step) => put({ ...page, questions: swapped(questions, index, index + step) })}
            onRemove={() => put({ ...page, questions: questions.toSpliced(index, 1) })}
          />
        ))}
        <Dropdown
          trigger={["click"]}
          menu={{
            items: questionTypes.map((type) => ({ key: type, label: t(`scripts.type.${type}`) })),
            onClick: ({ key }) =>
              onChange(
                addQuestion(document, page, key as (typeof questionTypes)[number], {
                  option: t("scripts.option"),
                  row: t("scripts.row"),
                }),
              ),
          }}
        >
          <Button type="dashed" icon={<PlusOutlined />} style={{ alignSelf: "flex-start" }}>
            {t("scripts.addQuestion")}
          </Button>
        </Dropdown>
      </Flex>
    </Card>
  );
}
