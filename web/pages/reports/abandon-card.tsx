import { Card, Table, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallFilter, Counted } from "../../../shared/calls.ts";
import type { Report } from "../../../shared/reports.ts";
import { formatInstant, formatNumber, formatShare } from "../../lib/format.ts";
import { pathOfCalls } from "./report-links.ts";

type Abandonment = Report["abandonment"];
type Row = Abandonment["campaigns"][number];

/** Abandons of each campaign that dials by itself, as each rule counts them; each share opens its calls. */
export function AbandonCard({ abandonment }: { abandonment: Abandonment }) {
  const { t } = useTranslation();
  const { usFrom, ofcomFrom, to, campaigns } = abandonment;
  if (campaigns.length === 0) return null;
  const calls = (row: Row, from: string, counted: Counted) => {
    const filter: Partial<CallFilter> = { from, to, campaignId: row.id, counted };
    return pathOfCalls(filter);
  };
  const rule = (name: "us" | "ofcom", from: string): TableColumnsType<Row>[number] => ({
    title: t(`kpis.law.${name}`),
    render: (_, row) => (
      <>
        <Link to={calls(row, from, "paced-abandoned")}>
          {formatShare(row[name].abandoned, row[name].answers, 2)}
        </Link>{" "}
        <Typography.Text type="secondary">
          {t("kpis.of", {
            part: formatNumber(Math.round(row[name].abandoned * 10) / 10),
            whole: formatNumber(Math.round(row[name].answers)),
          })}
        </Typography.Text>
      </>
    ),
  });
  return (
    <Card title={t("kpis.law.title")}>
      <Table<Row>
        size="small"
        className="num"
        rowKey="id"
        aria-label={t("kpis.law.title")}
        dataSource={campaigns}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: t("reports.table.campaigns"),
            render: (_, row) => <Link to={`/campaigns/${row.id}`}>{row.name}</Link>,
          },
          rule("us", usFrom),
          rule("ofcom", ofcomFrom),
        ]}
      />
      <Typography.Paragraph type="secondary" style={{ margin: "12px 0 0", fontSize: 13 }}>
        {t("kpis.law.help", {
          usFrom: formatInstant(usFrom),
          ofcomFrom: formatInstant(ofcomFrom),
          to: formatInstant(to),
        })}
      </Typography.Paragraph>
    </Card>
  );
}
