import { useQuery } from "@tanstack/react-query";
import { Button, Card, Table, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { pageOf } from "../../../shared/common.ts";
import { type SipBan, sipBan } from "../../../shared/sip-bans.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../ui/use-act.ts";

const bansKey = ["sip-bans"] as const;

/** Addresses whose SIP is not listened to for what they sent, and the way back for one that is ours. */
export function BansCard() {
  const { t } = useTranslation();
  const may = useCan("settings.manage");
  const query = useQuery({
    queryKey: bansKey,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get("/sip/bans", pageOf(sipBan), {}, signal),
  });
  const lift = useAct((host: string) => api.delete(`/sip/bans/${encodeURIComponent(host)}`), {
    stale: [bansKey, ["health"]],
  });
  const columns: TableColumnsType<SipBan> = [
    { title: t("health.bans.address"), render: (_, ban) => <span className="mono">{ban.host}</span> },
    { title: t("health.bans.reason"), dataIndex: "reason" },
    { title: t("health.bans.since"), render: (_, ban) => formatInstant(ban.since, "time") },
    { title: t("health.bans.until"), render: (_, ban) => formatInstant(ban.until, "time") },
    {
      title: "",
      align: "end",
      render: (_, ban) =>
        may && (
          <Button size="small" loading={lift.isPending} onClick={() => lift.mutate(ban.host)}>
            {t("health.bans.lift")}
          </Button>
        ),
    },
  ];
  return (
    <Card size="small" title={t("health.bans.title")}>
      <Typography.Paragraph type="secondary">{t("health.bans.help")}</Typography.Paragraph>
      <Table
        size="small"
        rowKey="host"
        columns={columns}
        dataSource={query.data?.items ?? []}
        loading={query.isPending}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: t("health.bans.none") }}
        scroll={{ x: "max-content" }}
      />
    </Card>
  );
}
