import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AgentDay } from "../../../shared/agent-time.ts";
import { AgentStateTag } from "../../features/desk/agent-state-tag.tsx";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";

/** Every stretch of a day: its state, its call, and why it began. */
export function SpanTable({ spans }: { spans: AgentDay["spans"] }) {
  const { t, i18n } = useTranslation();
  const { labelOf } = usePauseReasons();
  const causeOf = (cause: string) => {
    const name = cause.startsWith("by-user-") ? "by-user" : cause;
    if (i18n.exists(`agentCause.${name}`)) return t(`agentCause.${name}`);
    return name.startsWith("leg-") ? t("agentCause.line-ended") : name;
  };
  return (
    <Table
      size="small"
      scroll={{ x: "max-content" }}
      pagination={false}
      rowKey="from"
      dataSource={spans}
      locale={{ emptyText: t("agentTime.none") }}
      columns={[
        {
          title: t("agentTime.from"),
          render: (_, row) => <span className="num">{formatInstant(row.from, "time")}</span>,
        },
        {
          title: t("agentTime.to"),
          render: (_, row) => <span className="num">{formatInstant(row.to, "time")}</span>,
        },
        {
          title: t("agentTime.length"),
          render: (_, row) => (
            <span className="num">{formatDuration(Date.parse(row.to) - Date.parse(row.from))}</span>
          ),
        },
        {
          title: t("agentTime.state"),
          render: (_, row) => <AgentStateTag state={row.state} reason={labelOf(row.pauseReasonId)} />,
        },
        { title: t("agentTime.cause"), render: (_, row) => causeOf(row.cause) },
        {
          title: t("agentTime.call"),
          render: (_, row) =>
            row.callId === null ? "–" : <Link to={`/calls/${row.callId}`}>{t("diary.open")}</Link>,
        },
      ]}
    />
  );
}
