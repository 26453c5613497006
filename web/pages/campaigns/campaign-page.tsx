import { BarChartOutlined, EditOutlined, PhoneOutlined, SoundOutlined } from "@ant-design/icons";
import { Button, Card, Col, Descriptions, Row } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { CampaignDetail, CampaignStatus } from "../../../shared/campaigns.ts";
import { formatDuration, formatInstant, formatShare } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { CampaignStatusTag } from "../../ui/tags.tsx";
import { Trail } from "../../ui/trail.tsx";
import { CampaignCompliance } from "../compliance/campaign-compliance.tsx";
import { AnsweringPanel } from "./answering-panel.tsx";
import { CampaignActions } from "./campaign-actions.tsx";
import { CollectButton } from "./collect-button.tsx";
import { useCampaign } from "./campaign-api.ts";
import { Funnel } from "./funnel.tsx";
import { HoursView } from "./hours-view.tsx";
import { ListMixPanel } from "./list-mix-panel.tsx";
import { LivePanel } from "./live-panel.tsx";

function Settings({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const mode = t(`campaigns.mode.${campaign.mode}`);
  const pace: Partial<Record<CampaignDetail["mode"], string>> = {
    ratio: ` · 1 : ${campaign.ratio}`,
    predictive: ` · ≤ ${formatShare(campaign.abandonCeiling, 1)}`,
  };
  const items = [
    {
      label: t("campaigns.modeLabel"),
      children: mode + (pace[campaign.mode] ?? ""),
    },
    {
      label: t("campaigns.callerId"),
      children: campaign.callerIdPoolId ? (
        <Link to={`/caller-ids/${campaign.callerIdPoolId}`}>{t("campaigns.callerIdPool")}</Link>
      ) : campaign.callerId ? (
        formatPhone(campaign.callerId)
      ) : (
        t("campaigns.callerIdOfTrunk")
      ),
    },
    { label: t("campaigns.ringTimeout"), children: formatDuration(campaign.ringTimeoutMs) },
    { label: t("campaigns.perLead"), children: campaign.attempts.perLead },
    { label: t("campaigns.perNumberPerDay"), children: campaign.attempts.perNumberPerDay },
    { label: t("campaigns.wrapUpLimit"), children: formatDuration(campaign.wrapUpLimitMs) },
    { label: t("campaigns.agents"), children: campaign.agentIds.length },
    { label: t("campaigns.startedAt"), children: formatInstant(campaign.startedAt) },
  ];
  return (
    <Card title={t("campaigns.settings")} style={{ height: "100%" }}>
      <Descriptions column={1} size="small" items={items.map((item) => ({ key: item.label, ...item }))} />
      <div style={{ marginTop: 12 }}>
        <HoursView hours={campaign.hours} />
      </div>
    </Card>
  );
}

function Campaign({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayManage = useCan("campaigns.manage");
  const mayImport = useCan("leads.import");
  const live = useLiveItem("campaigns", campaign.id);
  const status = (live?.status as CampaignStatus | undefined) ?? campaign.status;
  return (
    <Page
      trail={<Trail to="/campaigns">{t("navigation.campaigns")}</Trail>}
      title={campaign.name}
      badge={<CampaignStatusTag status={status} />}
      help={campaign.note}
      actions={
        <>
          <Link to={`/campaigns/${campaign.id}/replay`}>
            <Button>{t("replay.link")}</Button>
          </Link>
          <Link to={`/reports?campaignId=${campaign.id}`}>
            <Button icon={<BarChartOutlined />}>{t("campaigns.report")}</Button>
          </Link>
          <Link to={`/calls?campaignId=${campaign.id}`}>
            <Button icon={<PhoneOutlined />}>{t("navigation.calls")}</Button>
          </Link>
          {campaign.mode !== "preview" && (
            <Link to={`/campaigns/${campaign.id}/message`}>
              <Button icon={<SoundOutlined />}>{t("broadcast.title")}</Button>
            </Link>
          )}
          {mayImport && <CollectButton campaign={campaign} />}
          {mayManage && (
            <Button icon={<EditOutlined />} onClick={() => void navigate(`/campaigns/${campaign.id}/edit`)}>
              {t("common.edit")}
            </Button>
          )}
          <CampaignActions campaign={{ id: campaign.id, name: campaign.name, status }} />
        </>
      }
    >
      <LivePanel campaignId={campaign.id} live={live} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={15}>
          <Funnel campaignId={campaign.id} />
        </Col>
        <Col xs={24} xl={9}>
          <Settings campaign={campaign} />
        </Col>
        <Col span={24}>
          <CampaignCompliance campaign={campaign} />
        </Col>
        <Col span={24}>
          <ListMixPanel campaignId={campaign.id} />
        </Col>
        <Col span={24}>
          <AnsweringPanel campaign={campaign} />
        </Col>
      </Row>
    </Page>
  );
}

export function CampaignPage() {
  const query = useCampaign(Number(useParams()["id"]));
  return <Loaded query={query}>{(campaign) => <Campaign campaign={campaign} />}</Loaded>;
}
