import { useQuery } from "@tanstack/react-query";
import { Card, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listMixState, type ListMixState } from "../../../shared/list-mix.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { campaignsKey } from "./campaign-api.ts";

type State = ListMixState["lists"][number];

/** What each list has given, and whether it still gives. */
export function ListMixPanel({ campaignId }: { campaignId: number }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...campaignsKey, campaignId, "list-mix"],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get(`/campaigns/${campaignId}/list-mix`, listMixState, {}, signal),
  });
  const of = (n: number, limit: number | null) =>
    limit === null ? formatNumber(n) : t("listMix.of", { n: formatNumber(n), limit: formatNumber(limit) });
  const columns = (["dials", "dialsPerDay", "successes", "successesPerDay"] as const).map((kind) => ({
    title: t(`listMix.${kind}`),
    align: "right" as const,
    render: (_: unknown, list: State) => of(list[kind], list.quota[kind]),
  }));
  return (
    <Card title={t("listMix.title")}>
      <Loaded query={query}>
        {({ lists }) => (
          <Table<State>
            size="small"
            className="num"
            pagination={false}
            rowKey="listId"
            dataSource={lists}
            scroll={{ x: "max-content" }}
            locale={{ emptyText: t("campaigns.noLists") }}
            columns={[
              {
                title: t("listMix.list"),
                render: (_, list) => <Link to={`/lists/${list.listId}`}>{list.name}</Link>,
              },
              { title: t("listMix.weight"), dataIndex: "weight", align: "right" },
              ...columns,
              {
                title: t("listMix.state"),
                render: (_, list) =>
                  list.reached.length === 0 ? (
                    <Tag color="success">{t("listMix.active")}</Tag>
                  ) : (
                    <Tag color="warning">{t(`listMix.reached.${list.reached[0]}`)}</Tag>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
