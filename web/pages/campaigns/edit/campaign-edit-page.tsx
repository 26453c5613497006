import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { campaignDetail, campaignInput, type CampaignInput } from "../../../../shared/campaigns.ts";
import { api } from "../../../lib/api.ts";
import { currentLanguage } from "../../../lib/i18n/index.ts";
import { Page } from "../../../ui/page.tsx";
import { Loaded } from "../../../ui/states.tsx";
import { Trail } from "../../../ui/trail.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { campaignsKey, useCampaign, useTemplate } from "../campaign-api.ts";
import { CampaignForm } from "./campaign-form.tsx";

function NewCampaign() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const template = useTemplate(currentLanguage(), true);
  const save = useAct((input: CampaignInput) => api.post("/campaigns", campaignDetail, input), {
    stale: [campaignsKey],
    said: t("common.saved"),
    onDone: (made) => void navigate(`/campaigns/${made.id}`),
  });
  return (
    <Page
      trail={<Trail to="/campaigns">{t("navigation.campaigns")}</Trail>}
      title={t("campaigns.add")}
      help={t("campaigns.addHelp")}
    >
      <Loaded query={template}>
        {(start) => (
          <CampaignForm
            initial={campaignInput.partial({ name: true }).parse({ ...start, mode: "progressive" })}
            busy={save.isPending}
            onSave={(input) => save.mutate(input)}
            onCancel={() => void navigate("/campaigns")}
          />
        )}
      </Loaded>
    </Page>
  );
}

function ChangedCampaign({ id }: { id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useCampaign(id);
  const back = `/campaigns/${id}`;
  const save = useAct((input: CampaignInput) => api.put(`/campaigns/${id}`, campaignDetail, input), {
    stale: [campaignsKey],
    said: t("common.saved"),
    onDone: () => void navigate(back),
  });
  return (
    <Loaded query={query}>
      {(campaign) => (
        <Page
          trail={<Trail to={back}>{campaign.name}</Trail>}
          title={t("campaigns.editTitle")}
          name={campaign.name}
        >
          {campaign.status === "running" && <Alert type="info" showIcon title={t("campaigns.editRunning")} />}
          <CampaignForm
            initial={campaign}
            busy={save.isPending}
            onSave={(input) => save.mutate(input)}
            onCancel={() => void navigate(back)}
          />
        </Page>
      )}
    </Loaded>
  );
}

export function CampaignEditPage() {
  const { id } = useParams();
  return id === undefined ? <NewCampaign /> : <ChangedCampaign id={Number(id)} />;
}
