import { CopyOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Space } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { variablesOf } from "../../../shared/ivr/check-blocks.ts";
import { type IvrDocument, systemVariables } from "../../../shared/ivr/flow.ts";
import { connect, putBlock } from "./document.ts";
import { BlockForm } from "./forms/block-form.tsx";
import type { FormContext } from "./forms/context.ts";
import { FlowForm } from "./forms/flow-form.tsx";
import { blockName } from "./kinds.tsx";
import { useTargets } from "./targets.ts";
import type { useEditor } from "./use-editor.ts";

/** What the forms know of the draft. */
function useContextOf(document: IvrDocument): FormContext {
  const targets = useTargets();
  return useMemo(() => {
    const variables = [...new Set([...systemVariables, ...document.blocks.flatMap(variablesOf)])];
    return {
      languages: document.languages,
      variables,
      subjects: variables.map((key) => ({ key, label: key, options: [], isNumber: false })),
      targets,
    };
  }, [document, targets]);
}

/** The chosen block in fields; several chosen, what can be done with them; nothing chosen, the whole flow. */
export function SideForm({ editor, may }: { editor: ReturnType<typeof useEditor>; may: boolean }) {
  const { t } = useTranslation();
  const { block, chosen, draft, copy, remove, setWish } = editor;
  const { document, change } = draft;
  const context = useContextOf(document);
  const acts = may && (
    <Space wrap>
      <Button size="small" icon={<CopyOutlined />} onClick={copy}>
        {t("common.copy")}
      </Button>
      <Button
        size="small"
        danger
        icon={<DeleteOutlined />}
        disabled={document.blocks.length <= chosen.length}
        onClick={remove}
      >
        {t("common.delete")}
      </Button>
    </Space>
  );
  return (
    <fieldset className="ivr-form" disabled={!may}>
      {block && (
        <>
          <h2>{blockName(t, block)}</h2>
          <p className="ivr-note">{t(`ivr.help.${block.kind}`)}</p>
          <BlockForm
            key={block.id}
            document={document}
            block={block}
            context={context}
            onChange={(next) => change((before) => putBlock(before, next))}
            onConnect={(exit, to) => change((before) => connect(before, exit, to))}
            onWish={(after) => setWish({ after })}
          />
          {acts}
        </>
      )}
      {chosen.length > 1 && (
        <>
          <h2>{t("ivr.severalChosen", { count: chosen.length })}</h2>
          <p className="ivr-note">{t("ivr.severalHelp")}</p>
          {acts}
        </>
      )}
      {chosen.length === 0 && (
        <>
          <h2>{t("ivr.wholeFlow")}</h2>
          <FlowForm document={document} context={context} onChange={(next) => change(() => next)} />
          {may && <p className="ivr-note">{t("ivr.mouseHelp")}</p>}
        </>
      )}
    </fieldset>
  );
}
