import { Tabs } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useToday } from "../../lib/use-today.ts";
import { Page } from "../../ui/page.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { RangeFilter } from "../reports/report-filters.tsx";
import { IvrReport } from "./ivr-report.tsx";
import { QueueReport } from "./queue-report.tsx";
import { VoicemailReport } from "./voicemail-report.tsx";
import "./inbound-reports.css";

const keys = ["tab", "from", "to"] as const;

/** Calls that came in: what queues, flows and boxes made of them. */
export function InboundReportsPage() {
  const { t } = useTranslation();
  const today = useToday();
  const { values, set } = useUrlFilter(keys);
  const { from = today, to = today, tab = "queues" } = values;
  const days = useMemo(() => ({ from, to }), [from, to]);
  return (
    <Page
      title={t("navigation.inbound-reports")}
      help={t("inboundReports.help")}
      actions={<RangeFilter query={days} set={set} />}
    >
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(next) => set({ tab: next === "queues" ? null : next })}
        items={[
          { key: "queues", label: t("inboundReports.tab.queues"), children: <QueueReport days={days} /> },
          { key: "ivr", label: t("inboundReports.tab.ivr"), children: <IvrReport days={days} /> },
          {
            key: "voicemail",
            label: t("inboundReports.tab.voicemail"),
            children: <VoicemailReport days={days} />,
          },
        ]}
      />
    </Page>
  );
}
