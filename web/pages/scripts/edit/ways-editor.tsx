import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Input, InputNumber, Segmented, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { scaleOf } from "../../../../shared/script-machine.ts";
import {
  type Question,
  type ScriptDocument,
  type ScriptEnd,
  scriptEnd,
  type ScriptPage,
} from "../../../../shared/scripts.ts";
import { newRule, RuleEditor, type RuleSubject } from "../../../features/answer-rules/rule-editor.tsx";
import { swapped } from "../../../lib/swapped.ts";
import { allQuestions } from "../document.ts";

interface Props {
  document: ScriptDocument;
  page: ScriptPage;
  onChange: (page: ScriptPage) => void;
}

function subjectOf(question: Question): RuleSubject {
  const { key, label, type } = question;
  const scale = type === "scale" || type === "nps";
  const values = scale
    ? scaleOf(question).map((value) => ({ value: String(value), label: String(value) }))
    : [];
  return {
    key,
    label: label || key,
    options: scale ? values : question.options.map((option) => ({ value: option.key, label: option.label })),
    isNumber: scale || type === "number",
  };
}

/** Where it goes on: jumps by answers in their order, then the way besides; or the end, and what that does. */
export function WaysEditor({ document, page, onChange }: Props) {
  const { t } = useTranslation();
  const pages = document.pages.map((one, index) => ({
    value: one.id,
    label: `${index + 1} ${one.title || t("scripts.untitled")}`,
  }));
  // What is asked here comes first; it is what jumps are mostly about.
  const subjects = [...new Set([...page.questions, ...allQuestions(document)])].map(subjectOf);
  const { jumps } = page;
  const put = (next: ScriptPage["jumps"]) => onChange({ ...page, jumps: next });
  return (
    <Card size="small" title={t("scripts.ways")}>
      <Flex vertical gap={12}>
        <Segmented
          block
          value={page.end ? "end" : "on"}
          aria-label={t("scripts.ways")}
          options={(["on", "end"] as const).map((value) => ({ value, label: t(`scripts.goes.${value}`) }))}
          onChange={(value) =>
            onChange(
              value === "end"
                ? { ...page, end: scriptEnd.parse({}), next: null, jumps: [] }
                : { ...page, end: null },
            )
          }
        />
        {page.end ? (
          <EndEditor end={page.end} onChange={(end) => onChange({ ...page, end })} />
        ) : (
          <>
            {jumps.map((jump, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a jump is its place
              <div
                key={index}
                className="script-jump"
                role="group"
                aria-label={t("scripts.jump", { number: index + 1 })}
              >
                <Flex justify="space-between" align="center">
                  <span className="script-small">{t(index === 0 ? "scripts.if" : "scripts.elseIf")}</span>
                  <span>
                    <Button
                      type="text"
                      size="small"
                      icon={<ArrowUpOutlined />}
                      aria-label={`${t("common.up")}: ${t("scripts.jump", { number: index + 1 })}`}
                      disabled={index === 0}
                      onClick={() => put(swapped(jumps, index, index - 1))}
                    />
                    <Button
                      type="text"
                      size="small"
                      icon={<ArrowDownOutlined />}
                      aria-label={`${t("common.down")}: ${t("scripts.jump", { number: index + 1 })}`}
                      disabled={index === jumps.length - 1}
                      onClick={() => put(swapped(jumps, index, index + 1))}
                    />
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined />}
                      aria-label={`${t("common.delete")}: ${t("scripts.jump", { number: index + 1 })}`}
                      onClick={() => put(jumps.toSpliced(index, 1))}
                    />
                  </span>
                </Flex>
                <RuleEditor
                  rule={jump.when}
                  subjects={subjects}
                  onChange={(when) => put(jumps.with(index, { ...jump, when }))}
                />
                <PageSelect
                  label={t("scripts.then")}
                  value={jump.to}
                  pages={pages}
                  onChange={(to) => to !== null && put(jumps.with(index, { ...jump, to }))}
                />
              </div>
            ))}
            <Button
              type="dashed"
              size="small"
              icon={<PlusOutlined />}
              style={{ alignSelf: "flex-start" }}
              disabled={subjects.length === 0 || jumps.length >= 20}
              onClick={() => put([...jumps, { when: newRule(subjects), to: page.next ?? page.id }])}
            >
              {t("scripts.addJump")}
            </Button>
            <PageSelect
              label={t(jumps.length > 0 ? "scripts.otherwise" : "scripts.nextPage")}
              value={page.next}
              pages={pages}
              clearable
              onChange={(next) => onChange({ ...page, next })}
            />
          </>
        )}
      </Flex>
    </Card>
  );
}

interface PageSelectProps {
  label: string;
  value: string | null;
  pages: { value: string; label: string }[];
  clearable?: boolean;
  onChange: (pageId: string | null) => void;
}

function PageSelect({ label, value, pages, clearable = false, onChange }: PageSelectProps) {
  const { t } = useTranslation();
  return (
    <Flex gap={8} align="center">
      <span className="script-small">{label}</span>
      <Select
        size="small"
        style={{ flex: 1, minWidth: 0 }}
        value={value}
        allowClear={clearable}
        aria-label={label}
        placeholder={t("scripts.choosePage")}
        status={value === null || pages.some((page) => page.value === value) ? "" : "error"}
        showSearch={{ optionFilterProp: "label" }}
        options={pages}
        onChange={(next: string | null | undefined) => onChange(next ?? null)}
      />
    </Flex>
  );
}

function EndEditor({ end, onChange }: { end: ScriptEnd; onChange: (end: ScriptEnd) => void }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={10}>
      <label className="script-line">
        <span>{t("scripts.countsComplete")}</span>
        <Switch checked={end.complete} onChange={(complete) => onChange({ ...end, complete })} />
      </label>
      <label>
        <span className="script-small">{t("scripts.endDisposition")}</span>
        <Input
          value={end.disposition}
          maxLength={250}
          placeholder={t("scripts.endDispositionExample")}
          onChange={(event) => onChange({ ...end, disposition: event.target.value })}
        />
      </label>
      <label>
        <span className="script-small">{t("scripts.endCallbackIn")}</span>
        <InputNumber
          value={end.callbackMinutes}
          min={1}
          max={525_600}
          precision={0}
          suffix={t("common.units.minute")}
          style={{ width: "100%" }}
          onChange={(callbackMinutes) => onChange({ ...end, callbackMinutes })}
        />
      </label>
      <label>
        <span className="script-small">{t("scripts.endNote")}</span>
        <Input.TextArea
          value={end.note}
          maxLength={1000}
          autoSize={{ minRows: 1, maxRows: 5 }}
          onChange={(event) => onChange({ ...end, note: event.target.value })}
        />
      </label>
    </Flex>
  );
}
