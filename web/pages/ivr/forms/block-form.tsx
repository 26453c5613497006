import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { exitsOf, insteadOf, type IvrBlock, ivrBlock } from "../../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../../shared/ivr/flow.ts";
import { type ExitOf, tidyExits } from "../document.ts";
import { blockName, exitName } from "../kinds.tsx";
import type { FormContext, FormProps } from "./context.ts";
import { HttpForm, ScriptForm, SqlForm, VerifyForm } from "./asking.tsx";
import { CallbackForm, ConditionForm, HoursForm, SetForm } from "./deciding.tsx";
import { ChoiceField, TextField, WrongFields } from "./field.tsx";
import { MessageForm } from "./message.tsx";
import { AgentForm, NumberForm, QueueForm, VoicemailForm } from "./people.tsx";
import {
  CollectForm,
  GreetingForm,
  MenuForm,
  PromptBlockForm,
  RecordForm,
  SatisfactionForm,
} from "./speaking.tsx";
import { SpeechChoiceForm } from "./speech-choice.tsx";
import { SpeechField } from "./speech-field.tsx";

interface Props {
  document: IvrDocument;
  block: IvrBlock;
  context: FormContext;
  onChange: (block: IvrBlock) => void;
  /** An exit leads there; null: nowhere. */
  onConnect: (exit: ExitOf, to: string | null) => void;
  /** A new block behind this exit. */
  onWish: (exit: ExitOf) => void;
}

/** What the block is, in fields. What cannot be kept stays in its field, and says so. */
export function BlockForm({ document, block, context, onChange, onConnect, onWish }: Props) {
  const { t } = useTranslation();
  const [{ draft, base }, setForm] = useState({ draft: block, base: block });
  // Undone, moved or connected elsewhere.
  if (base !== block) setForm({ draft: block, base: block });
  const wrong = useMemo(() => {
    const { error } = ivrBlock.safeParse(draft);
    return new Set(error?.issues.map(({ path }) => path.join(".")));
  }, [draft]);

  function put(change: object): void {
    const next: IvrBlock = { ...draft, ...change };
    const { data } = ivrBlock.safeParse(next);
    const kept = data ? tidyExits(data) : base;
    setForm({ draft: next, base: kept });
    if (data) onChange(kept);
  }

  return (
    <WrongFields value={wrong}>
      <TextField
        label={t("ivr.title")}
        value={draft.title}
        maxLength={60}
        placeholder={t(`ivr.kind.${block.kind}`)}
        onChange={(title) => put({ title })}
      />
      {fieldsOf({ block: draft, put, context, t })}
      <Exits {...{ document, block, onConnect, onWish }} />
    </WrongFields>
  );
}

type Fields = Omit<FormProps<IvrBlock["kind"]>, "block" | "put"> & {
  block: IvrBlock;
  put: (change: object) => void;
};

function fieldsOf({ block, put, context, t }: Fields): ReactNode {
  const common = { put, context, t };
  const { targets } = context;
  switch (block.kind) {
    case "greeting":
      return <GreetingForm block={block} {...common} />;
    case "prompt":
      return <PromptBlockForm block={block} {...common} />;
    case "menu":
      return <MenuForm block={block} {...common} />;
    case "collect":
      return <CollectForm block={block} {...common} />;
    case "record":
      return <RecordForm block={block} {...common} />;
    case "satisfaction":
      return <SatisfactionForm block={block} {...common} />;
    case "hours":
      return <HoursForm block={block} {...common} />;
    case "condition":
      return <ConditionForm block={block} {...common} />;
    case "set":
      return <SetForm block={block} {...common} />;
    case "http":
      return <HttpForm block={block} {...common} />;
    case "sql":
      return <SqlForm block={block} {...common} />;
    case "script":
      return <ScriptForm block={block} {...common} />;
    case "verify":
      return <VerifyForm block={block} {...common} />;
    case "callback":
      return <CallbackForm block={block} {...common} />;
    case "queue":
      return <QueueForm block={block} {...common} />;
    case "agent":
      return <AgentForm block={block} {...common} />;
    case "voicemail":
      return <VoicemailForm block={block} {...common} />;
    case "number":
      return <NumberForm block={block} {...common} />;
    case "message":
      return <MessageForm block={block} {...common} />;
    case "speech-choice":
      return <SpeechChoiceForm block={block} {...common} />;
    case "sub-flow":
      return (
        <ChoiceField<number | null>
          label={t("ivr.kind.sub-flow")}
          value={block.flowId}
          options={targets.flows}
          placeholder={t("ivr.notChosen")}
          onChange={(flowId) => put({ flowId })}
        />
      );
    case "hang-up":
      return (
        <SpeechField
          label={t("ivr.lastWords")}
          value={block.speech}
          context={context}
          onChange={(speech) => put({ speech })}
        />
      );
    case "return":
      return null;
  }
}

const newOne = "+";

/** Where each exit leads: the drawing's lines, by keyboard. */
function Exits({
  document,
  block,
  onConnect,
  onWish,
}: Pick<Props, "document" | "block" | "onConnect" | "onWish">) {
  const { t } = useTranslation();
  const exits = exitsOf(block);
  if (exits.length === 0) return <p className="ivr-note">{t("ivr.noExits")}</p>;
  const options = [
    { value: newOne, label: t("ivr.newBlock") },
    ...document.blocks.map((one) => ({
      value: one.id,
      label:
        one.title || document.blocks.filter(({ kind }) => kind === one.kind).length === 1
          ? blockName(t, one)
          : `${blockName(t, one)} (${one.id})`,
    })),
  ];
  const placeholderOf = (exit: string) => {
    const other = insteadOf(block, exit);
    return other ? t("ivr.asExit", { exit: exitName(t, block, other) }) : t("ivr.leadsNowhere");
  };
  return (
    <fieldset className="ivr-list">
      <legend>{t("ivr.exits")}</legend>
      {exits.map((exit) => (
        <ChoiceField<string | null>
          key={exit}
          label={exitName(t, block, exit)}
          value={block.exits[exit] ?? null}
          options={options}
          placeholder={placeholderOf(exit)}
          optional={insteadOf(block, exit) !== undefined}
          onChange={(to) =>
            to === newOne ? onWish({ blockId: block.id, exit }) : onConnect({ blockId: block.id, exit }, to)
          }
        />
      ))}
    </fieldset>
  );
}
