import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { ScriptResultsQuery } from "../../../shared/scripts.ts";
import { useCan } from "../../lib/session.ts";
import { SelectFilter } from "../../ui/filters.tsx";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { useLists } from "../lists/list-api.ts";
import { useUsers } from "../users/user-api.ts";

export const resultKeys = ["from", "to", "campaignId", "listId", "agentId", "versionId"] as const;
type Key = (typeof resultKeys)[number];

interface Props {
  query: ScriptResultsQuery;
  set: (patch: Partial<Record<Key, string | null | undefined>>) => void;
}

const text = (id: number | undefined) => (id === undefined ? undefined : String(id));
const options = (items: readonly { id: number; name: string }[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));

/** Days, campaign, list and agent. */
export function ResultFilters({ query, set }: Props) {
  const { t } = useTranslation();
  const campaigns = useCampaigns({ pageSize: 500 }, useCan("campaigns.see"));
  const lists = useLists({ pageSize: 500 }, useCan("leads.see"));
  const users = useUsers({ pageSize: 500 }, useCan("users.see"));
  return (
    <>
      <DatePicker.RangePicker
        value={[query.from ? dayjs(query.from) : null, query.to ? dayjs(query.to) : null]}
        allowEmpty
        placeholder={[t("common.from"), t("common.to")]}
        style={{ width: 250 }}
        onChange={(range) =>
          set({ from: range?.[0]?.format("YYYY-MM-DD"), to: range?.[1]?.format("YYYY-MM-DD") })
        }
      />
      <SelectFilter
        value={text(query.campaignId)}
        onChange={(next) => set({ campaignId: next })}
        placeholder={t("reports.table.campaigns")}
        options={options(campaigns.data?.items)}
        searchable
      />
      <SelectFilter
        value={text(query.listId)}
        onChange={(next) => set({ listId: next })}
        placeholder={t("reports.table.lists")}
        options={options(lists.data?.items)}
        searchable
      />
      <SelectFilter
        value={text(query.agentId)}
        onChange={(next) => set({ agentId: next })}
        placeholder={t("reports.table.agents")}
        options={options(users.data?.items)}
        searchable
      />
    </>
  );
}
