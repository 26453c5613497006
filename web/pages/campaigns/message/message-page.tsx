import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useCan } from "../../../lib/session.ts";
import { Page } from "../../../ui/page.tsx";
import { Loaded } from "../../../ui/states.tsx";
import { Trail } from "../../../ui/trail.tsx";
import { useCampaign } from "../campaign-api.ts";
import { AbandonmentForm } from "./abandonment-form.tsx";
import { AgentlessForm } from "./agentless-form.tsx";
import { Results } from "./results.tsx";

/** The recorded messages of a campaign: its own flow without agents, or what those hear whom nobody takes. */
export function MessagePage() {
  const { t } = useTranslation();
  const query = useCampaign(Number(useParams()["id"]));
  const mayReports = useCan("reports.see");
  return (
    <Loaded query={query}>
      {(campaign) => (
        <Page
          trail={<Trail to={`/campaigns/${campaign.id}`}>{campaign.name}</Trail>}
          title={t("broadcast.title")}
          name={`${t("broadcast.title")} · ${campaign.name}`}
          help={t(campaign.mode === "agentless" ? "broadcast.help" : "broadcast.abandoned.pageHelp")}
        >
          <Flex vertical gap={16}>
            {campaign.mode === "agentless" ? (
              <AgentlessForm key={campaign.id} campaign={campaign} />
            ) : (
              <AbandonmentForm key={campaign.id} campaign={campaign} />
            )}
            {mayReports && <Results campaignId={campaign.id} />}
          </Flex>
        </Page>
      )}
    </Loaded>
  );
}
