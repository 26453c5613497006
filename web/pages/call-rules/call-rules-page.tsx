import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { barringRules } from "../../../shared/barring.ts";
import { api } from "../../lib/api.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { BarringCard } from "./barring-card.tsx";
import { LimitsCard } from "./limits-card.tsx";

/** The company's own rules for calls: who may not call what, how long calls last, the codes of keypads. */
export function CallRulesPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["barring"],
    queryFn: ({ signal }) => api.get("/barring", barringRules, {}, signal),
  });
  return (
    <Page title={t("navigation.call-rules")} help={t("callRules.help")}>
      <Flex vertical gap={16} style={{ maxWidth: 980 }}>
        <Loaded query={query}>{({ items }) => <BarringCard items={items} />}</Loaded>
        <LimitsCard />
      </Flex>
    </Page>
  );
}
