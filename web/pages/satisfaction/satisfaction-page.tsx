import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { ResultsTab } from "./results-tab.tsx";
import { SurveysTab } from "./surveys-tab.tsx";

const keys = ["tab"] as const;

/** What customers say of their calls, and what they are asked. */
export function SatisfactionPage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  const seesReports = useCan("reports.see");
  const first = seesReports ? "results" : "surveys";
  return (
    <Page title={t("navigation.satisfaction")} help={t("surveys.help")}>
      <Tabs
        activeKey={values.tab ?? first}
        onChange={(tab) => set({ tab: tab === first ? null : tab })}
        items={[
          ...(seesReports ? [{ key: "results", label: t("surveys.results"), children: <ResultsTab /> }] : []),
          { key: "surveys", label: t("surveys.surveys"), children: <SurveysTab /> },
        ]}
      />
    </Page>
  );
}
