import { Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import type { Report, ReportQuery } from "../../../shared/reports.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { Figure } from "../../ui/figure.tsx";
import { callsOf } from "./report-links.ts";

/** The whole range in one row of figures; each leads to its calls. */
export function ReportTotals({ report: { totals }, query }: { report: Report; query: ReportQuery }) {
  const { t } = useTranslation();
  const { attempts, dialled, answered, connected, abandoned, success, talkMs } = totals;
  return (
    <Card>
      <Flex wrap gap="20px 44px">
        <Figure
          label={t("reports.figure.attempts")}
          value={formatNumber(attempts)}
          to={callsOf(query, { counted: "attempts" })}
        />
        <Figure
          label={t("reports.figure.dialled")}
          value={formatNumber(dialled)}
          to={callsOf(query, { counted: "dialled" })}
        />
        <Figure
          label={t("reports.figure.answered")}
          value={formatNumber(answered)}
          detail={formatShare(answered, dialled)}
          to={callsOf(query, { counted: "answered" })}
        />
        <Figure
          label={t("reports.figure.connected")}
          value={formatNumber(connected)}
          detail={formatShare(connected, dialled)}
          to={callsOf(query, { counted: "connected" })}
          tone="good"
        />
        <Figure
          label={t("reports.figure.abandoned")}
          value={formatNumber(abandoned)}
          detail={t("reports.ofAnswered", { share: formatShare(abandoned, answered, 2) })}
          to={callsOf(query, { counted: "abandoned" })}
          tone={abandoned > 0 ? "bad" : "default"}
        />
        <Figure
          label={t("reports.figure.success")}
          value={formatNumber(success)}
          detail={t("reports.ofConnected", { share: formatShare(success, connected) })}
          to={callsOf(query, { counted: "success" })}
        />
        <Figure label={t("reports.figure.talk")} value={formatDuration(talkMs)} />
      </Flex>
    </Card>
  );
}
