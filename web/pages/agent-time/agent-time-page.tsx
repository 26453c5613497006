import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AgentTimeRow } from "../../../shared/agent-time.ts";
import { useCan } from "../../lib/session.ts";
import { useToday } from "../../lib/use-today.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useOrgUnits } from "../users/user-api.ts";
import { DayFields } from "./day-fields.tsx";
import { useAgentTime } from "./time-api.ts";
import { Definitions, useTimeColumns } from "./time-columns.tsx";

const keys = ["from", "to", "orgUnitId"] as const;

/** What each agent was planned to do and did in a range of days. */
export function AgentTimePage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  const today = useToday();
  const { from = today, to = today } = values;
  const asked = { from, to, orgUnitId: values.orgUnitId };
  const query = useAgentTime(asked);
  const units = useOrgUnits();
  const supervises = useCan("agents.supervise");
  const mayExport = useCan("reports.export");
  const columns = useTimeColumns<AgentTimeRow>(({ userId }, state) => {
    const rest = state ? `&state=${state}` : "";
    return from === to
      ? `/agent-time/${userId}?day=${to}${rest}`
      : `/agent-time/${userId}?from=${from}&to=${to}${rest}`;
  });
  return (
    <Page
      title={t("navigation.agent-time")}
      help={t("agentTime.help")}
      actions={
        supervises && (
          <>
            <Link to="/shifts">
              <Button>{t("navigation.shifts")}</Button>
            </Link>
            {mayExport && <ExportMenu path="/agent-time/export" query={asked} />}
          </>
        )
      }
    >
      <DataTable
        label={t("navigation.agent-time")}
        query={query}
        rowKey={(row) => row.userId}
        columns={[
          {
            title: t("agentTime.agent"),
            fixed: "left",
            render: (_, row) => <Link to={`/agent-time/${row.userId}?day=${to}`}>{row.name}</Link>,
          },
          ...columns,
        ]}
        empty={<EmptyState text={t("agentTime.none")} />}
        filters={
          <FilterBar>
            <DayFields from={from} to={to} onChange={set} />
            <SelectFilter
              value={values.orgUnitId}
              onChange={(orgUnitId) => set({ orgUnitId })}
              placeholder={t("agentTime.unit")}
              searchable
              options={(units.data ?? []).map((unit) => ({ value: String(unit.id), label: unit.name }))}
            />
          </FilterBar>
        }
      />
      <Definitions />
    </Page>
  );
}
