import { ArrowLeftOutlined, ArrowRightOutlined } from "@ant-design/icons";
import { Button, Progress, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { progressOf, scriptPageOf, unanswered, type WalkEvent } from "../../../shared/script-machine.ts";
import type { Variables } from "../../../shared/script-text.ts";
import type { ScriptDocument, ScriptPage, ScriptWalk } from "../../../shared/scripts.ts";
import { answerKeys, ariaKeys } from "../desk/shortcuts.ts";
import { useShortcuts } from "../desk/use-keys.ts";
import { QuestionInput } from "./question-input.tsx";
import { RichText } from "./rich-text.tsx";
import { eventsOfChoice, firstOpen, keyLabels, type Target, targetsOf } from "./script-keys.ts";
import "./scripts.css";

interface Props {
  document: ScriptDocument;
  walk: ScriptWalk;
  variables: Variables;
  /** In order; those that do not fit are refused by the machine. */
  onEvents: (events: WalkEvent[]) => void;
  /** The fields of the summary that the page names. */
  fields?: ReactNode;
  /** What a last page offers. */
  atEnd?: ReactNode;
}

/** Walks a script: words, questions, the way on; by mouse, by touch, and by keys alone. */
export function ScriptView(props: Props) {
  const { t } = useTranslation();
  const { document, walk, onEvents } = props;
  const page = scriptPageOf(document, walk.pageId);
  const open = document.freeJump
    ? document.pages
    : document.pages.filter((one) => one.id === walk.pageId || walk.trail.includes(one.id));
  if (!page) return null;
  return (
    <div className="script-view" data-page={page.id}>
      <div className="script-head">
        <Select
          value={page.id}
          variant="filled"
          aria-label={t("scripts.page")}
          options={open.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(to) => onEvents([{ type: "jump", to }])}
          showSearch={{ optionFilterProp: "label" }}
        />
        <Progress
          percent={Math.round(progressOf(document, walk) * 100)}
          size="small"
          aria-label={t("scripts.progress")}
        />
      </div>
      <PageBody key={`${page.id} ${walk.trail.length}`} {...props} page={page} />
    </div>
  );
}

function PageBody({ page, walk, variables, onEvents, fields, atEnd }: Props & { page: ScriptPage }) {
  const { t } = useTranslation();
  const { answers } = walk;
  const targets = targetsOf(page);
  const [at, setAt] = useState(() => firstOpen(targets, answers));
  const [complains, setComplains] = useState(false);
  const missing = complains ? unanswered(page, answers) : [];
  const active = targets[at];

  const choose = (target: Target, index: number) => {
    const events = eventsOfChoice(page, target, index, answers);
    onEvents(events);
    const place = targets.findIndex((one) => one.question === target.question && one.row === target.row);
    const stays = target.question.type === "multiple";
    setAt(stays ? place : Math.min(place + 1, targets.length - 1));
  };
  const next = () => {
    const lacks = unanswered(page, answers);
    setComplains(lacks.length > 0);
    if (lacks.length === 0) return onEvents([{ type: "next" }]);
    const first = targets.findIndex(({ question }) => lacks.includes(question.key));
    if (first >= 0) setAt(first);
  };
  const back = () => onEvents([{ type: "back" }]);
  const labels = active ? keyLabels(active.question) : [];
  useShortcuts({
    answer: answerKeys.map((key) => {
      const index = labels.indexOf(key);
      return active && index >= 0 ? () => choose(active, index) : undefined;
    }),
    question: targets.length > 1 && [
      () => setAt(Math.max(at - 1, 0)),
      () => setAt(Math.min(at + 1, targets.length - 1)),
    ],
    scriptNext: !page.end && next,
    scriptBack: walk.trail.length > 0 && back,
  });
  return (
    <>
      <div className="script-body">
        {page.text.trim() !== "" && <RichText text={page.text} variables={variables} />}
        {page.fields.length > 0 && fields}
        {page.questions.map((question) => (
          <QuestionInput
            key={question.key}
            question={question}
            answers={answers}
            variables={variables}
            active={active?.question.key === question.key ? active.row : undefined}
            problem={missing.includes(question.key)}
            onChoose={choose}
            onChange={(value) => onEvents([{ type: "answer", key: question.key, value }])}
          />
        ))}
        {page.end && atEnd}
      </div>
      <div className="script-ways">
        <Button
          icon={<ArrowLeftOutlined />}
          disabled={walk.trail.length === 0}
          aria-keyshortcuts={ariaKeys("scriptBack")}
          onClick={back}
        >
          {t("common.back")}
        </Button>
        {page.end ? (
          <span className="script-over" role="status">
            {t(page.end.complete ? "scripts.walkComplete" : "scripts.walkEnded")}
          </span>
        ) : (
          <Button type="primary" aria-keyshortcuts={ariaKeys("scriptNext")} onClick={next}>
            {t("scripts.goOn")} <ArrowRightOutlined />
          </Button>
        )}
      </div>
    </>
  );
}
