import { Descriptions, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TimeFigures } from "../../../shared/agent-time.ts";
import type { AgentState } from "../../../shared/desk.ts";
import { formatDuration, formatShare } from "../../lib/format.ts";

const shown: AgentState[] = ["ready", "preview", "ringing", "talking", "wrap-up", "paused"];

export const msIn = ({ totals }: TimeFigures, state: AgentState) =>
  totals.filter((total) => total.state === state).reduce((sum, { ms }) => sum + ms, 0);

/** The figures of a row; each leads to `linkOf(row, state)`, where its rows are. */
export function useTimeColumns<R extends { figures: TimeFigures }>(
  linkOf: (row: R, state?: AgentState) => string,
): TableColumnsType<R> {
  const { t } = useTranslation();
  const cell = (row: R, text: string, state?: AgentState) =>
    text === "–" ? (
      text
    ) : (
      <Link className="num" to={linkOf(row, state)}>
        {text}
      </Link>
    );
  return [
    {
      title: t("agentTime.planned"),
      render: (_, row) => cell(row, formatDuration(row.figures.plannedMs || null)),
    },
    {
      title: t("agentTime.adherence"),
      render: (_, row) => cell(row, formatShare(row.figures.inPlanMs, row.figures.plannedMs)),
    },
    {
      title: t("agentTime.conformance"),
      render: (_, row) => cell(row, formatShare(row.figures.workedMs, row.figures.plannedWorkMs)),
    },
    {
      title: t("agentTime.worked"),
      render: (_, row) => cell(row, formatDuration(row.figures.workedMs || null)),
    },
    { title: t("agentTime.late"), render: (_, row) => cell(row, formatDuration(row.figures.lateMs || null)) },
    {
      title: t("agentTime.early"),
      render: (_, row) => cell(row, formatDuration(row.figures.earlyMs || null)),
    },
    {
      title: t("agentTime.absent"),
      render: (_, row) => cell(row, row.figures.absentDays ? String(row.figures.absentDays) : "–"),
    },
    ...shown.map((state) => ({
      title: t(`desk.state.${state}`),
      render: (_: unknown, row: R) => cell(row, formatDuration(msIn(row.figures, state) || null), state),
    })),
  ];
}

const defined = ["planned", "adherence", "conformance", "worked", "late", "early", "absent"] as const;

/** What each figure means, on the page that shows it. */
export function Definitions() {
  const { t } = useTranslation();
  return (
    <Descriptions
      title={t("agentTime.definitions")}
      column={1}
      size="small"
      items={defined.map((name) => ({
        key: name,
        label: t(`agentTime.${name}`),
        children: t(`agentTime.definition.${name}`),
      }))}
    />
  );
}
