import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Progress, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type CampaignRow, type CampaignStatus, campaignStatuses } from "../../../shared/campaigns.ts";
import type { LiveCampaign } from "../../../shared/live.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { CampaignStatusTag } from "../../ui/tags.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { CampaignActions } from "./campaign-actions.tsx";
import { useCampaigns } from "./campaign-api.ts";

const keys = ["search", "status"] as const;

function LeadsProgress({ leads }: { leads: CampaignRow["leads"] }) {
  const { t } = useTranslation();
  const percent = leads.total === 0 ? 0 : (leads.done / leads.total) * 100;
  return (
    <Flex vertical style={{ width: 150 }}>
      <span>
        {t("campaigns.leadsDone", { done: formatNumber(leads.done), total: formatNumber(leads.total) })}
      </span>
      <Progress percent={percent} showInfo={false} size={{ height: 4 }} aria-label={t("campaigns.leads")} />
    </Flex>
  );
}

function useColumns(): TableColumnsType<CampaignRow> {
  const { t } = useTranslation();
  const live = useLive<LiveCampaign>("campaigns").items;
  return [
    {
      title: t("campaigns.name"),
      render: (_, row) => (
        <Flex vertical>
          <Link to={`/campaigns/${row.id}`}>{row.name}</Link>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {row.lists.map((list) => list.name).join(" · ") || t("campaigns.noLists")}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("common.status"),
      render: (_, row) => (
        <CampaignStatusTag status={(live[row.id]?.status as CampaignStatus | undefined) ?? row.status} />
      ),
    },
    { title: t("campaigns.modeLabel"), render: (_, row) => t(`campaigns.mode.${row.mode}`) },
    { title: t("campaigns.leads"), render: (_, row) => <LeadsProgress leads={row.leads} /> },
    { title: t("campaigns.agents"), dataIndex: "agents", align: "right" },
    {
      title: t("campaigns.connectedToday"),
      align: "right",
      render: (_, row) => {
        const now = live[row.id];
        return now ? `${formatNumber(now.connectedToday)} / ${formatNumber(now.callsToday)}` : "–";
      },
    },
    { title: t("campaigns.startedAt"), render: (_, row) => formatInstant(row.startedAt) },
    {
      title: t("common.actions"),
      render: (_, row) => <CampaignActions campaign={row} small />,
    },
  ];
}

export function CampaignsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("campaigns.manage");
  const { values, set, page, pageSize, any } = useUrlFilter(keys);
  const query = useCampaigns({
    page,
    pageSize,
    search: values.search,
    status: values.status as CampaignStatus | undefined,
  });
  const columns = useColumns();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/campaigns/new")}>
      {t("campaigns.add")}
    </Button>
  );
  return (
    <Page title={t("navigation.campaigns")} actions={may && add}>
      <DataTable
        label={t("navigation.campaigns")}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        paging={{ page, pageSize, onChange: (next, size) => set({ page: next, pageSize: size }) }}
        empty={
          any ? (
            <EmptyState text={t("common.nothingFound")} />
          ) : (
            <EmptyState text={t("campaigns.none")} action={may && add} />
          )
        }
        filters={
          <FilterBar onReset={any && (() => set({ search: null, status: null }))}>
            <SearchFilter
              value={values.search}
              onChange={(search) => set({ search })}
              placeholder={t("campaigns.searchByName")}
            />
            <SelectFilter
              value={values.status}
              onChange={(status) => set({ status })}
              placeholder={t("common.status")}
              options={campaignStatuses.map((value) => ({ value, label: t(`campaigns.status.${value}`) }))}
            />
          </FilterBar>
        }
      />
    </Page>
  );
}
