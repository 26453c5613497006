import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { ReportQuery } from "../../../shared/reports.ts";
import { useCan } from "../../lib/session.ts";
import { useToday } from "../../lib/use-today.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { useLists } from "../lists/list-api.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { useUsers } from "../users/user-api.ts";

export const reportKeys = ["from", "to", "campaignId", "listId", "agentId", "trunkId", "table"] as const;
type Key = (typeof reportKeys)[number];

interface Props {
  query: ReportQuery;
  set: (patch: Partial<Record<Key, string | null | undefined>>) => void;
}

/** Whole days on the company's clock. */
export function RangeFilter({
  query,
  set,
}: {
  query: Pick<ReportQuery, "from" | "to">;
  set: (patch: { from: string | undefined; to: string | undefined }) => void;
}) {
  const { t } = useTranslation();
  const today = useToday();
  const presets = (
    [
      ["today", today, today],
      ["yesterday", addDays(today, -1), addDays(today, -1)],
      ["week", addDays(today, -6), today],
      ["month", addDays(today, -29), today],
      ["quarter", addDays(today, -89), today],
    ] as const
  ).map(([name, from, to]) => ({
    label: t(`reports.range.${name}`),
    value: [dayjs(from), dayjs(to)] as [dayjs.Dayjs, dayjs.Dayjs],
  }));
  return (
    <DatePicker.RangePicker
      allowClear={false}
      presets={presets}
      value={[dayjs(query.from), dayjs(query.to)]}
      style={{ width: 250 }}
      aria-label={t("reports.rangeLabel")}
      onChange={(range) =>
        set({ from: range?.[0]?.format("YYYY-MM-DD"), to: range?.[1]?.format("YYYY-MM-DD") })
      }
    />
  );
}

const text = (id: number | undefined) => (id === undefined ? undefined : String(id));
const options = (items: readonly { id: number; name: string }[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));

export function ReportFilters({ query, set }: Props) {
  const { t } = useTranslation();
  const may = {
    campaigns: useCan("campaigns.see"),
    lists: useCan("leads.see"),
    users: useCan("users.see"),
    trunks: useCan("trunks.see"),
  };
  const campaigns = useCampaigns({ pageSize: 500 }, may.campaigns);
  const lists = useLists({ pageSize: 500 }, may.lists);
  const users = useUsers({ pageSize: 500 }, may.users);
  const trunks = useTrunks(may.trunks);
  const { campaignId, listId, agentId, trunkId } = query;
  const any = [campaignId, listId, agentId, trunkId].some((id) => id !== undefined);
  return (
    <FilterBar onReset={any && (() => set({ campaignId: null, listId: null, agentId: null, trunkId: null }))}>
      <RangeFilter query={query} set={set} />
      <SelectFilter
        value={text(campaignId)}
        onChange={(next) => set({ campaignId: next })}
        placeholder={t("reports.table.campaigns")}
        options={options(campaigns.data?.items)}
        searchable
      />
      <SelectFilter
        value={text(listId)}
        onChange={(next) => set({ listId: next })}
        placeholder={t("reports.table.lists")}
        options={options(lists.data?.items)}
        searchable
      />
      <SelectFilter
        value={text(agentId)}
        onChange={(next) => set({ agentId: next })}
        placeholder={t("reports.table.agents")}
        options={options(users.data?.items)}
        searchable
      />
      {may.trunks && (
        <SelectFilter
          value={text(trunkId)}
          onChange={(next) => set({ trunkId: next })}
          placeholder={t("reports.table.trunks")}
          options={options(trunks.data?.items)}
          searchable
        />
      )}
    </FilterBar>
  );
}
