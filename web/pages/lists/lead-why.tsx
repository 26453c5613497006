import { Alert, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatInstant } from "../../lib/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { CampaignStatusTag } from "../../ui/tags.tsx";
import { useLeadWhy } from "./list-api.ts";

/** Why isn't this lead dialling? One answer for each campaign that has its list. */
export function LeadWhyPanel({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const query = useLeadWhy(leadId);
  return (
    <Loaded query={query}>
      {({ campaigns }) => (
        <Flex vertical gap={8}>
          {campaigns.length === 0 && <Alert type="info" showIcon title={t("lists.inNoCampaign")} />}
          {campaigns.map((campaign) => (
            <Alert
              key={campaign.id}
              type={campaign.reason === "dialable" && campaign.status === "running" ? "success" : "info"}
              showIcon
              title={
                <Flex gap={8} wrap align="center">
                  <Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link>
                  <CampaignStatusTag status={campaign.status} />
                </Flex>
              }
              description={
                <>
                  {t("funnel.sentence", {
                    reason: t(`funnel.${campaign.reason}.label`),
                    help: t(`funnel.${campaign.reason}.help`),
                  })}
                  {campaign.from && ` · ${t("campaigns.from", { at: formatInstant(campaign.from) })}`}
                  {campaign.refusedBy.length > 0 && (
                    <div>
                      {t("funnel.refusedBy", {
                        rules: campaign.refusedBy.map((rule) => t(`rule.${rule}`)).join(", "),
                      })}
                    </div>
                  )}
                  {campaign.problems.map((problem) => (
                    <div key={problem}>{t(`campaigns.problem.${problem}`)}</div>
                  ))}
                </>
              }
            />
          ))}
        </Flex>
      )}
    </Loaded>
  );
}
