import { Alert, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";
import { useLive } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { ErrorState, PageLoading } from "../../ui/states.tsx";
import { ApiError } from "../../lib/api.ts";
import { AgentTable } from "./agent-table.tsx";
import { CallTable } from "./call-table.tsx";
import { CampaignTable } from "./campaign-table.tsx";
import { FloorFilters } from "./floor-filters.tsx";
import { FloorTotals } from "./floor-totals.tsx";
import { applyFilter, noFilter } from "./floor-filter.ts";

/** Every agent, call and campaign as it happens, by push. */
export function FloorPage() {
  const { t } = useTranslation();
  const agents = useLive<LiveAgent>("agents");
  const calls = useLive<LiveCall>("calls");
  const campaigns = useLive<LiveCampaign>("campaigns");
  const [address] = useSearchParams();
  const [filter, setFilter] = useState({ ...noFilter, campaignId: Number(address.get("campaign")) || null });
  const all = {
    agents: Object.values(agents.items),
    calls: Object.values(calls.items),
    campaigns: Object.values(campaigns.items),
  };
  if (agents.status === "refused") {
    return <ErrorState error={new ApiError(403, agents.code ?? "forbidden", t("errors.forbidden"))} />;
  }
  const known = agents.status === "live" || all.agents.length > 0 || all.campaigns.length > 0;
  if (!known) return <PageLoading />;
  const shown = applyFilter(filter, all);
  return (
    <Page title={t("navigation.floor")}>
      {agents.status !== "live" && <Alert type="warning" banner title={t("floor.offline")} />}
      <FloorTotals agents={all.agents} calls={all.calls} />
      <FloorFilters filter={filter} campaigns={all.campaigns} onChange={setFilter} />
      <CampaignTable campaigns={shown.campaigns} />
      <Flex gap={16} wrap align="start">
        <div style={{ flex: "3 1 520px", minWidth: 0 }}>
          <AgentTable agents={shown.agents} calls={calls.items} campaigns={campaigns.items} />
        </div>
        <div style={{ flex: "2 1 420px", minWidth: 0 }}>
          <CallTable calls={shown.calls} agents={agents.items} campaigns={campaigns.items} />
        </div>
      </Flex>
    </Page>
  );
}
