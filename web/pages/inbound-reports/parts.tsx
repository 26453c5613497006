import { Card, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallFilter } from "../../../shared/calls.ts";
import { formatDuration, formatNumber } from "../../lib/format.ts";
import { pathOfVisits } from "./inbound-api.ts";

/** A number, with the calls behind it where there are any. */
export function FigureLink({ value, filter }: { value: number; filter: Partial<CallFilter> }) {
  if (value === 0) return <Typography.Text type="secondary">0</Typography.Text>;
  return <Link to={pathOfVisits(filter)}>{formatNumber(value)}</Link>;
}

export const duration = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));

/** What each figure of a report counts. `of`: the report's words. */
export function Definitions({ of, names }: { of: "queue" | "flow" | "box"; names: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t("inboundReports.definitions")}>
      <dl className="report-definitions">
        {names.map((name) => (
          <div key={name}>
            <dt>{t(`inboundReports.${of}.${name}`)}</dt>
            <dd>
              <Typography.Text type="secondary">{t(`inboundReports.${of}Means.${name}`)}</Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
