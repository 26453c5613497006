import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { AgentDay, AgentDayRow } from "../../../shared/agent-time.ts";
import { agentStates } from "../../../shared/desk.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { usePauseReasons } from "../../features/desk/use-pause-reasons.ts";
import { formatDuration, formatShare } from "../../lib/format.ts";
import { useToday } from "../../lib/use-today.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Figure } from "../../ui/figure.tsx";
import { SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ErrorState, PageLoading } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { SpanTable } from "./span-table.tsx";
import { useAgentDay, useAgentDays } from "./time-api.ts";
import { Definitions, useTimeColumns } from "./time-columns.tsx";
import { Timeline } from "./timeline.tsx";

const keys = ["day", "from", "to", "state", "reason"] as const;

function Totals({
  day,
  linkOf,
}: {
  day: AgentDay;
  linkOf: (state: string, reason?: number | null) => string;
}) {
  const { t } = useTranslation();
  const { labelOf } = usePauseReasons();
  const { figures } = day;
  return (
    <Flex gap={24} wrap>
      <Figure
        label={t("agentTime.adherence")}
        value={formatShare(figures.inPlanMs, figures.plannedMs)}
        detail={`${formatDuration(figures.inPlanMs)} / ${formatDuration(figures.plannedMs)}`}
      />
      <Figure
        label={t("agentTime.conformance")}
        value={formatShare(figures.workedMs, figures.plannedWorkMs)}
        detail={`${formatDuration(figures.workedMs)} / ${formatDuration(figures.plannedWorkMs)}`}
      />
      <Figure
        label={t("agentTime.late")}
        value={formatDuration(figures.lateMs || null)}
        tone={figures.lateDays ? "bad" : "default"}
      />
      <Figure label={t("agentTime.early")} value={formatDuration(figures.earlyMs || null)} />
      {figures.totals.map(({ state, pauseReasonId, ms }) => (
        <Figure
          key={`${state} ${pauseReasonId}`}
          label={`${t(`desk.state.${state}`)}${pauseReasonId === null ? "" : ` · ${labelOf(pauseReasonId) ?? "–"}`}`}
          value={formatDuration(ms)}
          to={linkOf(state, pauseReasonId)}
        />
      ))}
    </Flex>
  );
}

/** One agent: a day as it was planned and as it was, every stretch with its cause; or a range, day by day. */
export function AgentDayPage() {
  const { t } = useTranslation();
  const userId = Number(useParams()["id"]);
  const { values, set } = useUrlFilter(keys);
  const today = useToday();
  const isRange = values.from !== undefined && values.to !== undefined;
  const day = values.day ?? values.to ?? today;
  const query = useAgentDay(userId, day);
  const days = useAgentDays(userId, { from: values.from, to: values.to }, isRange);
  const dayColumns = useTimeColumns<AgentDayRow>(
    (row, state) => `/agent-time/${userId}?day=${row.day}${state ? `&state=${state}` : ""}`,
  );
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  const found = query.data;
  if (!found) return <PageLoading />;
  const reason = values.reason === undefined ? undefined : Number(values.reason);
  const rows = found.spans.filter(
    (span) =>
      (!values.state || span.state === values.state) &&
      (reason === undefined || span.pauseReasonId === reason),
  );
  return (
    <Page
      title={found.name}
      name={found.name}
      trail={<Link to="/agent-time">{t("navigation.agent-time")}</Link>}
    >
      {isRange ? (
        <DataTable
          label={t("navigation.agent-time")}
          query={days}
          rowKey={(row) => row.day}
          columns={[
            {
              title: t("agentTime.day"),
              render: (_, row) => <Link to={`/agent-time/${userId}?day=${row.day}`}>{row.day}</Link>,
            },
            ...dayColumns,
          ]}
          empty={<EmptyState text={t("agentTime.none")} />}
        />
      ) : (
        <>
          <Flex gap={8} align="center" wrap>
            <Button
              icon={<LeftOutlined />}
              aria-label={t("diary.before")}
              onClick={() => set({ day: addDays(day, -1) })}
            />
            <strong className="num">{day}</strong>
            <Button
              icon={<RightOutlined />}
              aria-label={t("diary.after")}
              onClick={() => set({ day: addDays(day, 1) })}
            />
            {found.note && <Tag>{found.note}</Tag>}
            {found.figures.absentDays > 0 && <Tag color="error">{t("agentTime.absent")}</Tag>}
          </Flex>
          <Card>
            <Timeline day={found} />
          </Card>
          <Card>
            <Totals
              day={found}
              linkOf={(state, pause) =>
                `/agent-time/${userId}?day=${day}&state=${state}${pause === null || pause === undefined ? "" : `&reason=${pause}`}`
              }
            />
          </Card>
          {found.plan.length === 0 && <Alert type="info" showIcon title={t("agentTime.noPlan")} />}
          <Card>
            <SelectFilter
              value={values.state}
              onChange={(state) => set({ state, reason: null })}
              placeholder={t("agentTime.state")}
              options={agentStates.map((value) => ({ value, label: t(`desk.state.${value}`) }))}
            />
            <SpanTable spans={rows} />
          </Card>
        </>
      )}
      <Definitions />
    </Page>
  );
}
