import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Flex, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FunnelReason, funnelLeads } from "../../../shared/campaigns.ts";
import type { LeadRow } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { Phone } from "../../ui/phone.tsx";
import { LeadStatusTag } from "../../ui/tags.tsx";
import { campaignsKey } from "./campaign-api.ts";

interface Props {
  campaignId: number;
  reason: FunnelReason;
  onClose: () => void;
}

/** The leads behind one count of the funnel, found as one looks further. */
export function FunnelLeads({ campaignId, reason, onClose }: Props) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: [...campaignsKey, campaignId, "funnel", reason],
    initialPageParam: 0,
    getNextPageParam: (last: { next: number | null }) => last.next,
    queryFn: ({ pageParam, signal }) =>
      api.get(`/campaigns/${campaignId}/funnel/leads`, funnelLeads, { reason, after: pageParam }, signal),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer
      open
      size={760}
      onClose={onClose}
      title={t("funnel.leadsOf", { reason: t(`funnel.${reason}.label`) })}
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t(`funnel.${reason}.help`)}</Typography.Text>
        <Table<LeadRow>
          size="small"
          rowKey="id"
          pagination={false}
          loading={query.isPending}
          dataSource={items}
          scroll={{ x: "max-content" }}
          locale={{ emptyText: t("funnel.noneFound") }}
          columns={[
            {
              title: t("lists.leadName"),
              render: (_, lead) => (
                <Link to={`/lists/${lead.listId}?lead=${lead.id}`}>{lead.name || t("lists.noName")}</Link>
              ),
            },
            { title: t("common.phone"), render: (_, lead) => <Phone value={lead.phone} leadId={lead.id} /> },
            { title: t("common.status"), render: (_, lead) => <LeadStatusTag status={lead.status} /> },
            { title: t("lists.attempts"), dataIndex: "attempts", align: "right" },
            { title: t("lists.due"), render: (_, lead) => formatInstant(lead.dueAt) },
            { title: t("listMix.list"), dataIndex: "listName" },
          ]}
        />
        {query.hasNextPage && (
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("funnel.more")}
          </Button>
        )}
      </Flex>
    </Drawer>
  );
}
