import { SearchOutlined } from "@ant-design/icons";
import { Flex, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { agentStates } from "../../../shared/desk.ts";
import type { LiveCampaign } from "../../../shared/live.ts";
import type { FloorFilter } from "./floor-filter.ts";

interface Props {
  filter: FloorFilter;
  campaigns: LiveCampaign[];
  onChange: (filter: FloorFilter) => void;
}

export function FloorFilters({ filter, campaigns, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap role="search">
      <Select
        style={{ minWidth: 180 }}
        aria-label={t("floor.campaign")}
        placeholder={t("floor.allCampaigns")}
        value={filter.campaignId}
        allowClear
        onChange={(campaignId: number | null | undefined) =>
          onChange({ ...filter, campaignId: campaignId ?? null })
        }
        options={campaigns.map((campaign) => ({ value: campaign.campaignId, label: campaign.name }))}
      />
      <Select
        style={{ minWidth: 140 }}
        aria-label={t("floor.state")}
        placeholder={t("floor.allStates")}
        value={filter.state}
        allowClear
        onChange={(state: FloorFilter["state"] | undefined) => onChange({ ...filter, state: state ?? null })}
        options={agentStates
          .filter((state) => state !== "signed-out")
          .map((state) => ({ value: state, label: t(`desk.state.${state}`) }))}
      />
      <Input
        style={{ width: 220 }}
        aria-label={t("floor.search")}
        placeholder={t("floor.search")}
        prefix={<SearchOutlined />}
        value={filter.text}
        allowClear
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
    </Flex>
  );
}
