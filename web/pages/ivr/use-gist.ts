import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Speech } from "../../../shared/ivr/block-parts.ts";
import type { IvrBlock } from "../../../shared/ivr/blocks.ts";
import { usePrompts } from "../sounds/sound-api.ts";
import { useTargets } from "./targets.ts";

/** What a block says, asks or reaches, in a line. */
export function useGist(): (block: IvrBlock) => string {
  const { t, i18n } = useTranslation();
  const prompts = usePrompts().data?.items;
  const { agents, boxes, queues, flows } = useTargets();
  return useCallback(
    (block: IvrBlock): string => {
      const said = ({ promptId, zh, en }: Speech) =>
        promptId === null
          ? i18n.language === "zh"
            ? zh || en
            : en || zh
          : `♪ ${prompts?.find(({ id }) => id === promptId)?.name ?? ""}`;
      const nameIn = (options: readonly { value: number; label: string }[], id: number | null) =>
        id === null ? t("ivr.notChosen") : (options.find(({ value }) => value === id)?.label ?? `#${id}`);
      switch (block.kind) {
        case "greeting":
        case "prompt":
        case "menu":
        case "speech-choice":
        case "record":
        case "satisfaction":
        case "hang-up":
        case "callback":
          return said(block.speech) || t(`ivr.kind.${block.kind}`);
        case "collect":
        case "verify":
          return `${block.variable} ← ${said(block.speech)}`;
        case "set":
          return block.values.map(({ variable, value }) => `${variable} = ${value}`).join(", ");
        case "condition":
          return block.cases
            .flatMap(({ when }) => when.tests)
            .map(({ key, op, value }) => `${key} ${t(`answerRules.op.${op}`)} ${value}`)
            .join(", ");
        case "hours":
          return block.timeZone;
        case "queue":
          return block.queueId === null ? t("ivr.anybody") : nameIn(queues, block.queueId);
        case "agent":
          return nameIn(agents, block.userId);
        case "voicemail":
          return block.boxId === null ? nameIn(agents, block.userId) : nameIn(boxes, block.boxId);
        case "number":
          return block.phone || t("ivr.notChosen");
        case "http":
          return block.url;
        case "sql":
          return block.query;
        case "script":
          return block.code.split("\n", 1).join("");
        case "message":
          return i18n.language === "zh" ? block.text.zh || block.text.en : block.text.en || block.text.zh;
        case "sub-flow":
          return nameIn(flows, block.flowId);
        case "return":
          return t("ivr.kind.return");
      }
    },
    [t, i18n.language, prompts, agents, boxes, queues, flows],
  );
}
