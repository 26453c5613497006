import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { KeptTable } from "./kept-table.tsx";
import { QueueReport } from "./report-tab.tsx";
import { QueuesTable } from "./queues-table.tsx";
import { SkillsTable } from "./skills-table.tsx";

const keys = ["tab"] as const;

/** Queues now, what agents can do, and what was. */
export function QueuesPage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  const seesReports = useCan("reports.see");
  return (
    <Page title={t("navigation.queues")} help={t("queues.help")}>
      <Tabs
        activeKey={values.tab ?? "queues"}
        onChange={(tab) => set({ tab: tab === "queues" ? null : tab })}
        items={[
          { key: "queues", label: t("navigation.queues"), children: <QueuesTable /> },
          { key: "kept", label: t("waiting.keptTitle"), children: <KeptTable /> },
          { key: "skills", label: t("queues.skills"), children: <SkillsTable /> },
          ...(seesReports
            ? [{ key: "report", label: t("queues.report.title"), children: <QueueReport /> }]
            : []),
        ]}
      />
    </Page>
  );
}
