import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Table, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type AnswerAccuracy, campaignAccuracy, type Share } from "../../../shared/answering.ts";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { campaignsKey } from "./campaign-api.ts";

interface Row extends AnswerAccuracy {
  key: string;
  name: string;
}

const count = (of: keyof AnswerAccuracy, title: string) => ({
  title,
  align: "right" as const,
  render: (_: unknown, row: Row) => formatNumber(Number(row[of] ?? 0)),
});

/** How well it is heard who answers: by trunk, over the last 30 days. */
export function AnsweringPanel({ campaign: { id, answering } }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...campaignsKey, id, "answering"],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.get(`/campaigns/${id}/answering`, campaignAccuracy, {}, signal),
  });
  const off = answering.turnedOff;
  const error = (share: Share) =>
    share === null ? (
      <Typography.Text type="secondary">{t("answering.unmeasured")}</Typography.Text>
    ) : (
      t("answering.share", share)
    );
  if (!answering.enabled && !off && query.data?.all.verdicts === 0) return null;
  return (
    <Card
      title={t("answering.title")}
      extra={
        <Tag color={answering.enabled ? "green" : "default"}>
          {t(answering.enabled ? "answering.on" : "answering.off")}
        </Tag>
      }
    >
      {off && !answering.enabled && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t("answering.turnedOff", { ...off, at: formatInstant(off.at) })}
          description={t("answering.turnedOffHelp")}
        />
      )}
      <Loaded query={query}>
        {({ all, trunks, classes }) => (
          <Flex vertical gap={12}>
            <Flex gap={6} wrap>
              {classes.map(({ class: name, calls }) => (
                <Tag key={name}>
                  {t(`answering.class.${name}`)} {formatNumber(calls)}
                </Tag>
              ))}
            </Flex>
            <Table<Row>
              size="small"
              className="num"
              pagination={false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: t("answering.none") }}
              dataSource={[
                ...trunks.map((trunk) => ({ ...trunk, key: String(trunk.id) })),
                ...(trunks.length > 1 ? [{ ...all, key: "all", name: t("answering.all") }] : []),
              ]}
              columns={[
                { title: t("calls.trunk"), dataIndex: "name" },
                count("takenForHuman", t("answering.takenForHuman")),
                count("missedMachines", t("answering.missedMachines")),
                count("takenForMachine", t("answering.takenForMachine")),
                {
                  title: t("answering.sampled"),
                  align: "right",
                  render: (_, row) => `${row.sampledHumans} / ${row.sampled}`,
                },
                {
                  title: t("answering.falsePositive"),
                  align: "right",
                  render: (_, row) => error(row.falsePositive),
                },
                {
                  title: t("answering.median"),
                  align: "right",
                  render: (_, row) => (row.medianMs === null ? "–" : `${row.medianMs} ms`),
                },
              ]}
            />
            <Typography.Text type="secondary">{t("answering.measureHelp")}</Typography.Text>
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
