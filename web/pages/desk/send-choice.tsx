import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskDirectory, TransferTarget } from "../../../shared/call-control.ts";
import type { AgentState } from "../../../shared/desk.ts";
import { AgentStateTag } from "../../features/desk/agent-state-tag.tsx";

export interface Choice {
  key: string;
  name: string;
  target: TransferTarget;
  state?: string;
  line?: { ready: number; waiting: number };
}

/** Digits as people write a telephone number. */
const looksLikeNumber = (text: string) => /^[+\d][\d\s().-]{1,}$/.test(text);

/** Colleagues first, then lines; what looks like a number stands above all. */
export function choicesOf(found: DeskDirectory | undefined, search: string): Choice[] {
  const number: Choice[] = looksLikeNumber(search)
    ? [{ key: "number", name: search, target: { type: "number", phone: search } }]
    : [];
  const agents = (found?.agents ?? []).map(({ userId, name, extension, state }): Choice => {
    return {
      key: `agent-${userId}`,
      name: extension === null ? name : `${name} ${extension}`,
      state,
      target: { type: "agent", userId },
    };
  });
  const lines = (found?.queues ?? []).map(({ queueId, campaignId, name, ready, waiting }): Choice => {
    return {
      key: queueId === null ? `line-${campaignId}` : `queue-${queueId}`,
      name,
      line: { ready, waiting },
      target: queueId === null ? { type: "queue", campaignId: campaignId! } : { type: "queue", queueId },
    };
  });
  return [...number, ...agents, ...lines];
}

export function SendChoice({
  choice,
  chosen,
  onChoose,
}: {
  choice: Choice;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const { name, state, line, target } = choice;
  return (
    // The search field keeps the focus and moves the choice by arrow keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the keys
    <li
      id={`send-${choice.key}`}
      role="option"
      aria-selected={chosen}
      className={chosen ? "desk-choice-chosen" : ""}
      onClick={onChoose}
    >
      <span>{name}</span>
      {state !== undefined && <AgentStateTag state={state as AgentState} />}
      {line && <Tag>{t("control.line", line)}</Tag>}
      {target.type === "number" && <Tag>{t("control.number")}</Tag>}
    </li>
  );
}
