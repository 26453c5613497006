import { Card, Col, Descriptions, Flex, Row, Tabs, Tag, Typography } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { CallDetail } from "../../../shared/calls.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { OutcomeTag } from "../../ui/tags.tsx";
import { Trail } from "../../ui/trail.tsx";
import { AnsweredBy } from "./answered-by.tsx";
import { useCall } from "./call-api.ts";
import { CallEvents } from "./call-events.tsx";
import { CallQuality } from "./call-quality.tsx";
import { CallSummary } from "./call-summary.tsx";
import { ComplaintButton } from "./complaint.tsx";
import { Decision, refusalOf } from "./decision.tsx";
import { Ladder } from "./ladder.tsx";
import { ScriptAnswers } from "./script-answers.tsx";

const Player = lazy(async () => ({ default: (await import("./player.tsx")).Player }));

function link(path: string, noun: { id: number; name: string } | null, may = true) {
  if (!noun) return "–";
  return may ? <Link to={`/${path}/${noun.id}`}>{noun.name}</Link> : noun.name;
}

function Header({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const mayCampaigns = useCan("campaigns.see");
  const mayTrunks = useCan("trunks.see");
  const mayLists = useCan("leads.see");
  const sip = call.sipStatus ? `${call.sipStatus} ${call.sipReason ?? ""}` : "–";
  const endedBy = call.direction === "internal" && call.endedBy === "customer" ? "colleague" : call.endedBy;
  const items = [
    {
      label: t("common.phone"),
      children: (
        <Phone
          value={call.phone}
          {...(call.campaign ? { campaignId: call.campaign.id } : {})}
          {...(call.leadId ? { leadId: call.leadId } : {})}
          {...(call.customer ? { customerId: call.customer.id } : {})}
        />
      ),
    },
    call.direction === "internal"
      ? { label: t("calls.party.colleague"), children: call.name }
      : { label: t("calls.customer"), children: link("customers", call.customer) },
    { label: t("calls.agent"), children: call.agent?.name ?? "–" },
    { label: t("calls.campaign"), children: link("campaigns", call.campaign, mayCampaigns) },
    {
      label: t("calls.list"),
      children:
        call.list && call.leadId && mayLists ? (
          <Link to={`/lists/${call.list.id}?lead=${call.leadId}`}>{call.list.name}</Link>
        ) : (
          (call.list?.name ?? "–")
        ),
    },
    { label: t("calls.origin"), children: t(`origin.${call.origin}`) },
    { label: t("calls.trunk"), children: link("trunks", call.trunk, mayTrunks) },
    { label: t("calls.callerId"), children: call.callerId ? formatPhone(call.callerId) : "–" },
    { label: t("calls.talk"), children: formatDuration(call.talkMs) },
    {
      label: t("calls.answerToAudio"),
      children: call.answerToAudioMs === null ? "–" : t("calls.milliseconds", { ms: call.answerToAudioMs }),
    },
    {
      label: t("calls.endedBy"),
      children: call.endedBy ? t(`calls.party.${endedBy}`, { defaultValue: call.endedBy }) : "–",
    },
    {
      label: t("calls.cause"),
      children: (
        <span className="num">
          {call.cause ? t(`cause.${call.cause}`, { defaultValue: call.cause }) : "–"}{" "}
          <Typography.Text type="secondary">{sip}</Typography.Text>
        </span>
      ),
    },
  ];
  return (
    <Card>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, xl: 4 }}
        items={items.map((item) => ({ key: item.label, ...item }))}
      />
    </Card>
  );
}

function Recordings({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  if (!useCan("recordings.listen")) return null;
  return (
    <Card title={t("calls.recording")}>
      {call.recordings.length === 0 ? (
        <Typography.Text type="secondary">{t("calls.noRecording")}</Typography.Text>
      ) : (
        <Suspense fallback={<div style={{ height: 180 }} />}>
          <Flex vertical gap={16}>
            {call.recordings.map((recording) => (
              <Player key={recording.id} call={call} recording={recording} />
            ))}
          </Flex>
        </Suspense>
      )}
    </Card>
  );
}

function Call({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const mayLadder = useCan("calls.ladder");
  return (
    <Page
      trail={<Trail to="/calls">{t("navigation.calls")}</Trail>}
      title={call.name || formatPhone(call.phone)}
      badge={
        <>
          <OutcomeTag outcome={call.outcome} state={call.state} />
          {call.complainedAt && (
            <Tag color="error" variant="filled">
              {t("complaints.tag", { at: formatInstant(call.complainedAt) })}
            </Tag>
          )}
        </>
      }
      actions={call.endedAt && <ComplaintButton call={call} />}
      help={`${t(`calls.direction.${call.direction}`)} · ${formatInstant(call.plannedAt, "full")}`}
    >
      <Header call={call} />
      <Recordings call={call} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={10}>
          <Card title={t("calls.summary")} style={{ height: "100%" }}>
            <CallSummary call={call} />
          </Card>
        </Col>
        <Col xs={24} xl={14}>
          <Card title={t("calls.decision")} style={{ height: "100%" }}>
            {call.decision ? (
              <Decision decision={call.decision} refused={refusalOf(call)} />
            ) : (
              <EmptyState text={t("calls.noDecision")} />
            )}
          </Card>
        </Col>
      </Row>
      {call.script && <ScriptAnswers script={call.script} />}
      {call.answeredBy && <AnsweredBy callId={call.id} verdict={call.answeredBy} />}
      {call.answeredAt && (
        <Card title={t("quality.title")}>
          <CallQuality call={call} />
        </Card>
      )}
      <Card>
        <Tabs
          items={[
            { key: "events", label: t("calls.events"), children: <CallEvents call={call} /> },
            ...(mayLadder
              ? [{ key: "ladder", label: t("calls.ladder"), children: <Ladder callId={call.id} /> }]
              : []),
          ]}
        />
      </Card>
    </Page>
  );
}

export function CallPage() {
  const query = useCall(useParams()["id"] ?? "");
  return <Loaded query={query}>{(call) => <Call call={call} />}</Loaded>;
}
