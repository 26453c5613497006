import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { ChosenSounds } from "./chosen-sounds.tsx";
import { GreetingsList } from "./greetings/greetings-list.tsx";
import { PromptsTable } from "./prompts-table.tsx";
import { SoundsTable } from "./sounds-table.tsx";

export function SoundsPage() {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const mayChoose = useCan("settings.manage");
  return (
    <Page title={t("navigation.sounds")} help={t("sounds.help")}>
      {mayChoose && <ChosenSounds />}
      <Tabs
        items={[
          { key: "prompts", label: t("sounds.prompts"), children: <PromptsTable may={may} /> },
          { key: "sounds", label: t("sounds.sounds"), children: <SoundsTable may={may} /> },
          ...(mayChoose
            ? [{ key: "greetings", label: t("greetings.title"), children: <GreetingsList /> }]
            : []),
        ]}
      />
    </Page>
  );
}
