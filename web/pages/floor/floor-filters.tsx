import { SearchOutlined } from "@ant-design/icons";
import { Button, Checkbox, Flex, Input, type InputRef, Select } from "antd";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { agentStates } from "../../../shared/desk.ts";
import { agentSorts, type AgentSort } from "../../../shared/floor.ts";
import type { OrgUnit } from "../../../shared/users.ts";
import { type FloorFilter, noFilter } from "./floor-filter.ts";

interface Props {
  filter: FloorFilter;
  sort: AgentSort;
  campaignNames: Readonly<Record<string, string>>;
  units: OrgUnit[];
  searchRef: Ref<InputRef>;
  onChange: (change: Partial<FloorFilter>) => void;
  onSort: (sort: AgentSort) => void;
}

export function FloorFilters({ filter, sort, campaignNames, units, searchRef, onChange, onSort }: Props) {
  const { t } = useTranslation();
  const narrowed = Object.entries(noFilter).some(
    ([key, usual]) => String(filter[key as keyof FloorFilter] ?? "") !== String(usual ?? ""),
  );
  return (
    <Flex gap={8} wrap role="search" align="center">
      <Select
        mode="multiple"
        style={{ minWidth: 150, flex: "0 1 220px" }}
        maxTagCount="responsive"
        aria-label={t("floor.state")}
        placeholder={t("floor.allStates")}
        value={filter.states}
        allowClear
        onChange={(states: string[]) => onChange({ states })}
        options={agentStates
          .filter((state) => state !== "signed-out")
          .map((state) => ({ value: state, label: t(`desk.state.${state}`) }))}
      />
      <Select
        style={{ minWidth: 150, flex: "0 1 200px" }}
        aria-label={t("floor.campaign")}
        placeholder={t("floor.allCampaigns")}
        value={filter.campaignId}
        allowClear
        onChange={(campaignId: number | null | undefined) => onChange({ campaignId: campaignId ?? null })}
        options={Object.entries(campaignNames).map(([id, label]) => ({ value: Number(id), label }))}
      />
      {units.length > 0 && (
        <Select
          style={{ minWidth: 120, flex: "0 1 160px" }}
          aria-label={t("floor.team")}
          placeholder={t("floor.allTeams")}
          value={filter.unitId}
          allowClear
          onChange={(unitId: number | null | undefined) => onChange({ unitId: unitId ?? null })}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Input
        ref={searchRef}
        style={{ flex: "1 1 160px", maxWidth: 240 }}
        aria-label={t("floor.search")}
        placeholder={t("floor.search")}
        prefix={<SearchOutlined />}
        suffix={<kbd aria-hidden>/</kbd>}
        value={filter.text}
        onChange={(event) => onChange({ text: event.target.value })}
        onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
      />
      <Select
        style={{ minWidth: 150 }}
        aria-label={t("floor.sortBy")}
        value={sort}
        onChange={onSort}
        options={agentSorts.map((value) => ({ value, label: t(`floor.sort.${value}`) }))}
      />
      <Checkbox
        checked={filter.alarmsOnly}
        onChange={({ target }) => onChange({ alarmsOnly: target.checked })}
      >
        {t("floor.alarmsOnly")}
      </Checkbox>
      {narrowed && (
        <Button type="link" size="small" onClick={() => onChange(noFilter)}>
          {t("common.resetFilters")}
        </Button>
      )}
    </Flex>
  );
}
