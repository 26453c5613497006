import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { KeptTable } from "./kept-table.tsx";
import { QueuesTable } from "./queues-table.tsx";
import { SkillsTable } from "./skills-table.tsx";

const keys = ["tab"] as const;

/** Queues now, kept places, and what agents can do. */
export function QueuesPage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  return (
    <Page title={t("navigation.queues")} help={t("queues.help")}>
      <Tabs
        activeKey={values.tab ?? "queues"}
        onChange={(tab) => set({ tab: tab === "queues" ? null : tab })}
        items={[
          { key: "queues", label: t("navigation.queues"), children: <QueuesTable /> },
          { key: "kept", label: t("waiting.keptTitle"), children: <KeptTable /> },
          { key: "skills", label: t("queues.skills"), children: <SkillsTable /> },
        ]}
      />
    </Page>
  );
}
