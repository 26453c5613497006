import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { AgentState } from "../../../shared/desk.ts";

const colours: Record<AgentState, string> = {
  "signed-out": "default",
  connecting: "gold",
  paused: "orange",
  ready: "green",
  preview: "cyan",
  ringing: "geekblue",
  talking: "blue",
  "wrap-up": "purple",
};

/** An agent's state as a coloured word, the same on every page. */
export function AgentStateTag({ state, reason }: { state: AgentState; reason?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Tag color={colours[state]} style={{ marginInlineEnd: 0 }}>
      {t(`desk.state.${state}`)}
      {reason ? ` · ${reason}` : ""}
    </Tag>
  );
}
