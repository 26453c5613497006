import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Progress, Statistic, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { messageResults } from "../../../../shared/broadcasts.ts";
import type { CallFilter, MessageFigure } from "../../../../shared/calls.ts";
import { api } from "../../../lib/api.ts";
import { formatNumber } from "../../../lib/format.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";

const useResults = (campaignId: number) =>
  useQuery({
    queryKey: ["campaigns", campaignId, "message-results"],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get(`/campaigns/${campaignId}/message-results`, messageResults, {}, signal),
  });

/** What became of a campaign's messages; every figure opens its calls. */
export function Results({ campaignId }: { campaignId: number }) {
  const { t } = useTranslation();
  const query = useResults(campaignId);
  const calls = (filter: Partial<CallFilter>) =>
    `/calls?${new URLSearchParams(Object.entries({ campaignId, ...filter }).map(([key, value]) => [key, String(value)]))}`;
  return (
    <Card title={t("broadcast.results")}>
      <Loaded query={query}>
        {(found) => {
          if (found.calls + found.machines === 0) return <EmptyState text={t("broadcast.noResults")} />;
          const figures: [MessageFigure, number][] = [
            ["calls", found.calls],
            ["heard", found.heard],
            ["cut", found.cut],
            ["machines", found.machines],
            ["left", found.left],
            ["opt-outs", found.optOuts],
            ["callbacks", found.callbacks],
            ["transfers", found.transfers],
            ["connected", found.connected],
          ];
          const most = Math.max(...found.seconds.map((one) => one.calls), 1);
          return (
            <Flex vertical gap={20}>
              <Flex wrap gap="12px 32px">
                {figures.map(([name, count]) => (
                  <Link key={name} to={calls({ message: name })}>
                    <Statistic title={t(`broadcast.figure.${name}`)} value={count} />
                  </Link>
                ))}
              </Flex>
              <Flex wrap gap={32} align="start">
                <Table
                  size="small"
                  className="num"
                  pagination={false}
                  rowKey="keys"
                  style={{ flex: "1 1 320px" }}
                  dataSource={found.keys}
                  columns={[
                    {
                      title: t("broadcast.keys"),
                      render: (_, row) => (row.keys === "" ? t("broadcast.noKeys") : row.keys),
                    },
                    { title: t("broadcast.meant"), dataIndex: "label" },
                    {
                      title: t("broadcast.figure.calls"),
                      align: "right",
                      render: (_, row) => (
                        <Link to={calls({ messageKeys: row.keys || "none" })}>{formatNumber(row.calls)}</Link>
                      ),
                    },
                  ]}
                />
                <Flex vertical gap={4} style={{ flex: "1 1 320px" }}>
                  <Typography.Text strong>{t("broadcast.leftAfter")}</Typography.Text>
                  {found.seconds.map(({ second, calls: left }) => (
                    <Flex key={second} gap={8} align="center">
                      <span className="num" style={{ width: 60, textAlign: "right" }}>
                        {t("broadcast.second", { second })}
                      </span>
                      <Progress
                        percent={(left / most) * 100}
                        showInfo={false}
                        style={{ flex: 1, margin: 0 }}
                      />
                      <Link className="num" to={calls({ messageSecond: second })}>
                        {formatNumber(left)}
                      </Link>
                    </Flex>
                  ))}
                </Flex>
              </Flex>
            </Flex>
          );
        }}
      </Loaded>
    </Card>
  );
}
